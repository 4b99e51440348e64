"""Pinned activities stay (R017)."""

from scheduler.checking.checker import check
from tests.builders import one_area, review
from tests.complete import complete, complete_plan
from tests.rule_cases.plans import rules_of_dates
from tests.rule_cases.solving import solved_starts


def test_a_pinned_activity_may_not_move_r017():
    pinned = {"pinned_starts": (8, 11)}
    assert rules_of_dates(8, 11, **pinned) == set()
    assert rules_of_dates(8, 12, **pinned) == {"pin_moved"}
    assert rules_of_dates(9, 12, **pinned) == {"pin_moved"}


def test_a_moved_pin_is_named_with_both_weeks():
    found = check(complete(), complete_plan(starts={"yot-north": (13,)}))
    moved = next(v for v in found if v.rule == "pin_moved")
    assert moved.place == "yot-north (North)"
    assert "pinned to the week of 12 December 2005 (week 14)" in moved.message
    assert "starts in the week of 5 December 2005 (week 13)" in moved.message


def test_a_pinned_activity_stays():
    assert solved_starts(one_area(activities=(review("north", pinned_starts=(9, 13)),)))["jar-north"] == (
        9,
        13,
    )
