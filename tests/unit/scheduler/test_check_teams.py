"""Rules for the team of one activity; every refusal has its acceptance."""

import pytest

from scheduler.check import check
from scheduler.cost import make_plan
from scheduler.plan import TeamMember
from scheduler.problem import Place
from tests.builders import (
    broken_rules,
    changed,
    complete,
    complete_plan,
    inspector,
    members,
    one_area,
    review,
    team,
)

GOOD = {"leader": "ann", "safeguarding": "bob", "education": "dan"}


def plan(problem, seats):
    return make_plan(problem, {"jar-north": (20, 23)}, members({"jar-north": seats}))


def rules(seats, problem=None):
    problem = problem or one_area()
    return broken_rules(problem, plan(problem, seats))


def test_a_full_team_is_accepted():
    assert rules(GOOD) == set()


def test_everybody_has_the_skill_of_the_seat_r059():
    assert rules(GOOD | {"safeguarding": "cat"}) == {"lacking_skill"}
    assert rules(GOOD | {"safeguarding": "eve"}) == set()


def test_a_missing_leader_is_named_r057():
    """The seat is named even where the plan owns up to it as an uncovered place."""
    problem = complete()
    seats = {"safeguarding": "bob", "camhs": "cat"}
    found = check(problem, complete_plan(problem, teams={"jar-north": seats}))
    assert [(v.rule, v.place, v.requirement) for v in found] == [
        ("leader_missing", "jar-north (North)", "R057")
    ]


def test_any_body_may_lead_but_only_a_qualified_leader_r057():
    assert rules(GOOD | {"leader": "eve"}) == {"leader_unqualified"}
    assert rules({"leader": "dan", "safeguarding": "bob", "education": "ann"}) == set()


def test_a_team_without_a_leaders_seat_needs_none():
    problem = one_area(
        activities=(
            review("north", team=team("safeguarding", "education", needs_leader=False, min_members=2)),
        )
    )
    assert rules({"safeguarding": "bob", "education": "dan"}, problem) == set()
    assert rules(GOOD, problem) == {"too_many_members"}


def test_an_uncovered_place_is_a_cost_and_no_violation():
    problem = one_area()
    short = plan(problem, {"leader": "ann", "safeguarding": "bob"})
    assert short.costs.uncovered_places == 1
    assert check(problem, short) == ()


def test_no_seat_is_filled_more_often_than_demanded_r055():
    problem = one_area()
    extra = (
        *plan(problem, GOOD).members,
        TeamMember(activity="jar-north", skill="education", inspector="eve"),
    )
    crowded = make_plan(problem, {"jar-north": (20, 23)}, extra)
    assert broken_rules(problem, crowded) == {"too_many_members", "lacking_skill"}


def test_a_place_for_two_takes_two_people():
    two = team("education", places=(Place(skill="safeguarding", count=2),))
    problem = one_area(activities=(review("north", team=two),))
    seats = (("leader", "ann"), ("safeguarding", "bob"), ("safeguarding", "eve"))
    both = [TeamMember(activity="jar-north", skill=skill, inspector=name) for skill, name in seats]
    full = make_plan(problem, {"jar-north": (20, 23)}, both)
    assert check(problem, full) == ()
    assert full.costs.uncovered_places == 0


def test_a_skill_that_is_not_demanded_has_no_seat():
    assert "too_many_members" in rules(GOOD | {"camhs": "cat"})


def test_one_person_fills_one_seat_r059():
    assert rules({"leader": "dan", "safeguarding": "dan", "education": "ann"}) == {"two_seats"}


def test_an_activity_without_a_team_has_no_members():
    problem = complete()
    extra = complete_plan(problem, teams={"ca-north": {"education": "ann"}})
    assert "too_many_members" in broken_rules(problem, extra)


def test_a_team_comes_from_two_bodies_r056():
    problem = changed(one_area(), "inspectors", "bob", body="Ofsted")
    problem = changed(problem, "inspectors", "dan", body="Ofsted")
    found = check(problem, plan(problem, GOOD))
    assert [(v.rule, v.requirement) for v in found] == [("too_few_bodies", "R002, R056")]
    assert "from Ofsted only" in found[0].message
    assert rules(GOOD | {"safeguarding": "eve"}, problem) == set()


@pytest.mark.parametrize(("min_bodies", "broken"), [(1, set()), (3, set()), (4, {"too_few_bodies"})])
def test_the_number_of_bodies_is_a_rule_of_the_team_r056(min_bodies, broken):
    people = (*one_area().inspectors, inspector("fay", "ALI", "further_education"))
    larger = team("safeguarding", "education", "looked_after", min_bodies=min_bodies)
    problem = one_area(activities=(review("north", team=larger),), inspectors=people)
    same = changed(problem, "inspectors", "cat", body="CSCI")
    assert rules(GOOD | {"looked_after": "cat"}, same) == broken


def test_an_uncovered_seat_may_still_bring_another_body_r056():
    problem = changed(one_area(), "inspectors", "bob", body="Ofsted")
    assert rules({"leader": "ann", "safeguarding": "bob"}, problem) == set()
