"""Starts in a period: the slow first term, the most and the fewest a year (R014)."""

from typing import Any

import pytest

from scheduler.checking.checker import check
from scheduler.values.problem import PeriodLimit
from tests.builders import (
    one_area,
    span,
    two_areas,
)
from tests.rule_cases.plans import assessed, limit, plan_of_visits, rules_of_visits
from tests.rule_cases.solving import PEOPLE, impossible, solved_starts


@pytest.mark.parametrize(("south", "broken"), [(14, {"period_maximum"}), (18, set())])
def test_no_more_activities_start_in_a_period_than_allowed_r014(south, broken):
    assert rules_of_visits(assessed(period_limits=(limit(maximum=1),)), 0, south) == broken


@pytest.mark.parametrize(("south", "broken"), [(14, set()), (18, {"period_minimum"})])
def test_no_fewer_activities_start_in_a_period_than_demanded_r014(south, broken):
    assert rules_of_visits(assessed(period_limits=(limit(minimum=2),)), 0, south) == broken


@pytest.mark.parametrize(("max_excess", "broken"), [(0, {"period_maximum"}), (1, set())])
def test_a_priced_maximum_bends_only_within_its_excess_r014(max_excess, broken):
    problem = assessed(period_limits=(limit(maximum=1, price=5, max_excess=max_excess),))
    assert rules_of_visits(problem, 0, 5) == broken


@pytest.mark.parametrize(("max_excess", "broken"), [(0, {"period_minimum"}), (1, set())])
def test_a_priced_minimum_bends_only_within_its_excess_r014(max_excess, broken):
    problem = assessed(period_limits=(limit(minimum=2, price=5, max_excess=max_excess),))
    assert rules_of_visits(problem, 0, 20) == broken


def test_an_excess_without_a_price_does_not_bend_a_limit():
    assert rules_of_visits(assessed(period_limits=(limit(maximum=1, max_excess=1),)), 0, 5) == {
        "period_maximum"
    }


def test_a_period_limit_counts_only_its_kinds_and_areas():
    for other in ({"kinds": ("jar",)}, {"areas": ("north",)}):
        assert rules_of_visits(assessed(period_limits=(limit(maximum=1, **other),)), 0, 5) == set()


def test_a_broken_period_limit_is_named_with_numbers_and_weeks():
    problem = assessed(period_limits=(limit(maximum=1),))
    found = check(problem, plan_of_visits(problem, 0, 5))
    assert found[0].place == "autumn"
    assert found[0].message == (
        "2 of ca start in the week of 5 September 2005 (week 0) to the week of 12 December 2005 (week 14); "
        "at most 1 may."
    )


def test_a_hard_maximum_of_a_period_is_kept_and_a_priced_one_bought_when_worth_it_r014():
    def firsts(**limit: Any) -> list[int]:
        period = PeriodLimit(id="autumn", span=span(0, 8), kinds=("jar",), maximum=1, **limit)
        people = (*PEOPLE, *(p.model_copy(update={"id": p.id + "2"}) for p in PEOPLE))
        return sorted(
            own[0] for own in solved_starts(two_areas(inspectors=people, period_limits=(period,))).values()
        )

    assert firsts() == [0, 8]
    assert firsts(price=23, max_excess=1) == [0, 0]
    assert firsts(price=25, max_excess=1) == [0, 8]
    assert firsts(price=23, max_excess=0) == [0, 8]


def test_a_minimum_of_a_period_is_reached_r014():
    def first(**limit: Any) -> int:
        period = PeriodLimit(id="later", span=span(8, 12), kinds=("jar",), minimum=1, **limit)
        return solved_starts(one_area(period_limits=(period,)))["jar-north"][0]

    assert first() == 8
    assert first(price=23, max_excess=1) == 0
    assert first(price=25, max_excess=1) == 8


def test_a_minimum_that_nothing_can_reach_is_impossible_r014():
    period = PeriodLimit(id="later", span=span(45, 50), kinds=("jar",), minimum=1)
    assert impossible(one_area(period_limits=(period,)))
