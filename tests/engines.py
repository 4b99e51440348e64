"""Engines for tests."""

from sqlalchemy import Engine, event

from models import make_engine


def quick_engine(url: str) -> Engine:
    """An engine that does not wait for the disk: a killed process loses nothing by it, only a power cut would."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]
