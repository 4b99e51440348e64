"""What many tests share: a database with all tables, on SQLite or, with JARCYCLE_TEST_POSTGRESQL, on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from models import make_engine, upgrade

POSTGRESQL = os.environ.get("JARCYCLE_TEST_POSTGRESQL")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a database with all tables and no rows; migrated once, for the whole session."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    url = POSTGRESQL or f"sqlite:///{path}"
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def database_url(empty_database: str, tmp_path: Path) -> str:
    """Address of a database of the test's own: a copy of the empty file, or the server's emptied again."""
    if POSTGRESQL:
        _empty(empty_database)
        return empty_database
    path = tmp_path / "jarcycle.db"
    shutil.copyfile(empty_database.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database with all tables and no rows."""
    made = make_engine(database_url)
    yield made
    made.dispose()


def _empty(url: str) -> None:
    engine = make_engine(url)
    tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()
