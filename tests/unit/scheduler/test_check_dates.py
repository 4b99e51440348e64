"""Rules for the dates of one activity; every refusal has its acceptance."""

import pytest

from scheduler.check import check
from scheduler.cost import make_plan
from scheduler.problem import Closure
from tests.builders import (
    broken_rules,
    changed,
    complete,
    complete_plan,
    members,
    messages,
    one_area,
    review,
    span,
)

TEAM = members({"jar-north": {"leader": "ann", "safeguarding": "bob", "education": "dan"}})


def rules(*starts: int, **changes) -> set[str]:
    """Rules that a review in one area breaks with these start weeks."""
    problem = one_area(activities=(review("north", **changes),))
    return broken_rules(problem, make_plan(problem, {"jar-north": starts}, TEAM))


@pytest.mark.parametrize(("lag", "broken"), [(1, {"stage_lag"}), (2, set()), (3, set()), (4, {"stage_lag"})])
def test_two_or_three_clear_weeks_lie_between_analysis_and_fieldwork_r049(lag, broken):
    assert rules(19, 20 + lag) == broken


def test_fieldwork_may_not_come_before_the_analysis_r043():
    problem = one_area()
    found = check(problem, make_plan(problem, {"jar-north": (19, 10)}, TEAM))
    assert [v.rule for v in found] == ["stage_lag"]
    assert "before the end of analysis" in found[0].message
    assert "R043" in found[0].requirement


def test_a_lag_of_five_months_is_named_r050():
    problem = complete()
    plan = complete_plan(starts={"jar-north": (8, 31)}, teams={"jar-north": {}})
    found = [v for v in check(problem, plan) if v.rule == "stage_lag"]
    assert found[0].place == "jar-north (North)"
    assert "22 clear weeks after analysis" in found[0].message
    assert "R050" in found[0].requirement


@pytest.mark.parametrize(
    ("start", "broken"), [(5, {"outside_window"}), (8, set()), (19, set()), (20, {"outside_window"})]
)
def test_an_activity_starts_within_its_window_whose_end_is_excluded_r014(start, broken):
    assert rules(start, start + 3, start_window=span(8, 20)) == broken


def test_no_stage_runs_over_the_end_of_the_horizon():
    wide = {"start_window": span(0, 52)}
    assert rules(47, 50, **wide) == set()
    assert rules(48, 51, **wide) == {"outside_horizon"}


def test_fieldwork_may_not_fall_in_a_school_holiday_r028():
    problem = one_area()
    plan = make_plan(problem, {"jar-north": (3, 6)}, TEAM)
    found = check(problem, plan)
    assert [v.rule for v in found] == ["closed_week"]
    assert found[0].message == (
        "fieldwork runs in the week of 24 October 2005 (week 7), which is closed: October half-term."
    )
    assert found[0].requirement == "R028"
    assert rules(2, 5) == set()


def test_the_analysis_week_may_fall_in_a_school_holiday_but_not_in_a_closed_office():
    assert rules(15, 18) == set()
    assert rules(16, 19) == {"closed_week"}


def test_a_week_closed_for_two_reasons_is_named_once_with_both():
    problem = one_area()
    found = check(problem, make_plan(problem, {"jar-north": (13, 16)}, TEAM))
    assert [v.rule for v in found] == ["closed_week", "closed_week"]
    assert "Christmas closure, Christmas holiday" in found[0].message


def test_a_pinned_activity_may_not_move_r017():
    pinned = {"pinned_starts": (8, 11)}
    assert rules(8, 11, **pinned) == set()
    assert rules(8, 12, **pinned) == {"pin_moved"}
    assert rules(9, 12, **pinned) == {"pin_moved"}


def test_a_moved_pin_is_named_with_both_weeks():
    found = check(complete(), complete_plan(starts={"yot-north": (13,)}))
    moved = next(v for v in found if v.rule == "pin_moved")
    assert moved.place == "yot-north (North)"
    assert "pinned to the week of 12 December 2005 (week 14)" in moved.message
    assert "starts in the week of 5 December 2005 (week 13)" in moved.message


def test_a_closure_without_a_reason_is_named_by_its_calendar():
    problem = changed(complete(), "calendars", "school", closures=(Closure(span=span(11, 12)),))
    assert "closed: school." in messages(check(problem, complete_plan(problem)))
