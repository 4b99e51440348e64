"""A calendar feed (RFC 5545): all-day events that keep their identity, so that a change moves them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from reports.markup import without_control_characters
from reports.values import InvalidReport
from reports.words import last_day, list_in_words

if TYPE_CHECKING:  # who writes no feed does without
    from icalendar import Event

_PRODUCT = "-//jarcycle//calendar feed//EN"
_REFRESH = timedelta(hours=12)


class EventStatus(StrEnum):
    """How firm an event is, in iCalendar's words."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """
    A stage, milestone or deadline on whole days, from `start` up to, but not including, `end`.

    Parameters
    ----------
    uid
        Identity of the event for ever, whatever its dates: `event_uid`.
    sequence
        Number of changes so far; a calendar takes only a higher one.
    status
        Tentative while indicative, confirmed afterwards, cancelled when removed: a removed event stays in the feed
        as cancelled, or calendars keep showing it.
    changed_at
        Instant (UTC) of the last change; the feed's day when None.
    is_busy
        Whether the person whose calendar it is has no time for anything else: only where a team is at work.
    """

    uid: str
    name: str
    start: date
    end: date
    sequence: int = 0
    status: EventStatus = EventStatus.CONFIRMED
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    changed_at: datetime | None = None
    is_busy: bool = False

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidReport(
                f"{self.name} runs from {self.start} to {self.end}, which holds no day. "
                "Give the day after its last as its end."
            )


def event_uid(*parts: str | int, domain: str = "jarcycle.invalid") -> str:
    """
    An identity made from what never changes (area, activity, step): 'visit-801-fieldwork@jarcycle.invalid'.

    Whatever a code is made of, two of them never make one identity.

    Parameters
    ----------
    domain
        Keeps the identity unique in the world; `.invalid` (RFC 2606) until an organisation sets its own.
    """
    return f"{'-'.join(quote(str(part), safe='') for part in parts)}@{domain}"


def calendar_bytes(name: str, events: Iterable[CalendarEvent], as_of: date) -> bytes:
    """
    The feed of an area, a team or a person, in the order of dates; the same events give the same bytes.

    Parameters
    ----------
    as_of
        The day of the feed; stamps events that do not know when they changed.

    Raises
    ------
    InvalidReport
        When two events share a UID: calendars would drop one of them.
    """
    from icalendar import Calendar, vText

    ordered = sorted(events, key=lambda event: (event.start, event.end, event.uid))
    _refuse_shared_uids(ordered)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for field in ("name", "x-wr-calname"):
        calendar.add(field, vText(without_control_characters(name)))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for event in ordered:
        calendar.add_component(_component(event, as_of))
    return bytes(calendar.to_ical())


def _refuse_shared_uids(events: list[CalendarEvent]) -> None:
    shared = sorted(uid for uid, count in Counter(event.uid for event in events).items() if count > 1)
    if shared:
        raise InvalidReport(
            f"More than one event has the UID {list_in_words(shared)}. "
            "Give each event its own; calendars would show only one of them."
        )


def _component(event: CalendarEvent, as_of: date) -> "Event":
    from icalendar import Event

    stamp = event.changed_at or datetime.combine(as_of, time(), UTC)
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", event.sequence)
    component.add("status", event.status.value)
    component.add("summary", without_control_characters(event.name))
    component.add("dtstart", event.start)
    component.add("dtend", last_day(event.start, event.end) + timedelta(days=1))
    is_free = event.status is EventStatus.CANCELLED or not event.is_busy
    component.add("transp", "TRANSPARENT" if is_free else "OPAQUE")
    for field, text in (("description", event.description), ("location", event.location), ("url", event.url)):
        if text:
            component.add(field, without_control_characters(text))
    if event.categories:
        component.add("categories", list(event.categories))
    return component
