"""Contents of databases that many tests begin with, made once."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine

P = ParamSpec("P")
R = TypeVar("R")


def kept(fill: Callable[Concatenate[Engine, P], R]) -> Callable[Concatenate[Engine, P], R]:
    """Fill an empty database; on SQLite the next one that is filled alike is a copy.

    What fills it may depend on its arguments alone: not on a home folder with frameworks of its own.
    """
    known: dict[object, tuple[bytes, R]] = {}

    @wraps(fill)
    def filled(engine: Engine, *args: P.args, **kwargs: P.kwargs) -> R:
        if engine.dialect.name != "sqlite":
            return fill(engine, *args, **kwargs)
        file, key = Path(engine.url.database or ""), (args, tuple(sorted(kwargs.items())))
        if key not in known:
            result = fill(engine, *args, **kwargs)
            engine.dispose()  # closing the last connection moves the write-ahead log into the file
            known[key] = file.read_bytes(), result
            return result
        engine.dispose()
        content, result = known[key]
        file.write_bytes(content)
        return result

    return filled
