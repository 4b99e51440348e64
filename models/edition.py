"""Which edition of its data a database has: another value after every change that anybody commits, in any process."""

import sqlite3
from collections.abc import Hashable
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, text

from models.opening import file_of


class Editions:
    """Tells the editions of one database apart; asking costs next to nothing and waits for nobody who writes.

    SQLite counts the commits of others for a connection that changes nothing itself. PostgreSQL names the
    transactions that a reader sees: equal names, equal data.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._watching: sqlite3.Connection | None = None
        self._watched: int | None = None

    def now(self) -> Hashable:
        """The edition that a transaction sees which begins after this; unlike any other where the file is gone."""
        file = file_of(self._engine.url)
        if file is not None:
            with self._lock:
                return self._of_file(file)
        if self._engine.dialect.name != "postgresql":
            return object()
        with self._engine.execution_options(read_only=True).connect() as connection:
            return str(connection.execute(text("SELECT pg_current_snapshot()")).scalar())

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._watching is not None:
                self._watching.close()
            self._watching = self._watched = None

    def _of_file(self, file: Path) -> Hashable:
        try:
            number = file.stat().st_ino
            if self._watching is None or self._watched != number:
                if self._watching is not None:
                    self._watching.close()
                self._watching = sqlite3.connect(
                    f"{file.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False
                )
                self._watched = number
            (version,) = self._watching.execute("PRAGMA data_version").fetchone()
        except (OSError, sqlite3.Error):
            self._watching = self._watched = None
            return object()
        return number, version
