"""A stored plan as it stands today: what of it has begun, has had its notice, or is past (R019, R043)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import Programme
from scheduler.cost import make_plan
from scheduler.events import Settled, held
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.days.weeks import week_of
from services.problem.settled_dates import settled
from services.problem.standing import Standing, standings


@dataclass(frozen=True)
class Present:
    """The problem in which what has begun stays, its plan, and how far each activity has come."""

    problem: Problem
    plan: Plan
    standing: dict[str, Standing]


def as_it_stands(
    session: Session, problem: Problem, plan: Plan, as_of: date, named: Collection[str] = ()
) -> Present:
    """What may still be elsewhere on a day; a programme that is over is looked at as on its day of planning.

    Parameters
    ----------
    named
        Codes of activities that the planner lets move though their notice is given.
    """
    programme = session.get(Programme, 1)
    day = programme.planned_on if programme is not None and as_of > programme.last_start_on else as_of
    codes = {activity.id for activity in problem.activities}
    known = {code: found for code, found in standings(session).items() if code in codes}
    now_week = max(0, week_of(problem.first_monday, day))
    is_before = day < problem.first_monday
    what: Settled = settled(known, problem.first_monday if is_before else day, named)
    today = held(problem, plan, now_week, what)
    return Present(today, make_plan(today, plan.starts(), plan.members), known)
