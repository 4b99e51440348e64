"""A plan as calendar events: stable identities, a number that rises with every change, and no unannounced date."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from sqlmodel import Session, col, select

from models import PlanVersion, TeamPlace
from reports.ics import CalendarEvent, EventStatus, event_uid
from reports.words import capitalised
from scheduler.values.value import LEADER
from services.shown.export_tables import roles_in_words
from services.shown.shown_plan import PlanView, Selection, ShownActivity, read_plan
from services.shown.shown_steps import ShownStep, StepsOf

TEAM_ROLES = frozenset({"inspectors"})
LEADER_ROLES = TEAM_ROLES | {"team_leader"}


def calendar_events(session: Session, view: PlanView, who: str | None = None) -> list[CalendarEvent]:
    """The events of a plan: every stage, milestone and deadline of what is announced by now (R068).

    The calendar of a person holds the weeks of their teams and what they must do or are told as a member or as
    leader. What was called off, or what a person has left since it was published, stays as cancelled.

    Parameters
    ----------
    who
        Code of the inspector whose calendar it is; the view must be of the same selection.
    """
    steps_of = StepsOf(session)
    gone = [*view.cancelled, *(_left(session, view, who) if who else ())]
    return [
        event
        for is_off, activities in ((False, view.activities), (True, gone))
        for activity in activities
        if activity.is_announced
        for step in steps_of(activity)
        if who is None or _concerns(activity, step, who, is_off)
        for event in [_event(view, activity, step, is_off)]
    ]


def _left(session: Session, view: PlanView, who: str) -> Iterator[ShownActivity]:
    """Activities of the published plan in whose team this person was when an earlier one was published."""
    if not view.is_published:
        return
    query = (
        select(TeamPlace.activity_code)
        .join(PlanVersion, col(PlanVersion.version) == col(TeamPlace.plan_version))
        .where(col(TeamPlace.inspector_code) == who, PlanVersion.status == "superseded")
    )
    before = set(session.exec(query)) - {
        activity.row.code for activity in (*view.activities, *view.cancelled)
    }
    selection = Selection(areas=frozenset(view.areas))
    for activity in read_plan(session, view.number, selection, view.audience).activities if before else ():
        is_member = any(seat.person and seat.person.code == who for seat in activity.team)
        if activity.row.code in before and not is_member:
            yield activity


def _concerns(activity: ShownActivity, step: ShownStep, who: str, is_off: bool) -> bool:
    """Whether a step is a matter of this member of the team; all steps are of who has left it."""
    planned = {stage.id for stage in activity.framework.stages if stage.uses_team}
    leads = any(seat.skill == LEADER and seat.person and seat.person.code == who for seat in activity.team)
    roles = LEADER_ROLES if leads or is_off else TEAM_ROLES
    return step.step_id in planned or not roles.isdisjoint({*step.who, *step.told})


def _event(view: PlanView, activity: ShownActivity, step: ShownStep, is_off: bool) -> CalendarEvent:
    is_off = is_off or step.state == "superseded"
    on_site = {stage.id for stage in activity.framework.stages if stage.on_site}
    return CalendarEvent(
        uid=_uid(view, activity, step),
        name=f"{activity.area.name}: {_step_name(activity, step)}",
        start=step.start,
        end=step.end,
        # A calendar takes a cancellation only if its number is higher than that of what it cancels.
        sequence=activity.row.revision + is_off,
        status=_status(view, activity, is_off),
        description=_description(view, activity, step),
        location=activity.area.name if step.step_id in on_site else "",
        categories=(activity.framework.name,),
        changed_at=_changed_at(view, step),
    )


def _uid(view: PlanView, activity: ShownActivity, step: ShownStep) -> str:
    """Activity and step; of what is not published also the plan, or a draft would overwrite published events."""
    if activity.is_current:
        return event_uid(activity.row.code, step.step_id)
    return event_uid("plan", view.number, activity.row.code, step.step_id)


def _step_name(activity: ShownActivity, step: ShownStep) -> str:
    return f"{activity.row.kind.upper()} {activity.called(step.step_id, step.name).removeprefix('the ')}"


def _status(view: PlanView, activity: ShownActivity, is_off: bool) -> EventStatus:
    if is_off:
        return EventStatus.CANCELLED
    is_firm = activity.is_current and activity.row.precision in ("confirmed", "final")
    return EventStatus.CONFIRMED if is_firm else EventStatus.TENTATIVE


def _description(view: PlanView, activity: ShownActivity, step: ShownStep) -> str:
    kinds = {
        "stage": "",
        "milestone": "Meeting or event",
        "deadline": "Deadline" if step.is_hard else "Due date",
    }
    precision = activity.row.precision if activity.is_current else None
    lines = (
        f"{activity.framework.name}: {step.name}",
        kinds.get(step.kind, ""),
        f"Who: {roles_in_words(activity.framework, step.who)}",
        capitalised(step.rule),
        capitalised(step.notes),
        f"Dates are {precision}" if precision else f"From plan {view.number}, which is not published",
    )
    return "\n".join(filter(None, lines))


def _changed_at(view: PlanView, step: ShownStep) -> datetime:
    if step.dated_on is None:
        return view.version.created_at
    return datetime.combine(step.dated_on, time(), UTC)
