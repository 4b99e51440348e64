"""The migrations make exactly the tables that the code means."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel

from models import make_engine, upgrade


def differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [change[0] for change in compare_metadata(context, SQLModel.metadata)]


def test_an_upgraded_database_has_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        assert differences(connection) == []


def test_a_missing_column_is_a_difference(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("ALTER TABLE step DROP COLUMN notes"))
        assert differences(connection) == ["add_column"]
        connection.rollback()


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        assert differences(connection) == []


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    upgrade(make_engine(f"sqlite:///{tmp_path}/new/home/jarcycle.db"))
    assert (tmp_path / "new" / "home" / "jarcycle.db").exists()
