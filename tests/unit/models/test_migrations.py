"""The migrations make exactly the tables that the code means."""

from datetime import date, timedelta
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel, select

from models import Announcement, Area, make_engine, session, upgrade
from models.engine import MIGRATIONS
from services.casework.advancing import advance
from tests.fakes import REFUSED, FakeTransport
from tests.tables import fill
from tests.told import CHIEF, DIRECTOR, NOTICE, give_notice, move, publish_york, send, text_of
from tests.york import JAR


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


def moved_to(engine: Engine, revision: str) -> None:
    """The database with the tables of another version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    move = command.upgrade if revision == "head" else command.downgrade
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
        connection.commit()


def test_who_had_messages_before_an_upgrade_is_not_told_all_dates_again(engine: Engine) -> None:
    """An older version kept what it sent, not what it told: York's director has had reminders of his review."""
    publish_york(engine)
    give_notice(engine)
    send(engine, NOTICE)
    day = date(2006, 2, 13)
    with session(engine) as opened:
        advance(opened, day)
    assert DIRECTOR in send(engine, day)
    moved_to(engine, "0017")
    moved_to(engine, "head")
    with session(engine) as opened:
        told = {row.recipient: row for row in opened.exec(select(Announcement))}
    assert DIRECTOR in told
    assert CHIEF not in told  # who had only the notice, which that version did not send
    found = send(engine, day + timedelta(days=1))
    assert DIRECTOR not in found
    assert "This is notice of the joint area review" in text_of(found[CHIEF])
    move(engine, date(2006, 6, 12), day + timedelta(days=2), moving=[JAR])
    assert "15 to 26 May 2006" in text_of(send(engine, day + timedelta(days=2))[DIRECTOR])


def test_what_did_not_arrive_before_an_upgrade_counts_as_untold(engine: Engine) -> None:
    publish_york(engine)
    with session(engine) as opened:
        advance(opened, date(2006, 1, 16))
    send(engine, date(2006, 1, 16), FakeTransport(*[REFUSED] * 9))
    moved_to(engine, "0017")
    moved_to(engine, "head")
    with session(engine) as opened:
        assert opened.exec(select(Announcement)).all() == []


def test_a_concern_from_before_an_upgrade_is_set_by_hand_and_has_a_reason(engine: Engine) -> None:
    """R027: an index that is set by hand needs one; what was given before could do without."""
    with session(engine) as opened:
        fill(opened)
        opened.get_one(Area, "wigan").urgency_source = ""
    moved_to(engine, "0029")
    moved_to(engine, "head")
    with session(engine, read_only=True) as opened:
        found = {
            area.code: (area.is_urgency_given, area.urgency_source) for area in opened.exec(select(Area))
        }
    assert found["sheffield"] == (True, "the last inspections")
    assert found["wigan"] == (True, "given before reasons were asked for")
