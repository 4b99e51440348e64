"""Rules for what areas share; every refusal has its acceptance."""

import pytest

from scheduler.check import check
from scheduler.cost import make_plan
from scheduler.problem import AnonymousPool, Capacity, PartnerLimit, PeriodLimit
from tests.builders import assessment, broken_rules, span, two_areas


def assessed(**changes):
    activities = (assessment("north"), assessment("south"))
    pools = (AnonymousPool(id="audit_commission", units=2),)
    return two_areas(**{"activities": activities, "pools": pools} | changes)


def plan(problem, north, south):
    return make_plan(problem, {"ca-north": (north,), "ca-south": (south,)}, ())


def rules(problem, north, south):
    return broken_rules(problem, plan(problem, north, south))


def limit(**changes):
    return PeriodLimit(**{"id": "autumn", "span": span(0, 15), "kinds": ("ca",)} | changes)


@pytest.mark.parametrize(("south", "broken"), [(14, {"period_maximum"}), (18, set())])
def test_no_more_activities_start_in_a_period_than_allowed_r014(south, broken):
    assert rules(assessed(period_limits=(limit(maximum=1),)), 0, south) == broken


@pytest.mark.parametrize(("south", "broken"), [(14, set()), (18, {"period_minimum"})])
def test_no_fewer_activities_start_in_a_period_than_demanded_r014(south, broken):
    assert rules(assessed(period_limits=(limit(minimum=2),)), 0, south) == broken


@pytest.mark.parametrize(("max_excess", "broken"), [(0, {"period_maximum"}), (1, set())])
def test_a_priced_maximum_bends_only_within_its_excess_r014(max_excess, broken):
    problem = assessed(period_limits=(limit(maximum=1, price=5, max_excess=max_excess),))
    assert rules(problem, 0, 5) == broken


@pytest.mark.parametrize(("max_excess", "broken"), [(0, {"period_minimum"}), (1, set())])
def test_a_priced_minimum_bends_only_within_its_excess_r014(max_excess, broken):
    problem = assessed(period_limits=(limit(minimum=2, price=5, max_excess=max_excess),))
    assert rules(problem, 0, 20) == broken


def test_an_excess_without_a_price_does_not_bend_a_limit():
    assert rules(assessed(period_limits=(limit(maximum=1, max_excess=1),)), 0, 5) == {"period_maximum"}


def test_a_period_limit_counts_only_its_kinds_and_areas():
    for other in ({"kinds": ("jar",)}, {"areas": ("north",)}):
        assert rules(assessed(period_limits=(limit(maximum=1, **other),)), 0, 5) == set()


def test_a_broken_period_limit_is_named_with_numbers_and_weeks():
    problem = assessed(period_limits=(limit(maximum=1),))
    found = check(problem, plan(problem, 0, 5))
    assert found[0].place == "autumn"
    assert found[0].message == (
        "2 of ca start in the week of 5 September 2005 (week 0) to the week of 12 December 2005 (week 14); "
        "at most 1 may."
    )


@pytest.mark.parametrize(("max_excess", "broken"), [(0, {"partner_limit"}), (1, set())])
def test_a_partner_is_on_site_in_no_more_areas_at_once_than_its_excess_allows_r128(max_excess, broken):
    police = PartnerLimit(
        id="police", areas=("north", "south"), kinds=("ca",), maximum=1, price=4, max_excess=max_excess
    )
    problem = assessed(partner_limits=(police,))
    assert rules(problem, 3, 4) == broken
    assert rules(problem, 3, 5) == set()


def test_a_partner_limit_counts_only_its_areas_and_kinds_r128():
    for areas, kinds in ((("north",), ("ca",)), (("north", "south"), ("jar",))):
        police = PartnerLimit(id="police", areas=areas, kinds=kinds, maximum=1, price=4, max_excess=0)
        assert rules(assessed(partner_limits=(police,)), 3, 3) == set()


def test_an_anonymous_pool_has_only_so_many_teams_at_a_time_r015():
    one_team = assessed(pools=(AnonymousPool(id="audit_commission", units=1),))
    assert rules(one_team, 3, 4) == {"pool"}
    assert rules(one_team, 3, 5) == set()
    assert rules(assessed(), 3, 4) == set()


def test_of_two_exceptions_of_a_pool_the_last_one_counts():
    exceptions = (Capacity(span=span(3, 5), units=1), Capacity(span=span(4, 5), units=2))
    problem = assessed(pools=(AnonymousPool(id="audit_commission", units=2, exceptions=exceptions),))
    found = check(problem, plan(problem, 3, 3))
    assert [(v.rule, v.message) for v in found] == [
        ("pool", "2 units are in use in the week of 26 September 2005 (week 3), but there are only 1.")
    ]
    assert rules(problem, 4, 4) == set()
