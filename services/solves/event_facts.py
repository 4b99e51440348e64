"""An event written into the tables, so that the next solve knows of it as the replanned draft does."""

from typing import Any

from sqlmodel import Session, select

from models import Absence, Activity, Closure, Conflict, SchoolHoliday
from scheduler.events import (
    AddedReview,
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Week, WeekSpan
from services.days.weeks import week_monday
from services.doors import ADD_EVENT
from services.errors import NotFound, Refused
from services.problem.closure_calendars import CLOSED, area_calendar, school_calendar

REASON = "event"
"""What closures and holidays that an event brings say as their reason, if it has none."""


def record_event(
    session: Session, problem: Problem, plan: Plan, after: Problem, event: Event, now_week: Week
) -> None:
    """Write an event's facts, in the transaction that stores the draft made for it.

    Parameters
    ----------
    problem, plan
        Those before the event.
    after
        The problem after it.

    Raises
    ------
    Refused
        If the tables cannot hold it: closed weeks for some stages only, or in a computed calendar.
    """
    match event:
        case InspectorAbsence():
            session.add_all(
                _absence(problem, event.inspector, span, percent) for span, percent in event.shares()
            )
        case Resignation():
            weeks = WeekSpan(first=event.from_week, end=problem.num_weeks)
            session.add(_absence(problem, event.inspector, weeks))
        case NewConflict():
            _conflict(session, event)
        case AddedReview():
            _require_recorded(session, event)
        case Postponement():
            row = _activity(session, event.activity)
            first_on = week_monday(problem.first_monday, event.not_before)
            row.window_start_on = max(first_on, row.window_start_on or first_on)
            row.pinned_on = None
        case CriticalIncident():
            _incident(session, problem, after, event, now_week)
        case ClosedWeeks():
            _closed(session, problem, event)
        case LateFinish():
            _late_finish(session, problem, plan, after, event)
    session.flush()


def _absence(problem: Problem, inspector: str, weeks: WeekSpan, percent: int = 0) -> Absence:
    return Absence(
        inspector_code=inspector,
        start_on=week_monday(problem.first_monday, weeks.first),
        end_on=week_monday(problem.first_monday, weeks.end),
        percent_available=percent,
    )


def _activity(session: Session, code: str) -> Activity:
    row = session.exec(select(Activity).where(Activity.code == code)).one_or_none()
    if row is None:
        raise NotFound(f"activity {code}", "it is not known here.", "Use a plan of this database.")
    return row


def _conflict(session: Session, event: NewConflict) -> None:
    """One row, also if the conflict was told before."""
    known = select(Conflict).where(
        Conflict.inspector_code == event.inspector,
        Conflict.area_code == event.area,
        Conflict.kind == "interest",
    )
    if session.exec(known).first() is None:
        session.add(Conflict(inspector_code=event.inspector, area_code=event.area))


def _incident(
    session: Session, problem: Problem, after: Problem, event: CriticalIncident, now_week: Week
) -> None:
    """The window within which the activity has to begin; a new activity is asked for by somebody (R003)."""
    end = min(problem.num_weeks, now_week + event.within_weeks + 1)
    window: dict[str, Any] = {
        "window_start_on": week_monday(problem.first_monday, now_week),
        "window_end_on": week_monday(problem.first_monday, end),
    }
    if event.activity is not None:
        row = _activity(session, event.activity)
        row.pinned_on = None
        for name, value in window.items():
            setattr(row, name, value)
        return
    like, known = _activity(session, event.like or ""), {activity.id for activity in problem.activities}
    made = next(activity for activity in after.activities if activity.id not in known)
    session.add(
        Activity(
            code=made.id,
            area_code=made.area,
            kind=made.kind,
            framework_id=like.framework_id,
            scope=like.scope,
            extent=like.extent,
            origin="request",
            **window,
        )
    )


def _require_recorded(session: Session, event: AddedReview) -> None:
    """The tables know a review of its own terms only from a recorded event."""
    if session.exec(select(Activity).where(Activity.code == event.review.id)).first() is None:
        advice = ADD_EVENT.advise("Replan by the number of the event; record it and decide about it first")
        raise Refused.because("review", f"there is no activity '{event.review.id}'.", advice, "R094")


def _closed(session: Session, problem: Problem, event: ClosedWeeks) -> None:
    if event.stages:
        advice = "Leave `stages` out, or replan files instead of the stored plan."
        raise Refused.because("stages", "closures in the database hold for all stages.", advice)
    start, end = (week_monday(problem.first_monday, week) for week in (event.weeks.first, event.weeks.end))
    name, schools = event.calendar or area_calendar(event.area or ""), school_calendar("")
    reason = event.reason or REASON
    if name.startswith(schools):
        session.add(
            SchoolHoliday(calendar=name.removeprefix(schools), name=reason, start_on=start, end_on=end)
        )
    elif name == CLOSED or name.startswith(area_calendar("")):
        area = None if name == CLOSED else name.removeprefix(area_calendar(""))
        session.add(Closure(area_code=area, start_on=start, end_on=end, reason=reason))
    else:
        advice = f"Close the area, or the calendar '{CLOSED}'."
        raise Refused.because("calendar", f"'{name}' is computed and cannot be changed.", advice)


def _late_finish(session: Session, problem: Problem, plan: Plan, after: Problem, event: LateFinish) -> None:
    """The tables know no actual length of a stage: its people are away from other work in the weeks added."""
    lengths = {activity.id: activity.stages for activity in after.activities}[event.activity]
    before = next(activity for activity in problem.activities if activity.id == event.activity)
    starts = plan.starts()[event.activity]
    for stage, longer, start in zip(before.stages, lengths, starts, strict=True):
        added = WeekSpan(first=start + stage.duration_weeks, end=start + longer.duration_weeks)
        if not added.weeks():
            continue
        for name in sorted(
            {member.inspector for member in plan.members if member.activity == event.activity}
        ):
            session.add(_absence(problem, name, added))
