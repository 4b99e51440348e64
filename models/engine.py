"""The engine, its sessions, and bringing a database up to date.

SQLite runs in WAL mode with foreign keys on and a busy timeout; every transaction that writes begins
IMMEDIATE, so that two writers queue instead of failing half-way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlmodel import Session

from models.edition import count_changes

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
CONNECTIONS = 20
"""Connections that an engine keeps open at most: more than a process works on at once, so that nobody waits for one."""


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; the folder of an SQLite file is made if it is missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True, pool_size=CONNECTIONS)
        count_changes(engine)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    size = {} if parsed.database in (None, "", ":memory:") else {"pool_size": CONNECTIONS}
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS}, **size)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    count_changes(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite opens transactions late and by itself; we open them (see _begin).
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def session(engine: Engine, read_only: bool = False) -> Iterator[Session]:
    """One transaction: committed at the end, rolled back by any error.

    With `read_only` it takes no write lock, and whatever was changed in it is thrown away.
    """
    bind = engine.execution_options(read_only=True) if read_only else engine
    with Session(bind, expire_on_commit=False) as opened:
        yield opened
        if read_only:
            # A rollback would expire the rows that were read; let go of, they stay as they are.
            opened.expunge_all()
            opened.rollback()
        else:
            opened.commit()


def upgrade(engine: Engine) -> None:
    """Bring the database's tables up to date; nothing happens where they are."""
    from alembic import command  # takes long to import, and few need it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
