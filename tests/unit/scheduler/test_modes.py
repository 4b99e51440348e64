"""A plan takes one mode of each item: what modes cost, which one is behind, and when a plan is whole (R039)."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, is_allowed
from scheduler.areas.modes import Modes

MODES = Modes([[(0, 1), (2,)], [(3,)]])
"""An area of two options, of two components and of one, and a component that is always planned."""


def test_an_item_costs_what_its_cheapest_mode_costs() -> None:
    by_mode = MODES.costs(np.array([3, 4, 9, 5]))
    assert by_mode.tolist() == [7, 9, 5]
    assert MODES.least(by_mode).tolist() == [7, 5]


def test_a_component_is_behind_by_what_its_mode_costs_more() -> None:
    assert MODES.behind(np.array([3, 4, 9, 5])).tolist() == [0, 0, 2, 0]


def test_a_mode_without_timetable_is_never_the_cheapest_unless_there_is_no_other() -> None:
    one_left = MODES.costs(np.array([3, FORBIDDEN, 9, 5]))
    assert MODES.least(one_left).tolist() == [9, 5]
    none_left = MODES.least(MODES.costs(np.array([3, FORBIDDEN, FORBIDDEN, 5])))
    assert is_allowed(none_left).tolist() == [False, True]


def test_the_most_that_can_be_used_is_that_of_one_mode_of_each_item() -> None:
    assert MODES.most(np.array([1, 1, 3, 2])) == 5


def test_a_plan_is_whole_with_one_mode_of_each_item() -> None:
    assert MODES.is_whole([0, 1, 3])
    assert MODES.is_whole([2, 3])


def test_a_plan_of_two_modes_of_an_item_or_of_half_a_mode_is_not_whole() -> None:
    assert not MODES.is_whole([0, 1, 2, 3])
    assert not MODES.is_whole([0, 3])
    assert not MODES.is_whole([0, 1])
    assert not MODES.is_whole([])
