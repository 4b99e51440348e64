"""Partners shared by areas (R128)."""

import pytest

from scheduler.values.problem import PartnerLimit
from tests.builders import (
    span,
    two_areas,
    visit,
)
from tests.rule_cases.plans import assessed, rules_of_visits
from tests.rule_cases.solving import solved_starts


@pytest.mark.parametrize(("max_excess", "broken"), [(0, {"partner_limit"}), (1, set())])
def test_a_partner_is_on_site_in_no_more_areas_at_once_than_its_excess_allows_r128(max_excess, broken):
    police = PartnerLimit(
        id="police", areas=("north", "south"), kinds=("ca",), maximum=1, price=4, max_excess=max_excess
    )
    problem = assessed(partner_limits=(police,))
    assert rules_of_visits(problem, 3, 4) == broken
    assert rules_of_visits(problem, 3, 5) == set()


def test_a_partner_limit_counts_only_its_areas_and_kinds_r128():
    for areas, kinds in ((("north",), ("ca",)), (("north", "south"), ("jar",))):
        police = PartnerLimit(id="police", areas=areas, kinds=kinds, maximum=1, price=4, max_excess=0)
        assert rules_of_visits(assessed(partner_limits=(police,)), 3, 3) == set()


def test_partners_are_not_visited_twice_in_a_week_unless_paid_r128():
    def overlap(price: int, max_excess: int) -> bool:
        limit = PartnerLimit(
            id="police",
            areas=("north", "south"),
            kinds=("yot",),
            maximum=1,
            price=price,
            max_excess=max_excess,
        )
        window = {"start_window": span(3, 6), "urgency_price": 5}
        activities = (visit("yot", "north", **window), visit("yot", "south", **window))
        return (
            len(set(solved_starts(two_areas(activities=activities, partner_limits=(limit,))).values())) == 1
        )

    assert overlap(4, 1)
    assert not overlap(6, 1)
    assert not overlap(4, 0)
