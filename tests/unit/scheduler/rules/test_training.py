"""Training comes before deployment (R062)."""

import pytest

from tests.builders import (
    changed,
)
from tests.rule_cases.judges import APART, LEADS, Judge, people
from tests.rule_cases.plans import rules_of_two, with_person


@pytest.mark.parametrize(("trained", "broken"), [(8, set()), (9, {"untrained"}), (13, {"untrained"})])
def test_nobody_joins_a_team_before_being_trained_r062(trained, broken):
    assert rules_of_two(with_person("bob", trained_from=trained)) == broken


@pytest.mark.parametrize(("trained_from", "accepted"), [(0, True), (1, False)])
def test_nobody_joins_before_being_trained_r062(judge: Judge, trained_from: int, accepted: bool) -> None:
    assert judge(changed(people(), "inspectors", "ann", trained_from=trained_from), APART, LEADS) is accepted
