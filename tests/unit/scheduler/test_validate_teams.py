"""Mistakes in teams and people are found; every refusal has its acceptance."""

import pytest

from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.problem import Absence, Place
from scheduler.values.result import SolveParams
from tests.builders import analysis, changed, inspector, messages, one_area, review, span, team
from tests.known import known


def findings(new_team, **changes):
    return messages(validate(one_area(activities=(review("north", team=new_team),), **changes)))


@pytest.mark.parametrize(("seats", "is_sound"), [(1, False), (2, True), (7, True), (8, False)])
def test_a_team_has_three_to_eight_members_r055(seats, is_sound):
    people = tuple(inspector(f"p{n}", f"body {n % 2}", "education", is_leader=n == 0) for n in range(9))
    crowd = team(places=(Place(skill="education", count=seats),))
    assert (findings(crowd, inspectors=people) == "") == is_sound


def test_bounds_of_a_team_exchanged_are_found_r055():
    assert "allows at least 8, but at most 3 members" in findings(
        team("safeguarding", "education", min_members=8, max_members=3)
    )


@pytest.mark.parametrize(
    ("bodies", "words"), [(3, ""), (5, "the inspectors come from 4"), (4, "has only 3 seats")]
)
def test_a_team_cannot_need_more_bodies_than_there_are_r056(bodies, words):
    text = findings(team("safeguarding", "education", min_bodies=bodies))
    assert (words in text) if words else text == ""


def test_a_place_for_a_skill_that_nobody_has_is_found_r059():
    text = findings(team("chess", "education"))
    assert text.startswith("skill chess: no inspector has it, but a team demands it: jar-north")
    assert findings(team(places=(Place(skill="camhs", count=2),))) == ""


def test_more_places_than_people_with_the_skill_are_a_shortage_with_numbers_r059():
    wanted = team(places=(Place(skill="camhs", count=2),))
    result = solve(
        one_area(activities=(review("north", team=wanted),)),
        SolveParams(num_workers=1, dates_seconds=5, teams_seconds=1),
    )
    first = result.shortages[0]
    assert (first.kind, first.activities, first.demand, first.capacity) == ("holders", ("jar-north",), 2, 1)
    assert [row.skills for row in first.rows] == [("camhs",)]
    assert result.uncovered_places == result.uncovered_bound == 1


def test_a_programme_without_leaders_is_found_r057():
    problem = one_area(
        inspectors=tuple(i.model_copy(update={"is_leader": False}) for i in one_area().inspectors)
    )
    assert "skill leader: no inspector has it" in messages(validate(problem))
    leaderless = review("north", team=team("safeguarding", "education", needs_leader=False, min_members=2))
    assert validate(problem.model_copy(update={"activities": (leaderless,)})) == ()


def test_the_word_leader_is_no_skill():
    assert "demands the skill 'leader'" in findings(team("safeguarding", "leader"))
    problem = changed(one_area(), "inspectors", "bob", skills=("safeguarding", "leader"))
    assert "inspector bob: has the skill 'leader'. Set is_leader instead." in messages(validate(problem))


def test_a_team_that_no_stage_uses_is_found():
    idle = review("north", stages=(analysis(uses_team=False),))
    assert "team: is used by no stage" in messages(validate(one_area(activities=(idle,))))
    assert validate(one_area(activities=(review("north", stages=(analysis(),)),))) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"absences": (Absence(span=span(0, 52)),)},
        {"absences": (Absence(span=span(20, 52)), Absence(span=span(0, 20)))},
        {"absences": (Absence(span=span(0, 52), percent_available=79),)},
        {"trained_from": 52},
        {"trained_from": 30, "absences": (Absence(span=span(25, 60)),)},
        {"percent": 50},
    ],
)
def test_who_is_never_there_is_no_mistake_and_fills_no_seat(changes):
    """Somebody who has left, or is trained too late, stays on the list (R062)."""
    problem = changed(one_area(), "inspectors", "bob", **changes)
    assert messages(validate(problem)) == ""
    plan = solve(problem, SolveParams(num_workers=1, dates_seconds=5, teams_seconds=1)).plan
    assert known(plan).costs.uncovered_places == 0
    assert "bob" not in {member.inspector for member in known(plan).members}
