"""Nobody is exchanged in a review that has begun, and no seat that was open is filled (R019, R043)."""

from typing import Any

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.problem import Absence, Problem, Seated
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from tests.builders import changed, members, messages, span, team
from tests.known import known
from tests.replanning import STARTS, three_reviews

QUICK = SolveParams(dates_seconds=5.0, teams_seconds=5.0, num_workers=1)
ANN, CAT = Seated(skill=LEADER, inspector="ann"), Seated(skill="education", inspector="cat")


def at_work(*people: Seated, **changes: Any) -> Problem:
    """The northern review is pinned in weeks 2 and 5, with some people at work."""
    north = {"pinned_starts": (2, 5), "team": team("education", min_members=2, at_work=people)}
    return changed(three_reviews(**changes), "activities", "jar-north", **north)


def broken(problem: Problem, leader: str, education: str | None) -> set[str]:
    seats = {LEADER: leader} | ({"education": education} if education else {})
    plan = make_plan(problem, STARTS, members({"jar-north": seats}))
    return {found.rule for found in check(problem, plan)} & {"exchanged_at_work", "filled_at_work"}


@pytest.mark.parametrize(
    ("leader", "education", "rules"),
    [
        ("ann", "cat", set()),
        ("dan", "cat", {"exchanged_at_work", "filled_at_work"}),
        ("ann", None, {"exchanged_at_work"}),
    ],
)
def test_whoever_may_go_on_keeps_their_seat_r019_r043(
    leader: str, education: str | None, rules: set[str]
) -> None:
    assert broken(at_work(ANN, CAT), leader, education) == rules


def test_others_get_the_seat_of_somebody_who_may_not_go_on_r019_r043() -> None:
    ill = changed(at_work(ANN, CAT), "inspectors", "ann", absences=(Absence(span=span(5, 6)),))
    assert broken(ill, "dan", "cat") == set()
    assert broken(ill, "dan", "eve") == {"exchanged_at_work", "filled_at_work"}


def test_a_seat_that_was_open_is_not_filled_r019_r043() -> None:
    assert broken(at_work(ANN), "ann", None) == set()
    assert broken(at_work(ANN), "ann", "cat") == {"filled_at_work"}


@pytest.mark.parametrize("people", [(ANN, CAT), (Seated(skill=LEADER, inspector="dan"),)])
def test_a_solve_leaves_a_team_at_work_as_it_is_r019_r043(people: tuple[Seated, ...]) -> None:
    """However far from home."""
    problem = at_work(*people)
    plan = known(solve(problem, QUICK).plan)
    found = {(own.skill, own.inspector) for own in plan.members if own.activity == "jar-north"}
    assert found == {(seated.skill, seated.inspector) for seated in people}
    assert not [found for found in check(problem, plan) if "at_work" in found.rule]


def test_people_at_work_are_asked_for_nothing_else_then_r019_r028() -> None:
    """The southern review begins in the same weeks: its leader is the other one, though dearer."""
    problem = changed(at_work(ANN, CAT), "activities", "jar-south", pinned_starts=(2, 5))
    plan = known(solve(problem, QUICK).plan)
    leaders = {own.activity: own.inspector for own in plan.members if own.skill == LEADER}
    assert (leaders["jar-north"], leaders["jar-south"]) == ("ann", "dan")


def test_who_has_two_places_or_a_seat_that_is_not_demanded_is_found() -> None:
    twice = at_work(ANN, CAT, Seated(skill="education", inspector="ann"))
    assert "has 2 people in education seats, but 1 are demanded" in messages(validate(twice))
    assert "names ann in 2 seats" in messages(validate(twice))
    assert validate(at_work(ANN, Seated(skill="education", inspector="gone"))) == ()
