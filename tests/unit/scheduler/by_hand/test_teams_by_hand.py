"""Teams by hand: whoever is free stays, the cheapest others come, and nobody else changes."""

import pytest

from scheduler.by_hand.teams import freed, refitted
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Absence, Problem
from scheduler.values.value import LEADER
from tests.builders import LONDON, changed, inspector, members, span, two_areas

STARTS = {"jar-north": (8, 11), "jar-south": (20, 23)}
TEAMS = {
    "jar-north": {LEADER: "ann", "safeguarding": "bob", "education": "dan"},
    "jar-south": {LEADER: "ann", "safeguarding": "bob", "education": "dan"},
}
TOGETHER = {"jar-north": (20, 23), "jar-south": (20, 23)}


def crew(**changes: object) -> Problem:
    """Two for each place; those whose names end in 'far' live in London."""
    people = [
        inspector("ann", "Ofsted", is_leader=True),
        inspector("ann-far", "Ofsted", is_leader=True, home=LONDON),
        inspector("bob", "CSCI", "safeguarding"),
        inspector("bob-far", "CSCI", "safeguarding", home=LONDON),
        inspector("bob-near", "CSCI", "safeguarding"),
        inspector("dan", "HMIC", "education"),
        inspector("dan-far", "HMIC", "education", home=LONDON),
    ]
    prices = two_areas().team_prices.model_copy(update={"per_km": 1})
    return two_areas(**{"inspectors": tuple(people), "team_prices": prices} | changes)


def teams(found: tuple[TeamMember, ...]) -> dict[str, dict[str, str]]:
    by_review: dict[str, dict[str, str]] = {}
    for member in found:
        by_review.setdefault(member.activity, {})[member.skill] = member.inspector
    return by_review


def test_whoever_is_free_stays_and_other_teams_stay() -> None:
    later = {"jar-north": (30, 33), "jar-south": (20, 23)}
    assert teams(refitted(Units(crew()), later, members(TEAMS), ["jar-north"])) == TEAMS


def test_whoever_works_elsewhere_is_replaced_by_the_cheapest_who_is_free() -> None:
    found = teams(refitted(Units(crew()), TOGETHER, members(TEAMS), ["jar-north"]))
    assert found["jar-south"] == TEAMS["jar-south"]
    assert found["jar-north"] == {LEADER: "ann-far", "safeguarding": "bob-near", "education": "dan-far"}


def test_a_place_for_which_nobody_is_free_stays_open() -> None:
    problem = changed(crew(), "inspectors", "dan-far", absences=(Absence(span=span(19, 26)),))
    found = teams(refitted(Units(problem), TOGETHER, members(TEAMS), ["jar-north"]))
    assert set(found["jar-north"]) == {LEADER, "safeguarding"}


def test_somebody_new_leaves_what_they_do_in_the_same_weeks_rest_included_r028() -> None:
    problem = changed(crew(), "inspectors", "bob", rest_weeks=2)
    near = {"jar-north": (20, 23), "jar-south": (26, 29)}
    only_south = {"jar-south": TEAMS["jar-south"]}
    new = TeamMember(activity="jar-north", skill="safeguarding", inspector="bob")
    left, given_up = freed(Units(problem), near, members(only_south), new)
    assert given_up == ["jar-south"]
    assert teams(left) == {
        "jar-north": {"safeguarding": "bob"},
        "jar-south": {LEADER: "ann", "education": "dan"},
    }
    later = {**near, "jar-south": (27, 30)}
    assert freed(Units(problem), later, members(only_south), new)[1] == []


def test_somebody_who_gets_a_place_stays_in_it_whoever_else_comes() -> None:
    units, new = Units(crew()), TeamMember(activity="jar-north", skill="safeguarding", inspector="bob-far")
    rest = tuple(
        member
        for member in members(TEAMS)
        if (member.activity, member.skill) != ("jar-north", "safeguarding")
    )
    found = teams(refitted(units, STARTS, (*rest, new), ["jar-north"], keeping=new))
    assert found["jar-north"] == {**TEAMS["jar-north"], "safeguarding": "bob-far"}


def test_where_no_model_has_an_answer_those_who_are_free_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JointModel, "solve", lambda *_: None)
    later = {"jar-north": (30, 33), "jar-south": (20, 23)}
    assert teams(refitted(Units(crew()), later, members(TEAMS), ["jar-north"])) == TEAMS
    assert teams(refitted(Units(crew()), TOGETHER, members(TEAMS), ["jar-north"])) == {
        "jar-south": TEAMS["jar-south"]
    }
