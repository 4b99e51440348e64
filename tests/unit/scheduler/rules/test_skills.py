"""Seats need skills (R059)."""

from tests.builders import (
    members,
)
from tests.rule_cases.judges import APART, Judge, people
from tests.rule_cases.plans import GOOD, rules_of_team


def test_everybody_has_the_skill_of_the_seat_r059():
    assert rules_of_team(GOOD | {"safeguarding": "cat"}) == {"lacking_skill"}
    assert rules_of_team(GOOD | {"safeguarding": "eve"}) == set()


def test_a_seat_needs_its_skill_r059(judge: Judge) -> None:
    assert judge(people(), APART, members({"jar-north": {"education": "ann"}}))
    assert not judge(people(), APART, members({"jar-north": {"safeguarding": "ann"}}))
