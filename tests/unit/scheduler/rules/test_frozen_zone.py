"""The frozen zone: the near future stays as it was published (R019)."""

from typing import Any

import pytest

from scheduler.cost import make_plan
from scheduler.values.problem import Published
from tests.builders import broken_rules, one_area, review
from tests.rule_cases.plans import TEAM
from tests.rule_cases.solving import solved_starts

ANNOUNCED = Published(starts=(9, 12), move_price=1)


def rules(*starts: int, frozen_until: int = 10, **changes: Any) -> set[str]:
    problem = one_area(activities=(review("north", **changes),), frozen_until=frozen_until)
    return broken_rules(problem, make_plan(problem, {"jar-north": starts}, TEAM))


@pytest.mark.parametrize(("start", "broken"), [(9, {"frozen_zone"}), (10, set())])
def test_nothing_new_starts_in_the_frozen_zone_r019(start, broken):
    assert rules(start, start + 3) == broken


@pytest.mark.parametrize(("start", "broken"), [(9, set()), (8, {"frozen_zone"}), (20, {"frozen_zone"})])
def test_what_was_published_in_the_zone_stays_r019(start, broken):
    assert rules(start, start + 3, published=ANNOUNCED) == broken


def test_a_stage_published_after_the_zone_may_still_move_but_not_into_it_r019():
    assert rules(9, 13, published=ANNOUNCED) == set()
    assert rules(9, 13, published=ANNOUNCED, frozen_until=13) == {"frozen_zone"}
    assert rules(9, 13, published=ANNOUNCED.model_copy(update={"starts": (12, 15)})) == {"frozen_zone"}


def test_at_short_notice_an_activity_may_start_in_the_zone_r094():
    assert rules(4, 8, short_notice=True) == set()
    assert rules(4, 8) == {"frozen_zone"}


def test_a_pin_counts_more_than_the_zone_r017():
    assert rules(8, 11, pinned_starts=(8, 11)) == set()


def test_without_a_zone_everything_may_move():
    assert rules(0, 3, published=ANNOUNCED, frozen_until=0) == set()


@pytest.mark.parametrize(
    ("changes", "starts"),
    [
        ({}, (10, 13)),
        ({"short_notice": True}, (0, 3)),
        ({"published": ANNOUNCED}, (9, 12)),
        ({"published": Published(starts=(12, 15), move_price=1)}, (10, 13)),
        ({"pinned_starts": (8, 11)}, (8, 11)),
    ],
    ids=["new", "short notice", "published in it", "published after it", "pinned"],
)
def test_the_solver_keeps_the_frozen_zone_r019(changes, starts):
    problem = one_area(activities=(review("north", **changes),), frozen_until=10)
    assert solved_starts(problem)["jar-north"] == starts
