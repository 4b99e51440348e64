"""What a problem says of drafting, extents, joint and saved places, frozen dates and notice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity as ActivityRow
from models import Closure, PlannedStage, PlanVersion, Programme, session
from scheduler.validating.validation import validate
from scheduler.values.problem import Activity, Problem, Team, WithinLink
from services.imports import import_folder
from services.option_words import Option
from services.problem import build_problem
from tests.import_files import right_files, write_files
from tests.known import known

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
FIRST_MONDAY = date(2005, 9, 5)
MONDAY = date(2006, 9, 11)


def week(day: date) -> int:
    return (day - FIRST_MONDAY).days // 7


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    import_folder(engine, write_files(tmp_path / "files", right_files()), "planner", AT)
    return engine


def built(engine: Engine, option: Option = 3) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, option)


def activity(problem: Problem, code: str) -> Activity:
    return next(own for own in problem.activities if own.id == code)


def team(problem: Problem, code: str) -> Team:
    return known(activity(problem, code).team)


def row(opened: Session, code: str) -> ActivityRow:
    return opened.exec(select(ActivityRow).where(col(ActivityRow.code) == code)).one()


def announce(engine: Engine, precision: str = "confirmed", monday: date = MONDAY, **changes: Any) -> None:
    """Published dates of Sheffield's review and of the assessment in its fieldwork."""
    with session(engine) as opened:
        version = PlanVersion(
            version=1, option="3", status="published", problem_hash="", problem_json="", plan_json="",
            result_json="", uncovered_places=0, date_cost=1, team_cost=1, created_by="planner", created_at=AT,
        )  # fmt: skip
        opened.add(version)
        opened.flush()
        stages = (("373-jar", "analysis", 0, 1), ("373-jar", "fieldwork", 3, 2), ("373-ca", "on_site", 3, 2))
        for code, stage, after, weeks in stages:
            start = monday + timedelta(weeks=after)
            end = start + timedelta(weeks=weeks)
            opened.add(
                PlannedStage(plan_version=1, activity_code=code, stage=stage, start_on=start, end_on=end)
            )
            own = row(opened, code)
            own.plan_version, own.precision = 1, precision
        for name, value in changes.items():
            setattr(row(opened, "373-jar"), name, value)


def changed(engine: Engine, change: Callable[[Session], object]) -> Problem:
    with session(engine) as opened:
        change(opened)
    return built(engine)


def planned_on(day: date) -> Callable[[Session], object]:
    def change(opened: Session) -> None:
        programme = known(opened.get(Programme, 1))
        programme.planned_on = day

    return change


def test_a_leader_drafts_for_eight_weeks_and_two_reports_at_a_time_r052(filled):
    problem = built(filled)
    assert team(problem, "373-jar").drafting_weeks == 8
    assert problem.leader_drafts == 2


def test_the_bounds_of_a_team_depend_on_the_extent_r055(filled):
    problem = built(filled)
    bounds = [
        (team(problem, f"{c}-jar").min_members, team(problem, f"{c}-jar").max_members)
        for c in ("201", "875", "373")
    ]
    assert bounds == [(3, 5), (4, 7), (6, 8)]


def test_a_concurrent_assessment_fills_the_seat_for_management_r034_r035(filled):
    concurrent, apart = team(built(filled, 3), "875-jar"), team(built(filled, 4), "875-jar")
    (joint,) = concurrent.joint
    assert (joint.skill, joint.count, joint.body) == ("management", 1, "AC")
    assert (joint.beside.activity, joint.beside.stage) == ("875-ca", "on_site")
    assert "management" not in {place.skill for place in concurrent.places}
    assert "management" in {place.skill for place in apart.places}
    assert (apart.joint, concurrent.members()) == ((), apart.members())


def test_a_seat_is_saved_after_the_assessment_with_its_reason_r033(filled):
    saved = team(built(filled, 2), "875-jar").saved
    assert [(own.skill, own.after.activity, own.after.stage) for own in saved] == [
        ("management", "875-ca", "on_site")
    ]
    assert team(built(filled, 1), "875-jar").saved == ()


def test_an_extent_without_the_seat_has_nothing_to_save_r033(filled):
    assert team(built(filled, 2), "201-jar").saved == ()
    assert team(built(filled, 3), "201-jar").joint == ()


