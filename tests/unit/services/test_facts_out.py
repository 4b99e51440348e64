"""Facts written as import files: an import of them gives an empty database the same facts, and changes nothing here."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from models import Activity, AuditEntry, Inspector, session
from reports.table import is_like_a_formula
from services.audit import Word
from services.errors import NotFound
from services.imports import facts_out, import_folder
from services.imports.changed_facts import OWNERS, in_words, snapshot
from services.imports.facts_out import fact_files, fact_workbook
from services.plans.leave import enter_leave
from services.plans.pinned_places import pin_place
from services.plans.pinning import all_pins, pin_off, pin_week
from services.problem import build_problem
from tests import tables
from tests.engines import quick_engine
from tests.import_files import right_files, write_files

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = date(2005, 8, 1)
WORD = Word("Ann", tables.AT, DAY, "agreed")


def written(opened: Session, folder: Path, is_workbook: bool) -> Path:
    """The facts as files of a folder, or as a workbook."""
    if is_workbook:
        folder = folder.with_suffix(".xlsx")
        folder.write_bytes(fact_workbook(opened, DAY))
        return folder
    folder.mkdir()
    for name, content in fact_files(opened).items():
        (folder / name).write_bytes(content)
    return folder


def facts(engine: Engine) -> tuple[dict[tuple[str, str], list[str]], list[str], str]:
    """Every fact, what is pinned, and the problem that they give; no order of rows means anything."""
    with session(engine, read_only=True) as opened:
        known = {key: sorted(map(str, rows)) for key, rows in snapshot(opened).items()}
        return known, [str(pin) for pin in all_pins(opened)], build_problem(opened, 3).hash


def assert_goes_round(engine: Engine, tmp_path: Path, empty: Path, is_workbook: bool = False) -> None:
    with session(engine, read_only=True) as opened:
        path = written(opened, tmp_path / "out", is_workbook)
    before = facts(engine)
    assert not import_folder(engine, path, "planner", tables.AT).is_any
    assert facts(engine) == before
    copy(empty, tmp_path / "other.db")
    other = quick_engine(f"sqlite:///{tmp_path / 'other.db'}")
    import_folder(other, path, "planner", tables.AT)
    assert facts(other) == before
    other.dispose()


def test_an_example_goes_round(engine: Engine, tmp_path: Path, migrated_file: Path) -> None:
    import_folder(engine, EXAMPLES / "yorkshire-2005", "planner", tables.AT)
    assert_goes_round(engine, tmp_path, migrated_file)


@pytest.mark.parametrize("is_workbook", [False, True])
def test_what_was_entered_by_commands_goes_round(
    engine: Engine, tmp_path: Path, migrated_file: Path, is_workbook: bool
) -> None:
    files = right_files()
    files["contacts.csv"][0] |= {"name": "=cmd()", "telephone": "+44 20 7946 0018"}
    files["one_off_days.csv"] = [{"day": "2006-06-02", "name": "Jubilee", "is_working": "no"}]
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)
    with session(engine) as opened:
        jar = opened.exec(select(Activity).where(Activity.code == "875-jar")).one()
        jar.scope = "stay_safe"
        enter_leave(opened, "I2", date(2006, 1, 6), date(2006, 1, 6), 50, WORD)
        pin_week(opened, "373-jar", date(2006, 6, 14), WORD)
        pin_place(opened, "875-jar", "leader", "I8", WORD)
        pin_off(opened, "I3", "201", WORD)
    assert_goes_round(engine, tmp_path, migrated_file, is_workbook)


def test_no_cell_is_a_formula(engine: Engine, tmp_path: Path) -> None:
    import_folder(engine, write_files(tmp_path / "files", right_files()), "planner", tables.AT)
    with session(engine) as opened:
        opened.exec(select(Inspector)).all()[0].name = "=1+1"
        text = fact_files(opened)["inspectors.csv"].decode("utf-8-sig")
    assert "'=1+1" in text
    assert not any(is_like_a_formula(cell) for cell in text.split(",") if "1+1" in cell)


def test_without_a_programme_there_is_nothing_to_write(engine: Engine) -> None:
    with session(engine, read_only=True) as opened, pytest.raises(NotFound):
        fact_files(opened)


def test_every_fact_that_is_written_is_one_whose_change_is_logged() -> None:
    tables_written = {
        value for value in vars(facts_out).values() if isinstance(value, type) and issubclass(value, SQLModel)
    }
    assert tables_written - {SQLModel} <= set(OWNERS)


def test_leave_and_places_of_an_import_are_in_the_log_and_have_words(engine: Engine, tmp_path: Path) -> None:
    files = right_files()
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)
    files["leave.csv"] = [
        {
            "inspector": "I2",
            "first_day": "2006-01-06",
            "last_day": "2006-01-06",
            "percent_available": "0",
            "said_by": "I2",
            "said_on": "2005-08-01",
        }
    ]
    files["pins.csv"] = [{"area": "875", "kind": "jar", "place": "leader", "person": "I8"}]
    changes = import_folder(engine, write_files(tmp_path / "again", files), "planner", tables.AT)
    assert {in_words(change.table) for change in changes.changes if change.is_any} == {
        "leave",
        "pinned places",
    }
    with session(engine, read_only=True) as opened:
        subjects = {entry.subject for entry in opened.exec(select(AuditEntry))}
    assert {"I2 leave", "875-jar pinned places"} <= subjects


def test_an_import_that_only_pins_a_week_says_that_an_activity_is_another_now(
    engine: Engine, tmp_path: Path
) -> None:
    files = right_files()
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)
    files["pins.csv"] = [{"area": "373", "kind": "jar", "week_of": "2006-06-14"}]
    changes = import_folder(engine, write_files(tmp_path / "again", files), "planner", tables.AT)
    assert [(change.table, change.changed) for change in changes.changes if change.is_any] == [
        ("Activity", 1)
    ]
