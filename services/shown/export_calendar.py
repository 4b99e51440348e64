"""A plan as calendar events: stable identities, a number that rises with every change, and no unannounced date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import Session

from reports.ics import CalendarEvent, EventStatus, event_uid
from reports.words import capitalised
from services import audit
from services.casework.steps import LEFT_OUT
from services.casework.team_history import (
    Matches,
    PublishedTeams,
    TeamHistory,
    as_leader,
    concerns_leader,
    concerns_members,
    event_number,
    is_team_week,
)
from services.shown.earlier_teams import matching, worked_until
from services.shown.export_tables import roles_in_words
from services.shown.shown_plan import EVERYTHING, PlanView, Selection, ShownActivity, read_plan
from services.shown.shown_steps import ShownStep, StepsOf

PROGRAMME = "programme"
"""What the log calls that of which all activities are part."""


@dataclass(frozen=True)
class _Holder:
    """Whose calendar it is, in one kind of seat, and when they held such seats."""

    matches: Matches
    history: TeamHistory

    def holds(self, activity: ShownActivity) -> bool:
        """Whether one of them has such a seat in the plan that is shown."""
        return any(map(self.matches, activity.team))


@dataclass(frozen=True)
class _Feed:
    """What all events of a calendar are made from; without `members` it is nobody's own."""

    view: PlanView
    members: _Holder | None
    leaders: _Holder | None
    is_personal: bool
    changed: Mapping[str, datetime]
    worked_until: Mapping[str, date]

    def has_worked(self, activity: ShownActivity, step: ShownStep) -> bool:
        """Whether one of those whose calendar it is has done what they left later: that is not taken back."""
        until = self.worked_until.get(activity.row.code)
        is_worked = is_team_week(activity.framework, step.step_id)
        return until is not None and is_worked and step.start < until

    def holder(self, activity: ShownActivity, step: ShownStep) -> _Holder | None:
        """In whose capacity a step concerns those whose calendar it is; None if it does not."""
        roles = {*step.who, *step.told}
        if concerns_members(activity.framework, step.step_id, roles):
            return self.members
        return self.leaders if concerns_leader(activity.framework, roles) else None


def calendar_events(
    session: Session, view: PlanView, selection: Selection = EVERYTHING
) -> list[CalendarEvent]:
    """The events of a plan: every stage, milestone and deadline of what is announced by now (R068).

    The calendar of a person, a leader or a body holds the weeks of their teams and what they must do or are told as
    members or as leader. What was called off, or what they have left, stays as cancelled. The number of an event only
    rises, also when they come back.

    Parameters
    ----------
    selection
        That of the view.
    """
    feed = _feed(session, view, selection)
    steps_of = StepsOf(session)
    events = []
    for activity in (*view.activities, *view.cancelled, *_left(session, feed)):
        for step in steps_of(activity) if activity.is_announced else ():
            changes, is_off = _standing(feed, activity, step)
            if changes is not None:
                events.append(_event(feed, activity, step, changes, is_off))
    return events


def _feed(session: Session, view: PlanView, selection: Selection) -> _Feed:
    matches = matching(selection)
    members = leaders = None
    if matches is not None:
        teams, leading = PublishedTeams(session), as_leader(matches)
        members = _Holder(matches, teams.history(matches))
        leaders = _Holder(leading, teams.history(leading))
    is_personal = selection.who is not None or selection.leader is not None
    until = worked_until(session, view.number, matches) if matches is not None else {}
    return _Feed(view, members, leaders, is_personal, audit.last_changes(session), until)


def _left(session: Session, feed: _Feed) -> Iterator[ShownActivity]:
    """Activities of the published plan whose team they have left since an earlier one."""
    view = feed.view
    if feed.members is None or not view.is_published:
        return
    shown = {activity.row.code for activity in (*view.activities, *view.cancelled)}
    before = feed.members.history.ever - shown
    if before:
        selection = Selection(areas=frozenset(view.areas))
        everything = read_plan(session, view.number, selection, view.audience)
        for activity in (*everything.activities, *everything.cancelled):
            if activity.row.code in before:
                yield activity


def _standing(feed: _Feed, activity: ShownActivity, step: ShownStep) -> tuple[int | None, bool]:
    """How often it came and went in this calendar, None if it never was in it; and whether it is off."""
    is_off = activity.row.state == "cancelled" or step.state in LEFT_OUT
    if feed.members is None:
        return 0, is_off
    holder = feed.holder(activity, step)
    if holder is None:
        return None, is_off
    changes, is_held = holder.history.changes(activity.row.code), holder.holds(activity)
    if is_held or (feed.view.is_published and activity.row.code in holder.history.ever):
        return changes, is_off or not (is_held or feed.has_worked(activity, step))
    return None, is_off


def _event(
    feed: _Feed, activity: ShownActivity, step: ShownStep, changes: int, is_off: bool
) -> CalendarEvent:
    view = feed.view
    on_site = {stage.id for stage in activity.framework.stages if stage.on_site}
    return CalendarEvent(
        uid=_uid(view, activity, step),
        name=f"{activity.area.name}: {_step_name(activity, step)}",
        start=step.start,
        end=step.end,
        sequence=event_number(activity.row, changes),
        status=_status(activity, is_off),
        description=_description(view, activity, step),
        location=activity.area.name if step.step_id in on_site else "",
        categories=(activity.framework.name,),
        changed_at=_changed_at(feed, activity, step),
        is_busy=feed.is_personal and is_team_week(activity.framework, step.step_id),
    )


def _uid(view: PlanView, activity: ShownActivity, step: ShownStep) -> str:
    """Activity and step; of what is not published also the plan, or a draft would overwrite published events."""
    if activity.is_current:
        return event_uid(activity.row.code, step.step_id)
    return event_uid("plan", view.number, activity.row.code, step.step_id)


def _step_name(activity: ShownActivity, step: ShownStep) -> str:
    return f"{activity.row.kind.upper()} {activity.called(step.step_id, step.name).removeprefix('the ')}"


def _status(activity: ShownActivity, is_off: bool) -> EventStatus:
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


def _changed_at(feed: _Feed, activity: ShownActivity, step: ShownStep) -> datetime:
    """When anything that is told here last changed: its dates, its plan, a word about it, facts of its area."""
    if not activity.is_current:
        return feed.view.version.created_at
    words = (activity.row.code, activity.area.code, PROGRAMME)
    instants = [feed.changed[word] for word in words if word in feed.changed]
    instants += [feed.view.version.published_at] if feed.view.version.published_at else []
    instants += [datetime.combine(step.dated_on, time(), UTC)] if step.dated_on else []
    return max(instants, default=feed.view.version.created_at)
