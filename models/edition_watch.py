"""Which edition of its data a database has: another value after every change that is committed, in any process."""

from collections.abc import Hashable

from sqlalchemy import Engine, text

from models.opening import file_of


class EditionWatch:
    """Tells the editions of one database apart. Asking costs one look at one row, and waits for nobody who writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def now(self) -> Hashable:
        """The edition that a transaction sees which begins after this; unlike any other where the file is gone."""
        file = file_of(self._engine.url)
        try:
            is_same = file.stat().st_ino if file is not None else 0
        except OSError:
            return object()
        with self._engine.execution_options(read_only=True).connect() as connection:
            number = connection.execute(text("SELECT number FROM edition")).scalar()
            connection.rollback()
        return is_same, number
