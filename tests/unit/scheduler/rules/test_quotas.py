"""From some bodies a team has so many members at least and at most (R144)."""

from datetime import date
from itertools import product
from random import Random

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.counting.pre_check import precheck
from scheduler.explaining.impossibility import why_infeasible
from scheduler.explaining.remedies import remedied
from scheduler.people.bodies import breaks_bodies, people_of_enough_bodies
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Absence, BodyQuota, JointPlace, Problem, Team
from scheduler.values.result import SolveParams, Status
from scheduler.values.row_facts import RowName
from scheduler.values.violations import Violation
from scheduler.verifying.verifier import verify
from tests.builders import assessment, inspector, members, ref, review, span, team
from tests.known import known
from tests.rule_cases.judges import APART, Judge, people

QUICK = SolveParams(dates_seconds=5.0, teams_seconds=5.0, num_workers=1)

NAMES = ("ann", "bob", "cat", "dan")
SKILLS = ("leader", "safeguarding", "education", "health")

THREE_AND_ONE = (BodyQuota(body="Ofsted", minimum=3), BodyQuota(body="CQC", minimum=1))
"""The team of a safeguarding and looked-after inspection of 2009 (R144)."""


def of_four(bodies: str, quotas: tuple[BodyQuota, ...] = THREE_AND_ONE, **changes: object) -> Problem:
    """One review with a seat for each of four people, of bodies given by their initials."""
    full = {"O": "Ofsted", "C": "CQC", "H": "HMIC"}
    staff = tuple(
        inspector(name, full[body], skill, is_leader=skill == "leader")
        for name, skill, body in zip(NAMES, ("leader", *SKILLS[1:]), bodies, strict=True)
    )
    staff = tuple(
        person.model_copy(update={"skills": () if person.is_leader else person.skills}) for person in staff
    )
    wanted = team(
        *SKILLS[1:], **{"min_members": 4, "max_members": 4, "min_bodies": 1, "quotas": quotas} | changes
    )
    spare = tuple(inspector(f"spare-{body}", full[body], "none") for body in "OC")
    return people(
        inspectors=(*staff, *spare), activities=(review("north", team=wanted), review("south", team=None))
    )


def seated(*skills: str) -> tuple[TeamMember, ...]:
    names = dict(zip(SKILLS, NAMES, strict=True))
    return members({"jar-north": {skill: names[skill] for skill in skills}})


def quota_faults(problem: Problem, *skills: str) -> list[Violation]:
    plan = make_plan(problem, APART, seated(*skills))
    return [found for found in check(problem, plan) if "quota" in found.rule]


def rules(problem: Problem, *skills: str) -> set[str]:
    return {found.rule for found in quota_faults(problem, *skills)}


@pytest.mark.parametrize(
    ("bodies", "accepted"), [("OOOC", True), ("OOOO", False), ("OOCC", False)], ids=["3+1", "4+0", "2+2"]
)
def test_a_team_has_three_of_ofsted_and_one_of_the_care_quality_commission_r144(
    judge: Judge, bodies: str, accepted: bool
) -> None:
    problem = of_four(bodies)
    assert judge(problem, APART, seated(*SKILLS)) is accepted
    assert (rules(problem, *SKILLS) == set()) is accepted


def test_what_is_missing_is_named_r144() -> None:
    problem = of_four("OOOO")
    found = quota_faults(problem, *SKILLS)
    assert [(v.rule, v.requirement, v.message) for v in found] == [
        ("quota_minimum", "R144", "needs 1 from CQC, not 0.")
    ]


def test_an_uncovered_seat_may_still_bring_one_who_is_missing_but_not_two_r144(judge: Judge) -> None:
    """Three of Ofsted and one of CQC: an open seat makes up for one who is missing, two open seats for two."""
    short = of_four("OOCH")
    assert judge(short, APART, seated("leader", "safeguarding", "education"))
    assert not judge(short, APART, seated("leader", "safeguarding", "education", "health"))
    other = of_four("OHHH")
    assert not judge(other, APART, seated("leader", "safeguarding"))
    assert rules(other, "leader", "safeguarding") == {"quota_minimum"}
    assert rules(short, "leader", "safeguarding", "education") == set()


@pytest.mark.parametrize(("most", "accepted"), [(1, False), (2, True)])
def test_a_body_brings_no_more_than_its_maximum_r144(judge: Judge, most: int, accepted: bool) -> None:
    problem = of_four("OOCC", (BodyQuota(body="CQC", maximum=most),))
    assert judge(problem, APART, seated(*SKILLS)) is accepted
    assert (rules(problem, *SKILLS) == set()) is accepted


@pytest.mark.parametrize(
    ("least", "most", "broken"), [(2, 2, set()), (3, None, {"quota_minimum"}), (0, 1, {"quota_maximum"})]
)
def test_the_staff_of_a_joint_place_count_for_their_body_r035_r144(
    least: int, most: int | None, broken: set[str]
) -> None:
    """Ann alone is of Ofsted; the seat for management is filled by staff of Ofsted."""
    place = JointPlace(skill="management", beside=ref("ca-north"), body="Ofsted")
    quota = BodyQuota(body="Ofsted", minimum=least, maximum=most)
    problem = of_four("OCCC", (quota,), joint=(place,), max_members=5)
    problem = problem.model_copy(update={"activities": (*problem.activities, assessment("north"))})
    plan = make_plan(problem, APART | {"ca-north": (3,)}, seated(*SKILLS))
    assert {found.rule for found in check(problem, plan) if "quota" in found.rule} == broken


