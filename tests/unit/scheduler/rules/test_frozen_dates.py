"""Confirmed dates are frozen (R016, R017)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import Published
from tests.builders import one_area, review
from tests.rule_cases.plans import rules_of_dates
from tests.rule_cases.solving import solved_starts


def announced(is_frozen: bool) -> dict[str, Published]:
    return {"published": Published(starts=(9, 12), is_frozen=is_frozen)}


@pytest.mark.parametrize(("start", "broken"), [(8, {"frozen_dates"}), (9, set()), (10, {"frozen_dates"})])
def test_confirmed_dates_may_not_move_r016(start, broken):
    assert rules_of_dates(start, start + 3, **announced(is_frozen=True)) == broken


def test_no_stage_of_a_confirmed_activity_may_move_alone_r017():
    assert rules_of_dates(9, 13, **announced(is_frozen=True)) == {"frozen_dates"}


def test_indicative_dates_may_move_r018():
    assert rules_of_dates(10, 13, **announced(is_frozen=False)) == set()


@pytest.mark.parametrize(("is_frozen", "start"), [(True, 9), (False, 0)])
def test_the_solver_leaves_confirmed_dates_where_they_are_r016(is_frozen, start):
    problem = one_area(activities=(review("north", **announced(is_frozen)),))
    assert solved_starts(problem)["jar-north"] == (start, start + 3)


def test_a_moved_confirmed_date_is_named_with_both_weeks():
    problem = one_area(activities=(review("north", **announced(is_frozen=True)),))
    found = check(problem, make_plan(problem, {"jar-north": (10, 13)}, ()))
    message = next(v.message for v in found if v.rule == "frozen_dates")
    assert "is confirmed for the week of 7 November 2005 (week 9), but starts in" in message
