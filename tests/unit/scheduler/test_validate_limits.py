"""Mistakes in limits, pools and prices are found; every refusal has its acceptance."""

import re

import pytest

from scheduler.validating.index import Index
from scheduler.validating.limits import MAX_COST, worst_costs
from scheduler.validating.validation import validate
from scheduler.values.problem import AnonymousPool, Capacity, PeriodLimit, Published, TeamPrices
from tests.builders import messages, one_area, review, span, two_areas
from tests.complete import complete, complete_plan


def findings(**changes):
    usual = {"id": "autumn", "span": span(0, 15), "kinds": ("jar",)}
    return messages(validate(one_area(period_limits=(PeriodLimit(**usual | changes),))))


def test_bounds_that_exclude_each_other_are_found_r014():
    assert "a minimum of 1 above its maximum of 0" in findings(minimum=1, maximum=0)
    assert findings(minimum=1, maximum=1) == ""


def test_a_limit_that_limits_nothing_is_found():
    assert "has neither minimum nor maximum" in findings()
    assert "has no week" in findings(maximum=1, span=span(5, 5))


def test_an_excess_without_a_price_is_found():
    assert "allows an excess of 2 without a price" in findings(maximum=1, max_excess=2)
    assert findings(maximum=1, max_excess=2, price=0) == ""


def test_a_minimum_that_nothing_can_reach_is_found():
    assert "demands at least 2 starts, but only 1 activities count for it" in findings(minimum=2)
    assert "only 0 activities" in findings(minimum=1, kinds=("ca",))
    assert findings(minimum=2, price=5, max_excess=1) == ""


@pytest.mark.parametrize(("units", "extra", "is_sound"), [(1, (), True), (0, (), False), (0, (1,), True)])
def test_a_stage_that_needs_more_than_a_pool_ever_has_is_found(units, extra, is_sound):
    exceptions = tuple(Capacity(span=span(0, 9), units=own) for own in extra)
    pool = AnonymousPool(id="audit_commission", units=units, exceptions=exceptions)
    text = messages(validate(complete(pools=(pool,))))
    wrong = "pool audit_commission: has at most 0 units, but more are demanded by activity ca-north, stage on_site"
    assert text == "" if is_sound else text.startswith(wrong)


def priced(price):
    return one_area(activities=(review("north", urgency_price=price),))


def test_prices_whose_sums_would_not_be_exact_are_found_by_name():
    text = messages(validate(priced(MAX_COST)))
    assert text.startswith(f"activity jar-north, urgency_price: {MAX_COST} is too high")
    assert len(text.splitlines()) == 1
    largest = int(re.search(r"Give at most (\d+), which is the highest allowed", text)[1])
    assert validate(priced(largest)) == ()
    assert validate(priced(largest + 1)) != ()


def test_several_prices_that_are_too_high_together_are_all_named():
    areas = ("north", "south")
    problem = two_areas(activities=tuple(review(own, urgency_price=MAX_COST) for own in areas))
    found = messages(validate(problem))
    assert [f"jar-{own}, urgency_price" in found for own in areas] == [True, True]
    largest = int(re.search(r"Give at most (\d+), which is the highest allowed if all", found)[1])
    lower = two_areas(activities=tuple(review(own, urgency_price=largest) for own in areas))
    assert validate(lower) == ()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"team_prices": TeamPrices(per_km=MAX_COST)}, "team prices, per_km"),
        (
            {"team_prices": TeamPrices(per_review_over_share=MAX_COST, fair_period="financial_year")},
            "team prices",
        ),
        ({"team_prices": TeamPrices(per_person_changed=MAX_COST)}, "team prices, per_person_changed"),
    ],
)
def test_a_price_of_people_that_is_too_high_is_named(changes, place):
    assert place in messages(validate(complete(**changes)))


def test_a_price_of_moves_that_is_too_high_is_named():
    far = Published(starts=(0, 3), move_price_per_week=MAX_COST)
    text = messages(validate(one_area(activities=(review("north", published=far),))))
    assert "activity jar-north, published, move_price_per_week" in text


def test_the_worst_cost_is_above_what_any_plan_of_the_complete_problem_costs():
    costs = complete_plan().costs
    assert sum(own.amount for own in worst_costs(Index(complete()))) >= costs.date_cost + costs.team_cost