def test_a_quota_that_no_team_can_keep_is_no_sound_problem_r144() -> None:
    def findings(*quotas: BodyQuota) -> list[str]:
        return [found.message for found in validate(of_four("OOOC", quotas))]

    assert findings(*THREE_AND_ONE) == []
    assert findings(BodyQuota(body="Ofsted", minimum=3), BodyQuota(body="CQC", minimum=2)) == [
        "has 4 seats for inspectors, but its quotas ask for 5 members (R144)."
    ]
    assert findings(BodyQuota(body="CQQ", minimum=1)) == [
        "asks for 1 members, but no inspector comes from CQQ (R144)."
    ]
    assert findings(BodyQuota(body="CQC", minimum=2, maximum=1)) == [
        "asks for at least 2, but at most 1 members (R144)."
    ]
    assert findings(BodyQuota(body="CQC"), BodyQuota(body="CQC", minimum=1)) == [
        "has 2 quotas for CQC (R144)."
    ]


def test_that_a_body_has_too_few_people_is_a_shortage_with_numbers_r144() -> None:
    problem = of_four("OOHC")
    found = [shortage for shortage in precheck(problem) if shortage.kind == "holders"]
    assert [(s.rows, s.activities, s.demand, s.capacity) for s in found] == [
        ((RowName(kind="people", body="Ofsted"),), ("jar-north",), 3, 2)
    ]


def test_why_there_is_no_covered_plan_names_the_body_and_what_would_help_r144() -> None:
    """Two of Ofsted with a seat that they could fill, where three are asked for."""
    conflict = why_infeasible(of_four("OOHC"), seconds=30.0)
    assert conflict.kind == "impossible"
    assert ("quota", "Ofsted") in {fact.key for fact in conflict.facts}
    eased = next(remedy for remedy in conflict.remedies if remedy.kind == "ease_quota")
    assert (eased.target, eased.by, eased.mends) == ("Ofsted", 1, True)
    mended = remedied(of_four("OOHC"), [eased])
    assert known(mended.activities[0].team).quotas[0] == BodyQuota(body="Ofsted", minimum=2)


BODIES = ("A", "A", "B", "B", "C")


@pytest.mark.parametrize("seed", range(120))
def test_people_of_the_right_bodies_are_found_exactly_where_there_are_some_r144(seed: int) -> None:
    draw = Random(seed)
    wanted = [draw.sample(range(5), draw.randint(1, 4)) for _ in range(3)]
    quotas = tuple(
        BodyQuota(body=body, minimum=draw.randint(0, 2), maximum=draw.choice([None, 1, 2]))
        for body in draw.sample("ABC", 2)
    )
    asked = Team(places=(), min_bodies=draw.randint(1, 3), max_members=9, quotas=quotas)
    open_seats = draw.choice([0, 0, 1])
    teams = [people for people in product(*wanted) if len(set(people)) == 3]
    good = [people for people in teams if not breaks_bodies(asked, [BODIES[p] for p in people], open_seats)]
    found = people_of_enough_bodies(asked, wanted, BODIES, open_seats)
    assert (found is None) == (not good)
    assert found is None or tuple(found) in good


def visited_by_one(least: int) -> Problem:
    """Two reviews, each with so many of CQC, of whom there is one, who is away in the first weeks."""
    quota = (BodyQuota(body="CQC", minimum=least),)
    wanted = team("safeguarding", min_members=2, min_bodies=1, quotas=quota)
    staff = (
        *(inspector(f"o{number}", "Ofsted", "safeguarding", is_leader=True) for number in range(4)),
        inspector("cat", "CQC", "safeguarding", absences=(Absence(span=span(0, 4)),)),
    )
    return people(
        inspectors=staff,
        first_monday=date(2009, 9, 7),
        activities=(review("north", team=wanted), review("south", team=wanted)),
    )


def test_dates_wait_for_the_people_of_a_body_and_that_is_proven_r144() -> None:
    """Four weeks are lost until cat is back, and cat can't be in both teams at once."""
    problem = visited_by_one(1)
    result = solve(problem, QUICK)
    plan = known(result.plan)
    assert result.status is Status.OPTIMAL
    assert plan.costs.uncovered_places == 0
    assert sorted(starts[0] for starts in plan.starts().values())[0] >= 4
    teams = {member.activity for member in plan.members if member.inspector == "cat"}
    assert teams == {"jar-north", "jar-south"}
    verdict = verify(problem, plan, plan.certificates)
    assert verdict.is_accepted, verdict.refusals
    free = known(solve(visited_by_one(0), QUICK).plan)
    assert free.costs.date_cost < plan.costs.date_cost
