"""Engines for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from models import make_engine

POSTGRESQL = os.environ.get("JARCYCLE_TEST_POSTGRESQL")
"""Address of a PostgreSQL database that tests may empty; see with_postgresql.sh."""


def quick_engine(url: str) -> Engine:
    """An engine that does not wait for the disk: a killed process loses nothing by it, only a power cut would."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry)
    return engine


@contextmanager
def on_copy(of: Path, path: Path) -> Iterator[Engine]:
    """An engine on a copy of a database file, made at `path`."""
    path.write_bytes(of.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


def _hurry(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def knowing_statements(url: URL, **options: Any) -> Engine:
    """An engine as SQLAlchemy makes it, that knows the statements which engines of earlier tests have compiled.

    Every test has a database of its own. An engine compiles each statement anew, for a dialect of its own: nearly half
    the time of tests that read and write a little.
    """
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite" or str(url) == POSTGRESQL:
        first = _first_engine("sqlite://" if engine.dialect.name == "sqlite" else str(url))
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


@cache
def _first_engine(url: str) -> Engine:
    """Its dialect has met a connection, and so knows what this server can do."""
    engine = create_engine(url, query_cache_size=5000)
    engine.connect().close()
    engine.dispose()
    return engine
