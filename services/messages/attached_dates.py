"""The dates that go with a message as calendar events, under the identities and numbers of the feeds."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time
from functools import cached_property

from sqlmodel import Session

from models import Activity, Area, Step
from reports.ics import CalendarEvent, EventStatus, event_uid
from services.casework.announcements import OVER, span_of
from services.casework.evidence.reminding import is_about_evidence
from services.casework.follow_up.reminding import is_about_follow_up
from services.casework.team_history import (
    PublishedTeams,
    Seat,
    TeamHistory,
    as_leader,
    concerns_leader,
    concerns_members,
    event_number,
)
from services.days.weeks import day_after
from services.messages.contents import SINGLE_WORDS, Content
from services.programme import Rules

DATED = frozenset({"stage", "milestone"})
"""Kinds of step that a calendar shows: deadlines take no time of anybody's."""


class AttachedDates:
    """Makes the events of messages; the teams of published plans are read once."""

    def __init__(
        self,
        session: Session,
        rules: Rules,
        areas: Mapping[str, Area],
        steps_of: Callable[[Activity], list[Step]],
    ) -> None:
        self._session, self._rules, self._areas, self._steps_of = session, rules, areas, steps_of
        self._histories: dict[str, tuple[TeamHistory, TeamHistory]] = {}

    def events(self, content: Content) -> Iterable[CalendarEvent]:
        """Stages and meetings of what is told, each once; those that a person need not keep are cancelled."""
        mailbox = content.person.mailbox
        found: dict[str, CalendarEvent] = {}
        for news in content.news:
            for step in self._steps_of(news.activity):
                if step.kind in DATED and step.step_id in news.days:
                    is_off = news.occasion in OVER or news.days[step.step_id] is None
                    event = self._event(news.activity, step, mailbox, is_off)
                    found[event.uid] = event
        for due in content.due:
            is_other = is_about_evidence(due.reminder) or is_about_follow_up(due.reminder)
            if due.step.kind in DATED and not is_other and due.reminder.rule not in SINGLE_WORDS:
                event = self._event(due.activity, due.step, mailbox, False)
                found.setdefault(event.uid, event)
        return found.values()

    def _event(self, activity: Activity, step: Step, mailbox: str, is_off: bool) -> CalendarEvent:
        framework, area = self._rules.of(activity), self._areas[activity.area_code]
        is_firm = activity.precision in ("confirmed", "final")
        firm = EventStatus.CONFIRMED if is_firm else EventStatus.TENTATIVE
        first, last = span_of(step)
        return CalendarEvent(
            uid=event_uid(activity.code, step.step_id),
            name=f"{area.name}: {framework.name}, {step.name}",
            start=first,
            end=day_after(last),
            sequence=event_number(activity, self._changes(activity, step, mailbox)),
            status=EventStatus.CANCELLED if is_off else firm,
            categories=(framework.name,),
            changed_at=datetime.combine(step.dated_on, time(), UTC) if step.dated_on else None,
        )

    def _changes(self, activity: Activity, step: Step, mailbox: str) -> int:
        """How often a person left the team or came back, in the capacity in which a step concerns them."""
        framework, roles = self._rules.of(activity), {*step.who.split(), *step.told.split()}
        as_member, leading = self._history(mailbox)
        if concerns_members(framework, step.step_id, roles):
            return as_member.changes(activity.code)
        return leading.changes(activity.code) if concerns_leader(framework, roles) else 0

    def _history(self, mailbox: str) -> tuple[TeamHistory, TeamHistory]:
        """When somebody was in teams, and when they led them."""
        if mailbox not in self._histories:

            def is_theirs(seat: Seat) -> bool:
                return seat.person is not None and seat.person.email.lower() == mailbox

            teams = self._teams
            self._histories[mailbox] = teams.history(is_theirs), teams.history(as_leader(is_theirs))
        return self._histories[mailbox]

    @cached_property
    def _teams(self) -> PublishedTeams:
        return PublishedTeams(self._session)
