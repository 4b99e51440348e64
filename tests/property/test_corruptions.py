"""The checker refuses every corruption of a good plan by its own rule, whatever the seed, and nothing else."""

import pytest

from tests.builders import broken_rules
from tests.corruptions import CATALOGUE, Corruption, Draft

SEEDS = range(3)


def name(corruption: Corruption) -> str:
    return corruption.name


def test_there_are_at_least_forty_and_no_two_of_a_name() -> None:
    assert len({corruption.name for corruption in CATALOGUE}) == len(CATALOGUE) >= 40


@pytest.mark.parametrize("corruption", CATALOGUE, ids=name)
def test_a_corruption_is_refused_by_exactly_its_rules_and_its_twin_passes(corruption: Corruption) -> None:
    twin = Draft.of(corruption.problem())
    assert broken_rules(twin.problem, twin.plan()) == set()
    for seed in SEEDS:
        assert broken_rules(*corruption.damaged(seed)) == corruption.rules
