"""People for a place against trying everybody, with the check as judge, and their weeks against the plan itself."""

import pytest

from scheduler import Plan, Problem, SolveParams
from scheduler.candidates.free_weeks import UnknownPerson, person_weeks
from scheduler.candidates.places import UnknownPlace, place_candidates
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import PlaceCandidates
from scheduler.cost import make_plan
from scheduler.people.work_weeks import team_weeks
from scheduler.teams.assignment import assign_teams
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Absence, BodyQuota, PastReview, Seated
from tests.builders import area, inspector, members, one_area, review, span, team
from tests.changed_plans import new_faults, with_teams
from tests.known import known
from tests.tiny_teams import tiny_teams


def planned(seed: int) -> tuple[Problem, Plan]:
    problem, starts = tiny_teams(seed)
    teams = assign_teams(problem, starts, SolveParams(teams_seconds=5)).members
    return problem, make_plan(problem, starts, teams)


def with_person(problem: Problem, plan: Plan, answer: PlaceCandidates, name: str) -> Plan:
    """The plan with somebody in the place, whoever leaves gone."""
    staying = [
        member
        for member in plan.members
        if member.activity == answer.activity
        and (member.skill, member.inspector) != (answer.skill, answer.leaving)
    ]
    newcomer = TeamMember(activity=answer.activity, skill=answer.skill, inspector=name)
    dates = {answer.activity: plan.starts()[answer.activity]}
    return with_teams(problem, plan, dates, [*staying, newcomer])


@pytest.mark.parametrize("seed", range(25))
def test_who_may_have_a_place_breaks_no_rule_in_it_and_costs_what_is_said(seed: int) -> None:
    problem, plan = planned(seed)
    state = PlanState(problem, plan)
    for activity in problem.activities:
        for skill in activity.team.seats_by_skill() if activity.team is not None else ():
            answer = place_candidates(state, activity.id, skill)
            assert {own.inspector for own in answer.people} == {own.id for own in problem.inspectors}
            for own in answer.people:
                after = with_person(problem, plan, answer, own.inspector)
                faults = new_faults(problem, plan, after)
                assert (own.rise is None) == bool(faults), (activity.id, skill, own, faults)
                assert (own.rise is None) == (own.why_not is not None or own.lacks_bodies)
                if own.rise is not None:
                    assert after.costs.team_cost - plan.costs.team_cost == own.rise


def one_review(**changes: object) -> tuple[Problem, Plan]:
    """A review with a leader and two places, three people in them and some more."""
    problem = one_area(
        num_weeks=40,
        areas=(area("North"),),
        activities=(review("north", team=team("safeguarding", "education", **changes)),),
        inspectors=(
            inspector("ann", "Ofsted", is_leader=True),
            inspector("bob", "CSCI", "safeguarding"),
            inspector("cat", "CSCI", "education"),
            inspector("dan", "Ofsted", "safeguarding", trained_from=39),
            inspector("eve", "Ofsted", "safeguarding", absences=(Absence(span=span(0, 20)),)),
            inspector("fay", "CSCI", "safeguarding", conflicts=("north",)),
            inspector("gus", "HMIC", "education"),
            inspector("hal", "CSCI", "safeguarding"),
        ),
    )
    seated = members({"jar-north": {"leader": "ann", "safeguarding": "bob", "education": "cat"}})
    return problem, make_plan(problem, {"jar-north": (8, 11)}, seated)


def why(answer: PlaceCandidates) -> dict[str, str]:
    return {
        own.inspector: "bodies" if own.lacks_bodies else "" if own.why_not is None else own.why_not.why
        for own in answer.people
    }


def test_everybody_who_cannot_have_a_place_is_told_why() -> None:
    problem, plan = one_review()
    answer = place_candidates(PlanState(problem, plan), "jar-north", "safeguarding")
    assert answer.leaving == "bob"
    assert why(answer) == {
        "ann": "no_skill",
        "bob": "",
        "cat": "no_skill",
        "dan": "not_trained",
        "eve": "away",
        "fay": "not_independent",
        "gus": "no_skill",
        "hal": "",
    }
    assert [own.inspector for own in answer.people if own.is_present] == ["bob"]
    away = next(own for own in answer.people if own.inspector == "eve")
    assert known(away.why_not).weeks == answer.weeks


