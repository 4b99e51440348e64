"""Stages keep out of closed weeks (R028)."""

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import Calendar, Closure
from tests.builders import changed, messages, one_area, span
from tests.complete import complete, complete_plan
from tests.rule_cases.plans import TEAM, rules_of_dates
from tests.rule_cases.solving import solved_starts


def test_fieldwork_may_not_fall_in_a_school_holiday_r028():
    problem = one_area()
    plan = make_plan(problem, {"jar-north": (3, 6)}, TEAM)
    found = check(problem, plan)
    assert [v.rule for v in found] == ["closed_week"]
    assert found[0].message == (
        "fieldwork runs in the week of 24 October 2005 (week 7), which is closed: October half-term."
    )
    assert found[0].requirement == "R028"
    assert rules_of_dates(2, 5) == set()


def test_the_analysis_week_may_fall_in_a_school_holiday_but_not_in_a_closed_office():
    assert rules_of_dates(15, 18) == set()
    assert rules_of_dates(16, 19) == {"closed_week"}


def test_a_week_closed_for_two_reasons_is_named_once_with_both():
    problem = one_area()
    found = check(problem, make_plan(problem, {"jar-north": (13, 16)}, TEAM))
    assert [v.rule for v in found] == ["closed_week", "closed_week"]
    assert "Christmas closure, Christmas holiday" in found[0].message


def test_a_closure_without_a_reason_is_named_by_its_calendar():
    problem = changed(complete(), "calendars", "school", closures=(Closure(span=span(11, 12)),))
    assert "closed: school." in messages(check(problem, complete_plan(problem)))


def test_no_stage_runs_in_a_closed_week():
    closed = Calendar(id="school", closures=(Closure(span=span(3, 4)), Closure(span=span(5, 7))))
    open_weeks = Calendar(id="school")
    office = Calendar(id="office")
    assert solved_starts(one_area(calendars=(office, open_weeks)))["jar-north"] == (0, 3)
    assert solved_starts(one_area(calendars=(office, closed)))["jar-north"] == (4, 7)
