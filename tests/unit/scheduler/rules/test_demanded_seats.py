"""Teams have the seats that are demanded, and no more (R055, R059)."""

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Place
from tests.builders import broken_rules, members, one_area, review, team
from tests.complete import complete, complete_plan
from tests.rule_cases.judges import APART, PAIR, Judge, people
from tests.rule_cases.plans import GOOD, plan_of_team, rules_of_team


def test_a_full_team_is_accepted():
    assert rules_of_team(GOOD) == set()


def test_an_uncovered_place_is_a_cost_and_no_violation():
    problem = one_area()
    short = plan_of_team(problem, {"leader": "ann", "safeguarding": "bob"})
    assert short.costs.uncovered_places == 1
    assert check(problem, short) == ()


def test_no_seat_is_filled_more_often_than_demanded_r055():
    problem = one_area()
    extra = (
        *plan_of_team(problem, GOOD).members,
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
    assert "too_many_members" in rules_of_team(GOOD | {"camhs": "cat"})


def test_an_activity_without_a_team_has_no_members():
    problem = complete()
    extra = complete_plan(problem, teams={"ca-north": {"education": "ann"}})
    assert "too_many_members" in broken_rules(problem, extra)


def test_seats_may_be_filled_by_able_people(judge: Judge) -> None:
    assert judge(people(), APART, PAIR)


def test_no_more_members_than_seats_r055(judge: Judge) -> None:
    crowd = members({"jar-north": {"education": "ann"}}) + members({"jar-north": {"education": "bob"}})
    assert not judge(people(), APART, crowd)
    wide = review("north", team=team("safeguarding", places=(Place(skill="education", count=2),)))
    assert judge(people(activities=(wide, review("south"))), APART, crowd)
