"""Who may have a seat and why not, against the independent check; and teams of enough bodies (R056)."""

from itertools import product
from random import Random

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.people.bodies import bodies_lent, breaks_bodies, people_of_enough_bodies
from scheduler.people.roster import Roster, WhyNot
from scheduler.people.staff import Staff
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Absence, JointPlace, PastReview, Period, Problem, Team
from scheduler.values.value import LEADER
from tests.adversary.plans import some_plan
from tests.adversary.problems import tiny
from tests.builders import changed, inspector, members, one_area, ref, review, span, team, two_areas
from tests.complete import complete, complete_plan
from tests.known import known

BROKEN_BY = {
    "no_skill": {"lacking_skill", "leader_unqualified"},
    "not_independent": {"conflict_of_interest", "rotation"},
    "not_trained": {"untrained"},
    "away": {"absent"},
    "same_team": {"two_seats"},
    "busy": {"two_reviews_in_a_week", "rest"},
    "at_maximum": {"too_many_reviews"},
    "drafting": {"drafting"},
}
"""The rules of the check that somebody would break who sits down in spite of a reason."""

OF_PERSONS = set().union(*BROKEN_BY.values())


def broken(problem: Problem, plan: Plan, team: list[TeamMember]) -> set[str]:
    """Names of the rules that a plan with other teams breaks."""
    return {found.rule for found in check(problem, make_plan(problem, plan.starts(), team))}


def disagreements(problem: Problem, plan: Plan) -> list[str]:
    """Where the roster and the check differ about somebody in the seat of another."""
    staff = Staff(problem)
    roster = Roster(staff, plan.starts(), plan.members)
    found = []
    for member in plan.members:
        seated = staff.reviews[member.activity]
        starts, weeks = plan.starts()[seated.id], staff.weeks(seated.id, plan.starts())
        roster.put(seated, starts, [member], sign=-1)
        may = roster.may_sit(seated, member.skill, weeks)
        others = [own for own in plan.members if own != member]
        for number, person in enumerate(problem.inspectors):
            rules = broken(problem, plan, [*others, member.model_copy(update={"inspector": person.id})])
            told = roster.why_not(number, seated, member.skill, weeks)
            if may[number] != (told is None) or may[number] != rules.isdisjoint(OF_PERSONS):
                found.append(f"{person.id} for {member}: {told}, but the check says {rules}")
            elif told is not None and not rules & BROKEN_BY[told.why]:
                found.append(f"{person.id} for {member}: {told} is not among {rules}")
        roster.put(seated, starts, [member])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_a_seat_is_refused_exactly_where_the_check_objects_and_for_a_rule_that_it_names(seed: int) -> None:
    problem = tiny(f"roster {seed}", suits=lambda own: bool(own.inspectors))
    plan = some_plan(problem, Random(seed))
    assert plan is None or disagreements(problem, plan) == []


def test_the_complete_example_agrees_with_the_check() -> None:
    assert disagreements(complete(), complete_plan()) == []


PERSON = inspector("ann", "Ofsted", "education", is_leader=True)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"is_leader": False}, WhyNot(why="no_skill")),
        ({"conflicts": ("north",)}, WhyNot(why="not_independent")),
        ({"trained_from": 12}, WhyNot(why="not_trained")),
        ({"absences": (Absence(span=span(12, 13)),)}, WhyNot(why="away", weeks=(12,))),
        ({"absences": (Absence(span=span(40, 41)),)}, None),
    ],
)
def test_what_a_person_may_not_do_is_told_with_its_weeks(
    changes: dict[str, object], expected: WhyNot | None
) -> None:
    problem = one_area(inspectors=(PERSON.model_copy(update=changes),))
    assert Roster(Staff(problem)).why_not(0, problem.activities[0], LEADER, (9, 12, 13)) == expected


def test_who_works_elsewhere_is_told_where_and_is_free_without_it() -> None:
    problem = two_areas(inspectors=(PERSON,))
    north, south = problem.activities
    starts = {"jar-north": (9, 12), "jar-south": (9, 12)}
    roster = Roster(Staff(problem), starts, members({"jar-south": {LEADER: "ann"}}))
    weeks = roster.staff.weeks("jar-north", starts)
    found = roster.why_not(0, north, LEADER, weeks)
    assert found == WhyNot(why="busy", activities=("jar-south",))
    assert roster.kept_by_others(north, LEADER, weeks).tolist() == [True]
    with roster.without(["jar-south"]):
        assert roster.may_sit(north, LEADER, weeks).tolist() == [True]
        assert roster.kept_by_others(north, LEADER, weeks).tolist() == [False]
    roster.put(south, starts["jar-south"], members({"jar-south": {LEADER: "ann"}}), sign=-1)
    assert roster.why_not(0, north, LEADER, weeks) is None


