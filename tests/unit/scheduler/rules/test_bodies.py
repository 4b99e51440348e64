"""Teams come from several bodies (R002, R056)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import JointPlace
from tests.builders import (
    assessment,
    changed,
    inspector,
    one_area,
    ref,
    review,
    team,
)
from tests.rule_cases.judges import APART, LEADS, Judge, full_team, people
from tests.rule_cases.plans import GOOD, plan_of_team, rules_of_team


def test_a_team_comes_from_two_bodies_r002_r056():
    problem = changed(one_area(), "inspectors", "bob", body="Ofsted")
    problem = changed(problem, "inspectors", "dan", body="Ofsted")
    found = check(problem, plan_of_team(problem, GOOD))
    assert [(v.rule, v.requirement) for v in found] == [("too_few_bodies", "R002, R056")]
    assert "from Ofsted only" in found[0].message
    assert rules_of_team(GOOD | {"safeguarding": "eve"}, problem) == set()


@pytest.mark.parametrize(("min_bodies", "broken"), [(1, set()), (3, set()), (4, {"too_few_bodies"})])
def test_the_number_of_bodies_is_a_rule_of_the_team_r056(min_bodies, broken):
    people = (*one_area().inspectors, inspector("fay", "ALI", "further_education"))
    larger = team("safeguarding", "education", "looked_after", min_bodies=min_bodies)
    problem = one_area(activities=(review("north", team=larger),), inspectors=people)
    same = changed(problem, "inspectors", "cat", body="CSCI")
    assert rules_of_team(GOOD | {"looked_after": "cat"}, same) == broken


def test_an_uncovered_seat_may_still_bring_another_body_r056():
    problem = changed(one_area(), "inspectors", "bob", body="Ofsted")
    assert rules_of_team({"leader": "ann", "safeguarding": "bob"}, problem) == set()


def test_a_team_comes_from_two_bodies_r002_r056_in_the_model(judge: Judge) -> None:
    assert judge(full_team("CSCI")[0], APART, full_team("CSCI")[1])
    assert not judge(full_team("Ofsted")[0], APART, full_team("Ofsted")[1])


def test_a_team_may_be_asked_to_come_from_three_bodies(judge: Judge) -> None:
    problem, whole = full_team("CSCI", min_bodies=3)
    assert not judge(problem, APART, whole)
    assert judge(changed(problem, "inspectors", "bob", body="HMIC"), APART, whole)


def test_an_uncovered_seat_may_still_bring_another_body_r056_in_the_model(judge: Judge) -> None:
    problem, whole = full_team("Ofsted")
    assert judge(problem, APART, whole[:2])


def test_a_team_smaller_than_its_number_of_bodies_needs_one_body_per_member(judge: Judge) -> None:
    alone = review("north", team=team(min_members=1, min_bodies=2))
    assert judge(people(activities=(alone, review("south"))), APART, LEADS)


@pytest.mark.parametrize(
    ("body", "min_bodies", "accepted"),
    [("AC", 2, True), ("Ofsted", 2, False), ("AC", 3, False)],
    ids=["another body", "the same body", "one body too few"],
)
def test_a_joint_place_brings_its_body_r035_r056(
    judge: Judge, body: str, min_bodies: int, accepted: bool
) -> None:
    """All inspectors are of Ofsted; the seat for management is filled by the staff of a concurrent visit."""
    place = JointPlace(skill="management", beside=ref("ca-north"), body=body)
    problem, whole = full_team("Ofsted", min_bodies=min_bodies, joint=(place,))
    visited = problem.model_copy(update={"activities": (*problem.activities, assessment("north"))})
    starts = APART | {"ca-north": (3,)}
    assert judge(visited, starts, whole) is accepted
    found = check(visited, make_plan(visited, starts, whole))
    assert ("too_few_bodies" in {v.rule for v in found}) is not accepted
