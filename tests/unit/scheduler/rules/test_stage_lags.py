"""The stages of an activity keep their order and their clear weeks (R043, R049, R050)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import Calendar, Closure
from tests.builders import one_area, review, span
from tests.complete import complete, complete_plan
from tests.rule_cases.plans import TEAM, rules_of_dates
from tests.rule_cases.solving import solved_starts


@pytest.mark.parametrize(("lag", "broken"), [(1, {"stage_lag"}), (2, set()), (3, set()), (4, {"stage_lag"})])
def test_two_or_three_clear_weeks_lie_between_analysis_and_fieldwork_r049(lag, broken):
    assert rules_of_dates(19, 20 + lag) == broken


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


def test_a_stretch_is_used_when_it_is_cheaper_than_to_wait_r049():
    closed = Calendar(id="school", closures=(Closure(span=span(3, 4)),))
    calendars = (Calendar(id="office"), closed)
    assert solved_starts(one_area(calendars=calendars, activities=(review("north", urgency_price=9),)))[
        "jar-north"
    ] == (0, 4)
    assert solved_starts(one_area(calendars=calendars, activities=(review("north", urgency_price=3),)))[
        "jar-north"
    ] == (1, 4)
