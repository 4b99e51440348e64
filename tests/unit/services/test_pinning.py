"""Pins: an activity in a week, a person off an area; what is pinned is kept by every solve, and told."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import Activity, Conflict, session
from scheduler.values.problem import Problem
from services import audit
from services.audit import Word
from services.errors import Refused
from services.imports import ImportRefused, import_folder
from services.plans import plan_store
from services.plans.pinning import all_pins, pin_off, pin_week, unpin_off, unpin_week
from services.problem import build_problem
from tests import tables
from tests.import_files import Rows, right_files, write_files

WORD = Word("Ann", tables.AT, tables.PLANNED_ON, "the director asked")
WEEK = date(2006, 6, 12)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
    return engine


def problem(engine: Engine) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 3)


def weeks(engine: Engine, code: str) -> list[date]:
    built = problem(engine)
    window = next(activity.start_window for activity in built.activities if activity.id == code)
    return [date.fromordinal(built.first_monday.toordinal() + 7 * week) for week in window.weeks()]


def told(engine: Engine) -> list[str]:
    with session(engine, read_only=True) as opened:
        return [str(pin) for pin in all_pins(opened)]


def test_a_pinned_activity_begins_in_its_week_and_in_no_other(programme: Engine) -> None:
    with session(programme) as opened:
        pin = pin_week(opened, "wigan-jar", date(2006, 6, 14), WORD)
    assert str(pin) == "wigan-jar begins in the week of 12 June 2006"
    assert weeks(programme, "wigan-jar") == [WEEK]
    assert told(programme) == ["wigan-jar begins in the week of 12 June 2006"]


def test_a_pin_makes_plans_stale_and_is_in_the_log(programme: Engine) -> None:
    with session(programme) as opened:
        pin_week(opened, "wigan-jar", WEEK, WORD)
    with session(programme, read_only=True) as opened:
        assert plan_store.find_version(opened, 1).is_stale
        entry = audit.entries(opened, "wigan-jar week")[0]
    assert (entry.action, entry.who, entry.why) == ("pin", "Ann", "the director asked")
    assert (entry.before, json.loads(entry.after or "")) == (None, "2006-06-12")


def test_an_unpinned_activity_has_all_its_weeks_again(programme: Engine) -> None:
    before = weeks(programme, "wigan-jar")
    with session(programme) as opened:
        pin_week(opened, "wigan-jar", WEEK, WORD)
    with session(programme) as opened:
        unpin_week(opened, "wigan-jar", WORD)
    assert weeks(programme, "wigan-jar") == before
    assert told(programme) == []


def test_a_person_who_is_kept_off_an_area_may_not_work_there(programme: Engine) -> None:
    with session(programme) as opened:
        pin = pin_off(opened, "Inspector 0.1", "Wigan", WORD)
    assert str(pin) == "Inspector 0.1 (sheffield-1) is kept off Wigan (wigan)"
    person = next(person for person in problem(programme).inspectors if person.id == "sheffield-1")
    assert person.conflicts == ("wigan",)
    with session(programme) as opened:
        unpin_off(opened, "sheffield-1", "wigan", WORD)
    person = next(person for person in problem(programme).inspectors if person.id == "sheffield-1")
    assert person.conflicts == ()


def refusal(engine: Engine, day: date) -> str:
    with pytest.raises(Refused) as refused, session(engine) as opened:
        pin_week(opened, "wigan-jar", day, WORD)
    assert told(engine) == []
    return str(refused.value)


def test_a_week_outside_the_programme_is_refused_and_nothing_changes(programme: Engine) -> None:
    assert "wigan-jar" in refusal(programme, date(2004, 6, 14))


def test_a_week_that_has_begun_is_refused(programme: Engine) -> None:
    """A date in the past is never proposed."""
    assert "has begun" in refusal(programme, tables.PLANNED_ON - timedelta(days=1))


def test_a_week_that_leaves_none_for_the_fieldwork_is_refused(programme: Engine) -> None:
    closure = tables.models.Closure(start_on=date(2006, 4, 24), end_on=date(2006, 6, 24), reason="closed")
    with session(programme) as opened:
        opened.add(closure)
    assert "wigan-jar" in refusal(programme, date(2006, 4, 10))


def test_what_makes_no_sense_is_refused_with_advice(programme: Engine) -> None:
    with session(programme) as opened:
        opened.add(Conflict(inspector_code="wigan-1", area_code="wigan"))
        opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one().state = "under_way"
    for do, words in (
        (lambda opened: pin_week(opened, "sheffield-jar", WEEK, WORD), "it is begun or done"),
        (lambda opened: pin_week(opened, "wigan", WEEK, WORD), "Name one of them: wigan-ca, wigan-jar."),
        (lambda opened: unpin_week(opened, "wigan-jar", WORD), "jarcycle pins"),
        (lambda opened: pin_off(opened, "wigan-1", "wigan", WORD), "may not work there already (interest)"),
        (lambda opened: unpin_off(opened, "wigan-1", "wigan", WORD), "conflicts.csv"),
    ):
        with session(programme) as opened, pytest.raises(Refused) as refused:
            do(opened)
        assert words in str(refused.value)


# --- From files ---------------------------------------------------------------------------------------------


def imported(engine: Engine, tmp_path: Path, *rows: dict[str, str], is_there: bool = True) -> None:
    files: dict[str, Rows] = right_files()
    columns = ("area", "kind", "round", "week_of", "place", "person", "off")
    if is_there:
        files["pins.csv"] = [{column: row.get(column, "") for column in columns} for row in rows]
    (tmp_path / "files" / "pins.csv").unlink(missing_ok=True)
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)


WEEK_ROW = {"area": "373", "kind": "jar", "week_of": "2006-06-14"}
OFF_ROW = {"area": "875", "off": "I2"}
PLACE_ROW = {"area": "373", "kind": "jar", "place": "leader", "person": "I8"}


def test_a_file_of_pins_says_what_is_pinned_and_without_it_they_stay(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, WEEK_ROW, OFF_ROW)
    both = ["373-jar begins in the week of 12 June 2006", "Person 2 (I2) is kept off Cheshire (875)"]
    assert told(engine) == both
    imported(engine, tmp_path, is_there=False)
    assert told(engine) == both
    imported(engine, tmp_path, OFF_ROW)
    assert told(engine) == both[1:]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"area": "373"}, "kind", "pins one thing"),
        (WEEK_ROW | {"off": "I1"}, "off", "pins one thing"),
        (WEEK_ROW | {"kind": "jarr"}, "kind", "no framework"),
        (WEEK_ROW | {"week_of": ""}, "week_of", "pins one thing"),
        (WEEK_ROW | {"kind": ""}, "kind", "the kind of an activity goes with week_of"),
        (OFF_ROW | {"week_of": "2006-06-14"}, "off", "pins one thing"),
        (OFF_ROW | {"kind": "jar"}, "kind", "no kind goes with off"),
        (PLACE_ROW | {"person": ""}, "place", "belong together"),
        (PLACE_ROW | {"person": "I99"}, "person", "inspectors.csv"),
        (PLACE_ROW | {"place": "gardening"}, "person", "no such place"),
        (WEEK_ROW | {"week_of": "2016-06-14"}, "week_of", "weeks from"),
        (OFF_ROW | {"off": "I99"}, "off", "inspectors.csv"),
        (WEEK_ROW | {"kind": "yot", "area": "875"}, "kind", "no such activity"),
    ],
)
def test_a_row_that_pins_nothing_is_named(
    engine: Engine, tmp_path: Path, row: dict[str, str], column: str, words: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(engine, tmp_path, row)
    (found,) = refused.value.findings
    assert (found.file, found.row, found.column) == ("pins.csv", 2, column)
    assert words in found.message
    assert found.advice
