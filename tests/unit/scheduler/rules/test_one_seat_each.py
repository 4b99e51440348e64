"""One person, one seat (R059)."""

from scheduler.values.value import LEADER
from tests.builders import (
    members,
)
from tests.rule_cases.judges import APART, PAIR, Judge, people
from tests.rule_cases.plans import rules_of_team


def test_one_person_fills_one_seat_r059():
    assert rules_of_team({"leader": "dan", "safeguarding": "dan", "education": "ann"}) == {"two_seats"}


def test_a_person_has_one_seat_in_a_team_r059(judge: Judge) -> None:
    assert judge(people(), APART, PAIR)
    assert not judge(people(), APART, members({"jar-north": {LEADER: "ann", "education": "ann"}}))