def test_nobody_takes_a_review_whose_rest_runs_into_a_past_one_r028() -> None:
    past = PastReview(id="old", area="north", team_weeks=(6,), members=("ann",))
    problem = one_area(inspectors=(PERSON.model_copy(update={"rest_weeks": 2}),), past_reviews=(past,))
    roster = Roster(Staff(problem))
    found = roster.why_not(0, problem.activities[0], LEADER, (3, 4))
    assert found == WhyNot(why="busy", activities=("old",))
    assert roster.why_not(0, problem.activities[0], LEADER, (2, 3)) is None


def test_a_reached_maximum_is_told_with_its_period_and_counts_past_reviews() -> None:
    past = PastReview(id="old", area="north", team_weeks=(1,), members=("ann",))
    period = Period(id="FY", kind="financial_year", span=span(0, 30))
    person = PERSON.model_copy(update={"max_reviews": {"financial_year": 1}})
    problem = one_area(inspectors=(person,), periods=(period,), past_reviews=(past,))
    roster = Roster(Staff(problem))
    found = roster.why_not(0, problem.activities[0], LEADER, (10, 11))
    assert found == WhyNot(why="at_maximum", period="FY")
    assert roster.begins_left(0, 10) == {0: 0}
    assert roster.why_not(0, problem.activities[0], LEADER, (30, 31)) is None


def test_a_leader_who_drafts_as_many_reports_as_allowed_leads_no_other_then_r052() -> None:
    asks = team("education", drafting_weeks=3)
    problem = two_areas(
        inspectors=(PERSON,),
        activities=(review("north", team=asks), review("south", team=asks)),
        leader_drafts=1,
    )
    starts = {"jar-north": (9, 12), "jar-south": (9, 12)}
    roster = Roster(Staff(problem), starts, members({"jar-south": {LEADER: "ann"}}))
    north, last = problem.activities[0], roster.weeks["jar-south"][-1]
    assert roster.why_not(0, north, LEADER, (last + 2,)) == WhyNot(why="drafting")
    assert roster.why_not(0, north, "education", (last + 2,)) is None
    assert roster.why_not(0, north, LEADER, (last + 3,)) is None


def test_a_team_is_found_beside_the_others_or_not_at_all() -> None:
    problem = complete()
    roster = Roster(Staff(problem), complete_plan().starts(), complete_plan().members)
    north = roster.staff.reviews["jar-north"]
    assert roster.team(north, (8, 11)) is None  # cat is the only one for camhs and has that seat already
    with roster.without(["jar-north"]):
        found = known(roster.team(north, (8, 11)))
        assert {own.skill for own in found} == {LEADER, "safeguarding", "camhs"}
    alone = changed(problem, "inspectors", "cat", skills=())
    assert Roster(Staff(alone)).team(north, (8, 11)) is None


BODIES = ("A", "A", "B", "B", "C")


def asked(least: int, **changes: object) -> Team:
    return team("education", "camhs", min_bodies=least, **changes)


def test_open_seats_and_joint_places_may_bring_a_body_r056() -> None:
    assert breaks_bodies(asked(2), {"A"})
    assert not breaks_bodies(asked(2), {"A", "B"})
    assert not breaks_bodies(asked(2), {"A"}, open_seats=1)
    lent = asked(2, joint=(JointPlace(skill="yot", count=1, body="C", beside=ref("yot-north")),))
    assert bodies_lent(lent) == {"C"}
    assert not breaks_bodies(lent, {"A"})
    assert not breaks_bodies(None, set())


@pytest.mark.parametrize("seed", range(60))
def test_people_of_enough_bodies_are_found_exactly_where_there_are_some(seed: int) -> None:
    draw = Random(seed)
    wanted = [draw.sample(range(5), draw.randint(1, 4)) for _ in range(3)]
    least, open_seats = draw.randint(1, 3), draw.choice([0, 0, 1])
    teams = [own for own in product(*wanted) if len(set(own)) == 3]
    good = [own for own in teams if not breaks_bodies(asked(least), {BODIES[p] for p in own}, open_seats)]
    found = people_of_enough_bodies(asked(least), wanted, BODIES, open_seats)
    assert (found is None) == (not good)
    assert found is None or tuple(found) in good


def test_a_team_may_be_exchanged_as_a_whole_to_come_from_enough_bodies() -> None:
    """A single exchange would not do: whoever brings the other body has to change seats with another."""
    wanted = [[0, 2], [0], [1, 2]]
    assert people_of_enough_bodies(asked(2), wanted, BODIES) == [2, 0, 1]
    assert people_of_enough_bodies(asked(3), wanted, BODIES) is None