def test_bodies_that_a_team_would_lack_keep_somebody_out() -> None:
    """R144: one member at least must come from HMIC."""
    problem, plan = one_review(quotas=(BodyQuota(body="HMIC", minimum=1),))
    found = why(place_candidates(PlanState(problem, plan), "jar-north", "education"))
    assert (found["cat"], found["gus"]) == ("bodies", "")


def test_a_place_that_is_kept_for_somebody_is_nobody_elses() -> None:
    """R043: pinned to a place."""
    problem, plan = one_review(reserved=(Seated(skill="safeguarding", inspector="bob"),))
    found = why(place_candidates(PlanState(problem, plan), "jar-north", "safeguarding"))
    assert (found["bob"], found["hal"]) == ("", "kept")


def test_a_place_that_the_team_does_not_have_is_told_with_those_it_has() -> None:
    problem, plan = one_review()
    with pytest.raises(UnknownPlace) as told:
        place_candidates(PlanState(problem, plan), "jar-north", "camhs")
    assert told.value.places == ("safeguarding", "education", "leader")
    with pytest.raises(UnknownPlace):
        place_candidates(PlanState(problem, plan), "jar-north", "safeguarding", leaving="hal")


@pytest.mark.parametrize("seed", range(15))
def test_a_week_is_free_if_nothing_takes_it(seed: int) -> None:
    """Recounted from the plan: not trained, away, at work, resting, past work."""
    problem, plan = planned(seed)
    state, starts = PlanState(problem, plan), plan.starts()
    of = {activity.id: activity for activity in problem.activities}
    for person in problem.inspectors:
        taken = set()
        for member in plan.members:
            if member.inspector == person.id:
                weeks = team_weeks(of[member.activity], starts[member.activity])
                taken |= {*weeks, *range(weeks[-1] + 1, weeks[-1] + 1 + person.rest_weeks)}
        for past in problem.past_reviews:
            if person.id in (*past.members, past.leader):
                last = past.team_weeks[-1] + 1
                taken |= {*past.team_weeks, *range(last, last + person.rest_weeks)}
        away = {
            week
            for absence in person.absences
            if absence.percent_available < problem.min_percent
            for week in absence.span.weeks()
        }
        free = [
            week
            for week in range(problem.num_weeks)
            if week >= person.trained_from
            and week not in taken | away
            and person.percent >= problem.min_percent
        ]
        answer = person_weeks(state, person.id)
        assert list(answer.free_weeks) == free
        assert [week for part in answer.spans for week in part.span.weeks()] == list(range(problem.num_weeks))


def test_the_weeks_of_a_person_say_what_takes_them() -> None:
    problem, plan = one_review()
    past = PastReview(id="old", area="north", team_weeks=(0, 1), members=("bob",))
    people = tuple(
        own.model_copy(update={"rest_weeks": 2, "trained_from": 0, "max_reviews": {"year": 3}})
        for own in problem.inspectors
    )
    problem = problem.model_copy(update={"past_reviews": (past,), "inspectors": people})
    answer = person_weeks(PlanState(problem, plan), "bob", 1)
    told = [(own.span.first, own.span.end, own.state, own.activities) for own in answer.spans]
    end = team_weeks(problem.activities[0], (8, 11))[-1] + 1
    assert told == [
        (1, 4, "past", ("old",)),
        (4, 8, "free", ()),
        (8, 9, "works", ("jar-north",)),
        (9, 11, "free", ()),
        (11, end, "works", ("jar-north",)),
        (end, end + 2, "rests", ("jar-north",)),
        (end + 2, 40, "free", ()),
    ]


def test_an_unknown_person_is_told() -> None:
    problem, plan = one_review()
    with pytest.raises(UnknownPerson, match="zoe"):
        person_weeks(PlanState(problem, plan), "zoe")
