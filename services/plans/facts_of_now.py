"""A plan looked at by the facts of now: what it costs and breaks since something has changed under it."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from config.findings import InvalidFile
from scheduler.cost import make_plan
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.value import Week
from services.errors import ServiceError
from services.option_words import option_named
from services.problem import build_problem


def problem_of_now(session: Session, option: str, as_of: date) -> Problem | None:
    """The problem that the facts give on a day; None if they make no sense."""
    try:
        return build_problem(session, option_named(option).for_problem, as_of)
    except (InvalidProblem, InvalidFile, ServiceError):
        return None


def by_facts_of_now(
    session: Session, problem: Problem, plan: Plan, option: str, as_of: date
) -> tuple[Problem, Plan] | None:
    """The problem that the facts give on a day, and a plan of an earlier one as a plan of that.

    What is over is left out, and so are people who have left and places that a team has no more. Certificates are
    those that the old prices still give.

    Returns
    -------
    None if the facts make no sense, or ask for dates that the plan does not have.
    """
    now = problem_of_now(session, option, as_of)
    if now is None:
        return None
    starts = dict(_starts(problem, plan, now))
    if len(starts) < len(now.activities):
        return None
    found = make_plan(now, starts, list(_members(plan, now)))
    # NumPy takes long to import: only a plan from older facts needs new certificates.
    from scheduler.dates.prepared import Prepared
    from scheduler.replanning.carried_proof import carried_over

    return now, found.model_copy(update={"certificates": carried_over(Prepared(now), plan.certificates)})


def _starts(problem: Problem, plan: Plan, now: Problem) -> Iterator[tuple[str, tuple[Week, ...]]]:
    """Start weeks by the weeks of now, of the activities whose stages are still the same and within the horizon."""
    weeks_later = (problem.first_monday - now.first_monday).days // 7
    stages = {activity.id: [stage.id for stage in activity.stages] for activity in problem.activities}
    known = plan.starts()
    for activity in now.activities:
        if stages.get(activity.id) != [stage.id for stage in activity.stages] or activity.id not in known:
            continue
        starts = tuple(week + weeks_later for week in known[activity.id])
        ends = (week + stage.duration_weeks for week, stage in zip(starts, activity.stages, strict=True))
        if min(starts) >= 0 and max(ends) <= now.num_weeks:
            yield activity.id, starts


def _members(plan: Plan, now: Problem) -> Iterator[TeamMember]:
    """The filled places that teams still have, of people who are still there."""
    people = {person.id for person in now.inspectors}
    left = {
        (activity.id, skill): count
        for activity in now.activities
        for skill, count in (activity.team.seats_by_skill() if activity.team is not None else {}).items()
    }
    for member in plan.members:
        place = (member.activity, member.skill)
        if member.inspector in people and left.get(place, 0):
            left[place] -= 1
            yield member
