"""One-off bank holidays: known while a session of their database is open, and every deadline counts them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import Activity, OneOffDay, Step, session
from services.days.working_days import add_working_days, bank_holidays, is_working_day
from services.imports import ImportRefused, import_folder, read_folder
from services.problem import build_problem
from tests import tables
from tests.adopted_files import adopted_files
from tests.import_files import Rows, right_files, write_files

MOURNING = date(2006, 3, 27)
SPRING = date(2006, 5, 29)
"""The bank holiday at the end of May."""


def know(engine: Engine, day: date, is_working: bool = False) -> None:
    with session(engine) as opened:
        opened.add(OneOffDay(day=day, name="Day of mourning", is_working=is_working))


@contextmanager
def reading(engine: Engine) -> Iterator[None]:
    """While a session has read something."""
    with session(engine, read_only=True) as opened:
        opened.exec(select(OneOffDay)).all()
        yield


def test_a_one_off_bank_holiday_is_no_working_day_while_its_database_is_open(engine: Engine) -> None:
    know(engine, MOURNING)
    with reading(engine):
        assert not is_working_day(MOURNING)
        assert bank_holidays(2006)[MOURNING] == "Day of mourning"
    assert is_working_day(MOURNING)


def test_ten_working_days_count_it() -> None:
    """Comments on a draft of 17 March 2006 are due on 31 March."""
    assert add_working_days(date(2006, 3, 17), 10) == date(2006, 3, 31)


def test_ten_working_days_leave_a_one_off_bank_holiday_out(engine: Engine) -> None:
    """With 27 March 2006 a bank holiday they are due on 3 April."""
    know(engine, MOURNING)
    with reading(engine):
        assert add_working_days(date(2006, 3, 17), 10) == date(2006, 4, 3)


def test_a_bank_holiday_that_was_moved_is_a_working_day(engine: Engine) -> None:
    know(engine, SPRING, is_working=True)
    with reading(engine):
        assert is_working_day(SPRING)
    assert not is_working_day(SPRING)


def test_a_session_within_a_session_leaves_the_days_of_the_outer_one(engine: Engine) -> None:
    know(engine, MOURNING)
    with reading(engine):
        with reading(engine):
            assert not is_working_day(MOURNING)
        assert not is_working_day(MOURNING)


def test_its_week_is_closed_for_visits(engine: Engine) -> None:
    """R028."""
    with session(engine) as opened:
        tables.fill(opened)
    know(engine, MOURNING)
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, 3)
    week = (MOURNING - problem.first_monday).days // 7
    closed = next(calendar for calendar in problem.calendars if calendar.id == "bank-holidays")
    assert [closure.reason for closure in closed.closures if week in closure.span] == ["Day of mourning"]


# --- From files ---------------------------------------------------------------------------------------------


def with_days(files: dict[str, Rows], *rows: tuple[str, str, str]) -> dict[str, Rows]:
    columns = ("day", "name", "is_working")
    return files | {"one_off_days.csv": [dict(zip(columns, row, strict=True)) for row in rows]}


def due(engine: Engine, code: str, step: str) -> tuple[date | None, int]:
    with session(engine, read_only=True) as opened:
        query = select(Step, Activity).join(Activity).where(Activity.code == code, Step.step_id == step)
        row, activity = opened.exec(query).one()
        return row.due_on, activity.revision


def take(engine: Engine, tmp_path: Path, files: dict[str, Rows]) -> None:
    (tmp_path / "files" / "one_off_days.csv").unlink(missing_ok=True)
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)


def test_deadlines_of_published_reviews_move_with_an_import(engine: Engine, tmp_path: Path) -> None:
    """Fieldwork ends on 7 July 2006, so the draft is due on 1 September and comments ten working days later."""
    files = adopted_files()
    take(engine, tmp_path, files)
    before, revision = due(engine, "E-jar", "accuracy_comments")
    assert before == date(2006, 9, 15)
    take(engine, tmp_path, with_days(files, ("2006-09-11", "Day of mourning", "")))
    assert due(engine, "E-jar", "accuracy_comments") == (date(2006, 9, 18), revision + 1)
    take(engine, tmp_path, files)  # without the file what is known stays
    assert due(engine, "E-jar", "accuracy_comments") == (date(2006, 9, 18), revision + 1)
    take(engine, tmp_path, with_days(files, ("2006-09-12", "Another", "")))
    assert due(engine, "E-jar", "accuracy_comments") == (date(2006, 9, 18), revision + 1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("2006-03-25", "A Saturday", ""), "Saturday"),
        (("2006-05-29", "Spring", ""), "a bank holiday already"),
        (("2006-03-27", "No bank holiday", "yes"), "people work anyway"),
    ],
)
def test_a_day_that_changes_nothing_is_named(tmp_path: Path, row: tuple[str, str, str], words: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_folder(write_files(tmp_path / "files", with_days(right_files(), row)))
    (found,) = refused.value.findings
    assert (found.file, found.row, found.column, found.value) == ("one_off_days.csv", 2, "day", row[0])
    assert words in found.message
    assert found.advice
