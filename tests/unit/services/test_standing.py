"""How far an activity has come, and what that means for the next solve (R019, R043)."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, Closure, Step, session
from scheduler.validating.validation import validate
from scheduler.values.problem import Activity as PlannedActivity
from scheduler.values.value import WeekSpan
from services.audit import Word
from services.casework.advancing import advance
from services.casework.undoing import undo
from services.problem.build import build_problem
from services.problem.settled_dates import settled
from services.problem.standing import Standing, standings
from tests.people import sign as signs
from tests.tables import at, published

DAY = date(2006, 2, 20)
"""Notice of Wigan's review is due; its analysis begins in week 36."""


def signed(engine: Engine, names: Iterable[str], day: date = DAY) -> None:
    with session(engine) as opened:
        for name in names:
            signs(opened, number(opened, name), day, Word("lead", at(day), day))


def number(opened: Session, name: str) -> int:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    row = opened.exec(query.where(Activity.code == "wigan-jar", Step.step_id == name)).one()
    return row.id or 0


def found(engine: Engine) -> Standing:
    with session(engine, read_only=True) as opened:
        return standings(opened)["wigan-jar"]


def planned(engine: Engine, as_of: date | None = None) -> PlannedActivity:
    with session(engine, read_only=True) as opened:
        return next(own for own in build_problem(opened, 3, as_of).activities if own.id == "wigan-jar")


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ((), Standing.OPEN),
        (("notification",), Standing.NOTIFIED),
        (("notification", "self_assessment"), Standing.NOTIFIED),
        (("notification", "set_up"), Standing.UNDER_WAY),
    ],
)
def test_a_review_is_told_of_then_under_way(
    engine: Engine, steps: tuple[str, ...], standing: Standing
) -> None:
    published(engine, precision="indicative")
    signed(engine, steps)
    assert found(engine) is standing


def test_a_consultation_that_is_open_is_a_review_under_way(engine: Engine) -> None:
    published(engine, precision="indicative")
    signed(engine, ("notification",))
    signed(engine, ("set_up",), date(2006, 3, 20))
    with session(engine) as opened:
        advance(opened, date(2006, 3, 21))
    assert found(engine) is Standing.UNDER_WAY


def test_a_meeting_that_was_not_held_after_all_takes_the_review_back(engine: Engine) -> None:
    published(engine, precision="indicative")
    signed(engine, ("notification", "set_up"))
    with session(engine) as opened:
        undo(opened, number(opened, "set_up"), Word("lead", at(DAY), DAY, "it was another area"))
    assert found(engine) is Standing.NOTIFIED
    assert planned(engine).pinned_starts is None


def test_a_solve_leaves_what_has_had_its_notice_and_pins_what_has_begun(engine: Engine) -> None:
    """However indicative the dates are."""
    published(engine, precision="indicative")
    assert not planned(engine).published.is_frozen
    signed(engine, ("notification",))
    assert planned(engine).published.is_frozen
    signed(engine, ("set_up",))
    assert planned(engine).pinned_starts == (36, 39)


def test_a_solve_begins_with_the_present_day_while_the_programme_runs(engine: Engine) -> None:
    """R019, R094: a date that is past is never proposed; what was announced may stay within its notice."""
    published(engine, precision="indicative")
    assert planned(engine).start_window.first == 7
    assert planned(engine, date(2006, 1, 4)).start_window.first == 18 + 12
    assert planned(engine, date(2006, 4, 5)).start_window.first == 36
    assert planned(engine, date(2026, 4, 5)).start_window == planned(engine).start_window


def test_on_a_monday_the_week_has_not_begun() -> None:
    known = {"a": Standing.UNDER_WAY, "b": Standing.NOTIFIED, "c": Standing.OPEN, "d": Standing.DONE}
    monday, wednesday = (settled(known, date(2006, 2, day), {"b"}) for day in (20, 22))
    assert (monday.is_week_begun, wednesday.is_week_begun) == (False, True)
    assert (monday.under_way, monday.notified, monday.named) == (("a", "d"), ("b",), ("b",))
    assert WeekSpan(first=monday.first_open(3), end=wednesday.first_open(3)) == WeekSpan(first=3, end=4)


def test_a_review_under_way_stays_whatever_is_closed_later(engine: Engine) -> None:
    """R019, R043: a closure that comes by import makes no later solve impossible."""
    published(engine, precision="indicative")
    signed(engine, ("notification", "set_up"))
    with session(engine) as opened:
        days = {"start_on": date(2006, 5, 15), "end_on": date(2006, 7, 1)}
        opened.add(Closure(area_code="wigan", reason="flood", **days))
        opened.flush()
        problem = build_problem(opened, 3, DAY)
    assert validate(problem) == ()
    assert next(own for own in problem.activities if own.id == "wigan-jar").pinned_starts == (36, 39)
