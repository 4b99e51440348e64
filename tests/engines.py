"""Engines for tests."""

from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event

from models import make_engine


def quick_engine(url: str) -> Engine:
    """An engine that does not wait for the disk: a killed process loses nothing by it, only a power cut would."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def knowing_statements(*args: Any, **kwargs: Any) -> Engine:
    """An engine as SQLAlchemy makes it, that knows the statements which engines of earlier tests have compiled.

    Every test has a database of its own. An engine compiles each statement anew, for a dialect of its own: nearly half
    the time of tests that read and write a little.
    """
    engine = create_engine(*args, **kwargs)
    if engine.dialect.name == "sqlite":
        first = _first_engine()
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


@cache
def _first_engine() -> Engine:
    """Its dialect has met a connection, and so knows what this SQLite can do."""
    engine = create_engine("sqlite://", query_cache_size=5000)
    engine.connect().close()
    return engine
