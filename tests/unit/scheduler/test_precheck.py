"""The capacity pre-check names what is short, with numbers, and says nothing where nothing is."""

from typing import Any

import pytest

from scheduler.counting.pre_check import precheck
from scheduler.values.problem import AnonymousPool, Period, PeriodLimit, Problem
from scheduler.values.result import Shortage
from scheduler.values.row_facts import RowKind, RowName
from tests.builders import assessment, inspector, one_area, review, span, two_areas, visit
from tests.complete import complete
from tests.rule_cases.solving import PEOPLE


def short(problem: Problem) -> dict[tuple[RowName, ...], tuple[int, int]]:
    """Demand and capacity by what is short."""
    return {found.rows: (found.demand, found.capacity) for found in precheck(problem)}


def people_with(*skills: str) -> tuple[RowName, ...]:
    """The row of the people who have one of some skills; of everybody without any."""
    return (RowName(kind="people", skills=skills),)


def row(kind: RowKind, owner: str, *skills: str) -> RowName:
    return RowName(kind=kind, owner=owner, skills=skills)


def pinned(area: str, **changes: Any) -> Any:
    return review(area, **{"pinned_starts": (9, 12), "start_window": span(9, 10)} | changes)


@pytest.mark.parametrize("problem", [one_area(), two_areas(), complete()], ids=["one", "two", "complete"])
def test_nothing_is_short_where_there_is_a_plan(problem: Problem) -> None:
    assert precheck(problem) == ()


def test_two_pinned_reviews_in_the_same_weeks_need_two_teams():
    problem = two_areas(activities=(pinned("north"), pinned("south")), inspectors=PEOPLE)
    found = short(problem)
    assert found[people_with("leader")] == (6, 3)
    twice = (*PEOPLE, *(p.model_copy(update={"id": p.id + "2"}) for p in PEOPLE))
    assert short(two_areas(activities=(pinned("north"), pinned("south")), inspectors=twice)) == {}


def test_a_union_of_skills_is_short_though_each_skill_suffices():
    people = (
        *(inspector(name, "CSCI", "education", "safeguarding") for name in ("ann", "bob", "cat")),
        inspector("dan", "HMIC", is_leader=True),
        inspector("eve", "HMIC", is_leader=True),
    )
    problem = two_areas(activities=(pinned("north"), pinned("south")), inspectors=people)
    assert short(problem) == {
        people_with("education", "safeguarding"): (12, 9),
        people_with(): (18, 15),
    }
    more = (*people, inspector("fay", "Ofsted", "education"))
    assert short(problem.model_copy(update={"inspectors": more})) == {}


def test_weeks_of_work_are_counted_over_a_window():
    window = {"start_window": span(19, 24)}
    activities = (review("north", **window), review("south", **window))
    found = short(two_areas(activities=activities, inspectors=PEOPLE))
    assert found == {}
    three_weeks = {"start_window": span(19, 20)}
    activities = (review("north", **three_weeks), review("south", **three_weeks))
    assert people_with("leader") in short(two_areas(activities=activities, inspectors=PEOPLE))


def test_an_anonymous_pool_is_short():
    window = {"start_window": span(5, 6)}
    activities = (assessment("north", **window), assessment("south", **window))
    pools = (AnonymousPool(id="audit_commission", units=1),)
    assert short(two_areas(activities=activities, pools=pools))[(row("anonymous", "audit_commission"),)] == (
        4,
        2,
    )
    pools = (AnonymousPool(id="audit_commission", units=2),)
    assert short(two_areas(activities=activities, pools=pools)) == {}


def test_a_maximum_below_what_must_start_is_named_r014():
    limit = PeriodLimit(id="autumn", span=span(0, 45), kinds=("jar",), maximum=1)
    assert short(two_areas(period_limits=(limit,)))[(row("period_maximum", "autumn"),)] == (2, 1)
    assert short(two_areas(period_limits=(limit.model_copy(update={"maximum": 2}),))) == {}


def test_maxima_of_periods_that_cover_all_weeks_are_added_up_r014():
    limits = tuple(
        PeriodLimit(id=name, span=weeks, kinds=("jar",), maximum=0, **priced)
        for name, weeks, priced in (
            ("a", span(0, 20), {}),
            ("b", span(20, 40), {"price": 5, "max_excess": 1}),
        )
    )
    assert short(two_areas(period_limits=limits))[
        (row("period_maximum", "a"), row("period_maximum", "b"))
    ] == (2, 1)
    assert short(one_area(period_limits=limits)) == {}


def test_a_minimum_above_what_can_start_is_named_r014():
    limit = PeriodLimit(id="later", span=span(45, 50), kinds=("jar",), minimum=1)
    assert short(one_area(period_limits=(limit,))) == {(row("period_minimum", "later"),): (1, 0)}
    limit = limit.model_copy(update={"span": span(35, 50)})
    assert short(one_area(period_limits=(limit,))) == {}


def test_yearly_maxima_are_added_up():
    people = tuple(p.model_copy(update={"max_reviews": {"year": 1}}) for p in PEOPLE)
    periods = (Period(id="all", kind="year", span=span(0, 52)),)
    problem = two_areas(inspectors=people, periods=periods)
    assert short(problem)[(row("yearly", "all", "leader"),)] == (2, 1)
    assert short(one_area(inspectors=people, periods=periods)) == {}


def test_an_activity_without_any_week_is_named_with_the_reason():
    problem = one_area(inspectors=tuple(p.model_copy(update={"trained_from": 50}) for p in PEOPLE))
    (found,) = precheck(problem)
    assert isinstance(found, Shortage)
    assert (found.kind, found.rows, found.activities) == ("stranded", (), ("jar-north",))


def test_activities_without_people_or_pools_need_nothing():
    assert precheck(one_area(activities=(visit("yot", "north"),), inspectors=())) == ()
