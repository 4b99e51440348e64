"""The calendar of a preparation group: its meetings, and a reminder five working days before each (R166)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from models import PreparationGroup
from reports.ics import CalendarEvent, EventStatus, calendar_bytes, event_uid
from reports.words import date_in_words
from services.days.weeks import day_after
from services.errors import NotFound
from services.preparation.meetings import SHOWN_AHEAD, meeting_days, meetings_of, remind_on
from services.preparation.spaces import group_of
from services.shown.exports import MEDIA_TYPES, Export, Format

NAME = "Preparation group"


def preparation_calendar(session: Session, area: str, as_of: date) -> Export:
    """The calendar as a file; a meeting that notice has cut stays in it as cancelled, and is not reminded of.

    Before the group has started it is empty.
    """
    try:
        events = list(_events(session, group_of(session, area), as_of))
    except NotFound:
        events = []
    content = calendar_bytes(NAME, events, as_of)
    return Export("preparation.ics", MEDIA_TYPES[Format.ICS], content)


def _events(session: Session, group: PreparationGroup, as_of: date) -> Iterator[CalendarEvent]:
    living = set(meetings_of(session, group, as_of))
    until = max(as_of, group.started_on, *living) + SHOWN_AHEAD
    for number, day in enumerate(meeting_days(group.started_on, until), start=1):
        is_cut = day not in living
        yield _event(group, f"meeting-{number}", f"Meeting of the {NAME.lower()}", day, is_cut)
        text = f"In five working days the {NAME.lower()} meets: {date_in_words(day)}"
        yield _event(group, f"reminder-{number}", text, remind_on(day), is_cut)


def _event(group: PreparationGroup, what: str, name: str, day: date, is_cut: bool) -> CalendarEvent:
    return CalendarEvent(
        uid=event_uid("preparation", group.area_code, what),
        name=name,
        start=day,
        end=day_after(day),
        sequence=int(is_cut),
        status=EventStatus.CANCELLED if is_cut else EventStatus.CONFIRMED,
    )
