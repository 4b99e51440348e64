"""Three to eight members, depending on the extent of fieldwork (R055, R060)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import JointPlace, Problem
from tests.builders import assessment, broken_rules, members, one_area, ref, review, team
from tests.rule_cases.plans import GOOD, plan_of_team


def bounded(least: int, most: int, **changes: object) -> Problem:
    wanted = team("safeguarding", "education", min_members=least, max_members=most, **changes)
    return one_area(activities=(review("north", team=wanted),))


def rules(problem: Problem, seats: dict[str, str]) -> set[str]:
    return {found.rule for found in check(problem, plan_of_team(problem, seats))}


@pytest.mark.parametrize(("least", "most", "broken"), [(3, 3, False), (4, 8, True), (1, 2, True)])
def test_a_team_of_three_needs_an_extent_that_allows_it_r055(least, most, broken):
    assert rules(bounded(least, most), GOOD) == ({"team_size"} if broken else set())


def test_an_open_seat_belongs_to_the_size_r055():
    assert rules(bounded(3, 3), {"leader": "ann", "safeguarding": "bob"}) == set()


def test_joint_places_belong_to_the_size_r035():
    place = JointPlace(skill="management", beside=ref("ca-north"), body="Audit Commission")
    for least, most, broken in ((4, 4, set()), (3, 3, {"team_size"})):
        problem = bounded(least, most, joint=(place,))
        both = problem.model_copy(update={"activities": (*problem.activities, assessment("north"))})
        starts = {"jar-north": (20, 23), "ca-north": (23,)}
        assert broken_rules(both, make_plan(both, starts, members({"jar-north": GOOD}))) - {"pool"} == broken


def test_the_size_and_its_bounds_are_named_r055():
    found = check(bounded(4, 8), plan_of_team(bounded(4, 8), GOOD))
    assert [v.message for v in found] == ["has a team of 3, open seats included; 4 to 8 are allowed."]
