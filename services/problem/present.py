"""A stored plan as it stands today: what of it has begun, has had its notice, is confirmed or past (R016, R019)."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session, col, select

from config.policy import load_policy
from models import Activity, Programme
from scheduler.cost import make_plan
from scheduler.events import Settled, held, with_kept_dates, with_kept_limits
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity as PlannedActivity
from scheduler.values.problem import Problem
from scheduler.values.value import Week, WeekSpan
from services.days.weeks import week_of
from services.problem.facts import read_facts
from services.problem.notice import first_with_notice
from services.problem.published_dates import is_firm
from services.problem.settled_dates import settled
from services.problem.standing import Standing, standings


@dataclass(frozen=True)
class Present:
    """The problem in which what has begun stays, its plan, and how far each activity has come.

    `firm` has the precision of activities with confirmed dates; nothing begins before week `first_open` any more.
    """

    problem: Problem
    plan: Plan
    standing: dict[str, Standing]
    firm: dict[str, str] = field(default_factory=dict)
    first_open: Week = 0


def as_given(problem: Problem, plan: Plan) -> Present:
    """A plan of which no day is known: nothing of it has begun. Dates that break rules may stay (R094)."""
    return _keeping(Present(problem, plan, {}))


def _keeping(present: Present) -> Present:
    """The same where rules give way to the plan's dates, and limits are as wide as the plan needs them."""
    plan = present.plan
    problem = with_kept_limits(with_kept_dates(present.problem, plan), plan)
    return replace(present, problem=problem, plan=make_plan(problem, plan.starts(), plan.members))


def as_it_stands(
    session: Session, problem: Problem, plan: Plan, as_of: date, named: Collection[str] = ()
) -> Present:
    """What may still be elsewhere on a day; a programme that is over is looked at as on its day of planning.

    Dates of the plan that break rules may stay: each was kept by somebody, or has a waiver (R094).

    Parameters
    ----------
    named
        Codes of activities that the planner lets move though their notice is given, or their dates are confirmed.
    """
    programme = session.get(Programme, 1)
    day = programme.planned_on if programme is not None and as_of > programme.last_start_on else as_of
    codes = {activity.id for activity in problem.activities}
    known = {code: found for code, found in standings(session).items() if code in codes}
    now_week = max(0, week_of(problem.first_monday, day))
    is_before = day < problem.first_monday
    what: Settled = settled(known, problem.first_monday if is_before else day, named)
    firm = {code: found for code, found in _firm(session).items() if code in codes - {*what.named}}
    first_open = what.first_open(now_week)
    today = held(with_notice_from(session, problem, plan, as_of), plan, now_week, what, firm)
    return _keeping(Present(today, plan, known, firm, first_open))


def _firm(session: Session) -> dict[str, str]:
    """The precision of dates that are confirmed, by activity (R016, R017)."""
    programme = session.get(Programme, 1)
    policy = load_policy(programme.policy if programme is not None else "default")
    query = select(Activity.code, Activity.precision).where(
        Activity.state != "cancelled", col(Activity.plan_version).is_not(None)
    )
    found = session.exec(query).all()
    return {code: precision for code, precision in found if precision and is_firm(precision, policy)}


def with_notice_from(
    session: Session, problem: Problem, plan: Plan, as_of: date, but_area: str | None = None
) -> Problem:
    """A stored problem in which nothing moves into weeks that leave no notice from a day on (R094).

    What a plan has earlier may stay there; where no week of a window leaves the notice, all of them are left.

    Parameters
    ----------
    but_area
        An area in which something is asked for at short notice: it takes along what hangs on it.
    """
    facts = read_facts(session, as_of)
    rows = {row.code: row for row in facts.activities}
    starts = plan.starts()

    def told_in_time(activity: PlannedActivity) -> PlannedActivity:
        row = rows.get(activity.id)
        is_held = activity.pinned_starts is not None or activity.area == but_area
        if row is None or activity.id not in starts or is_held:
            return activity
        framework, holidays = facts.followed[row.code], facts.holidays_of(row.area_code)
        window = activity.start_window
        weeks = range(window.first, window.end)
        first = first_with_notice(framework, problem.first_monday, weeks, facts.today, holidays)
        if first is None:
            return activity
        left = WeekSpan(first=max(window.first, min(first, starts[activity.id][0])), end=window.end)
        return activity.model_copy(update={"start_window": left})

    return problem.with_activities(told_in_time)
