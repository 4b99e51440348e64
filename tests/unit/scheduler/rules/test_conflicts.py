"""No conflict of interest (R062)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from tests.builders import (
    changed,
    members,
    one_area,
)
from tests.rule_cases.judges import APART, LEADS, Judge, people
from tests.rule_cases.past import keeps_people_rules
from tests.rule_cases.plans import NORTH, rules_of_two, with_person
from tests.rule_cases.solving import PEOPLE, impossible


def test_a_conflict_of_interest_bars_a_seat_r062():
    problem = with_person("bob", conflicts=("south",))
    starts = {"jar-north": (8, 11), "jar-south": (20, 23)}
    found = check(problem, make_plan(problem, starts, members({"jar-north": NORTH, "jar-south": NORTH})))
    assert [(v.rule, v.place, v.requirement) for v in found] == [("conflict_of_interest", "bob", "R062")]
    assert "jar-south (South)" in found[0].message
    assert rules_of_two(problem, south_team={"leader": "ann", "safeguarding": "dan"}) == set()


@pytest.mark.parametrize("reason", ["conflicts", "previous_areas"])
def test_nobody_inspects_an_area_with_a_conflict_or_twice_running(judge: Judge, reason: str) -> None:
    assert judge(changed(people(), "inspectors", "ann", **{reason: ("south",)}), APART, LEADS)
    assert not judge(changed(people(), "inspectors", "ann", **{reason: ("north",)}), APART, LEADS)


def test_a_conflict_of_interest_leaves_an_area_without_team_when_teams_are_whole():
    barred = tuple(p.model_copy(update={"conflicts": ("north",)}) for p in PEOPLE)
    assert not impossible(one_area(inspectors=barred))
    assert impossible(one_area(inspectors=barred), whole_teams=True)


def test_no_conflict_no_violation_r062() -> None:
    for areas, accepted in ((("south",), True), (("north",), False)):
        problem = changed(people(), "inspectors", "ann", conflicts=areas)
        assert keeps_people_rules(problem, APART, LEADS) is accepted