@pytest.mark.parametrize(
    ("precision", "frozen"), [("indicative", False), ("confirmed", True), ("final", True)]
)
def test_confirmed_dates_are_frozen_r016(filled, precision, frozen):
    announce(filled, precision)
    problem = built(filled)
    assert activity(problem, "373-jar").published.is_frozen is frozen
    assert validate(problem) == ()


def test_a_closure_after_the_confirmation_thaws_the_dates_r019(filled):
    announce(filled)
    closed = Closure(area_code="373", start_on=MONDAY, end_on=MONDAY + timedelta(days=5), reason="Fire")
    problem = changed(filled, lambda opened: opened.add(closed))
    assert not activity(problem, "373-jar").published.is_frozen
    assert activity(problem, "373-ca").published.is_frozen


def test_a_planners_pin_counts_more_than_confirmed_dates_r017(filled):
    announce(filled, pinned_on=MONDAY + timedelta(weeks=4))
    assert not activity(built(filled), "373-jar").published.is_frozen


def test_a_first_plan_gives_notice_from_the_day_of_planning_on_r094(filled):
    """Planned on 1 August 2005, a Monday: twelve weeks later a review may begin, ten weeks later an assessment."""
    problem = built(filled)
    assert activity(problem, "373-jar").start_window.first == week(date(2005, 10, 24))
    assert activity(problem, "373-ca").start_window.first == week(date(2005, 10, 10))


def test_once_it_runs_a_review_needs_twelve_weeks_notice_and_an_assessment_ten_r094(filled):
    """Planned on 9 January 2006, a Monday."""
    problem = changed(filled, planned_on(date(2006, 1, 9)))
    assert activity(problem, "373-jar").start_window.first == week(date(2006, 4, 3))
    assert activity(problem, "373-ca").start_window.first == week(date(2006, 3, 20))


def test_a_notice_that_a_bank_holiday_puts_before_the_day_of_planning_is_too_late_r094(filled):
    """2 January 2006 is a bank holiday: twelve weeks before 27 March the notice is due on 30 December."""
    problem = changed(filled, planned_on(date(2006, 1, 2)))
    assert activity(problem, "373-jar").start_window.first == week(date(2006, 4, 3))


def test_a_critical_event_leaves_a_window_of_its_own_at_short_notice_r094(filled):
    """A review that must start within six weeks; the late notification is a waiver when it is published."""

    def critical(opened: Session) -> None:
        planned_on(date(2006, 1, 2))(opened)
        own = row(opened, "201-jar")
        own.origin, own.window_start_on, own.window_end_on = "request", date(2006, 1, 2), date(2006, 2, 13)

    window = activity(changed(filled, critical), "201-jar").start_window
    assert (window.first, window.end) == (week(date(2006, 1, 2)), week(date(2006, 2, 13)))


def test_nothing_starts_before_the_planning_date(filled):
    problem = changed(filled, planned_on(date(2006, 4, 5)))
    assert activity(problem, "373-yot").start_window.first == week(date(2006, 4, 10))


def test_what_was_announced_with_notice_may_stay_r017(filled):
    announce(filled, monday=date(2006, 1, 23))
    problem = changed(filled, planned_on(date(2006, 1, 2)))
    assert activity(problem, "373-jar").start_window.first == week(date(2006, 1, 23))
    assert activity(problem, "373-jar").published.is_frozen


def test_calendar_years_stand_beside_financial_years_r028(filled):
    years = {own.id: own.span for own in built(filled).periods if own.kind == "calendar_year"}
    assert list(years) == ["2005", "2006", "2007", "2008", "2009"]
    assert (years["2006"].first, years["2006"].end) == (week(date(2006, 1, 2)), week(date(2007, 1, 1)))


@pytest.mark.parametrize(("option", "kept"), [(3, True), (1, False)])
def test_frozen_dates_drop_only_links_that_can_no_longer_hold_r016(filled, option, kept):
    """Both were confirmed for the same weeks: option 1 cannot be chosen in hindsight, option 3 still holds."""
    announce(filled)
    problem = built(filled, option)
    own = [link for link in problem.links if link.kind in ("lag", "within") and "373-" in str(link)]
    assert bool(own) is kept
    assert validate(problem) == ()
    assert all(isinstance(link, WithinLink) for link in own)
    assert bool(team(problem, "373-jar").joint) is kept
