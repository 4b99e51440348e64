"""Every family of instances: sound, the same for the same seed, another one for another."""

import pytest

from benchmarks.instances import FAMILIES, large, national, small, tight
from scheduler.counting.pre_check import precheck
from scheduler.validating.validation import validate

SMALLER = {
    "small": lambda option, seed: small(option, seed=seed),
    "national": lambda option, seed: national(option, 16, 40, seed),
    "scarce": FAMILIES["scarce"],
    "tight": lambda option, seed: tight(option, 10, 30, seed),
    "large": lambda option, seed: large(option, 45, seed),
}
"""Every family in a size that a test can afford."""


def test_every_family_is_tested():
    assert SMALLER.keys() == FAMILIES.keys()


@pytest.mark.parametrize("family", SMALLER)
def test_a_family_is_sound_and_reproducible_by_its_seed(family):
    make = SMALLER[family]
    problem = make(option=3, seed=1)
    assert validate(problem) == ()
    assert make(option=3, seed=1).hash == problem.hash
    assert make(option=3, seed=2).hash != problem.hash


def test_tight_windows_are_a_quarter_of_a_year_and_leave_a_plan():
    problem = tight(3, 16, 40)
    wide = national(3, 16, 40)
    windows = [activity.start_window for activity in problem.activities if activity.kind == "jar"]
    assert all(window.end - window.first <= 13 for window in windows)
    assert len({window.first for window in windows}) > 5
    assert problem.links == wide.links
    assert problem.inspectors == wide.inspectors
    assert precheck(problem) == ()


def test_a_large_programme_has_people_and_limits_in_proportion():
    """Twice the areas, twice the people: otherwise sizes could not be compared."""
    one, two = large(2, 75), large(2, 150)
    assert len(one.areas) * 2 == len(two.areas) == 150
    assert len(one.inspectors) * 2 == len(two.inspectors)
    limits = {limit.id: limit.maximum for limit in one.period_limits}
    assert all(limit.maximum == 2 * limits[limit.id] for limit in two.period_limits)
    assert one.num_weeks == two.num_weeks
