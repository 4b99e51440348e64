"""The log of critical events: what happened in an area, by kind and number; never whom it concerned (R073, R095)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from config.event_rules import EventRules
from config.findings import nearest
from models import CriticalEvent
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.doors import EVENTS, Advice
from services.errors import NotFound, Objection, Refused
from services.naming.areas import find_area
from services.programme import policy_of

RECORD = "event"
"""What the audit log calls it."""

NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9/._-]{1,40}")
"""A reference has a digit and no blank: so it is a number, and nobody's name."""


@dataclass(frozen=True)
class NewEvent:
    """What is said of an event; the area by name or code, kind and seriousness by their codes in the policy."""

    area: str
    kind: str
    happened_on: date
    source: str
    seriousness: str
    reference: str = ""


def add_event(session: Session, new: NewEvent, word: Word) -> CriticalEvent:
    """Record that something happened in an area.

    Raises
    ------
    NotFound
        If the programme has no such area.
    Refused
        With everything wrong: an unknown kind or seriousness, no source, a day to come, a reference that is no
        number, an event that is known already.
    """
    area = find_area(session, new.area)
    rules = policy_of(session).events
    wrong = [*_objections(new, rules, word), *_known(session, area.code, new, rules)]
    if wrong:
        raise Refused(wrong)
    event = CriticalEvent(
        area_code=area.code,
        kind=new.kind,
        happened_on=new.happened_on,
        reference=new.reference,
        source=new.source.strip(),
        seriousness=new.seriousness,
        recorded_by=word.who,
        recorded_at=word.at,
        recorded_on=word.as_of,
    )
    session.add(event)
    session.flush()
    after = {
        "event": event.id,
        "kind": event.kind,
        "day": event.happened_on,
        "reference": event.reference,
        "seriousness": event.seriousness,
    }
    audit.record(session, word.who, word.at, RECORD, about(event), after=after, why=event.source)
    return event


def find_event(session: Session, number: int) -> CriticalEvent:
    """The event of a number; NotFound if there is none."""
    event = session.get(CriticalEvent, number)
    if event is None:
        raise NotFound(f"event {number}", "there is no such event.", EVENTS.advise("List them"))
    return event


def about(event: CriticalEvent) -> str:
    """What the audit log says it is about: '803 event 2'."""
    return f"{event.area_code} event {event.id}"


def _objections(new: NewEvent, rules: EventRules, word: Word) -> Iterator[Objection]:
    yield from _unknown("kind", new.kind, rules.kinds)
    yield from _unknown("seriousness", new.seriousness, rules.seriousness)
    if not new.source.strip():
        yield Objection(
            "source",
            "it is missing.",
            "Say who told of the event: a letter, a notification.",
            "R095",
            field="source",
        )
    if new.happened_on > word.as_of:
        message = f"{date_in_words(new.happened_on)} is still to come."
        yield Objection("day", message, "Give the day on which it happened.", "R095", "day")
    if new.reference and not NUMBER.fullmatch(new.reference):
        message = "only a number is kept, never whom it concerned."
        yield Objection(
            "reference", message, "Give the number of the case, such as SCR/2006/3.", "R073", "reference"
        )


def _unknown(what: str, code: str, known: Mapping[str, str]) -> Iterator[Objection]:
    if code not in known:
        yield Objection(what, f"the policy has no {what} '{code}'.", nearest(code, known), field=what)


def _known(session: Session, area: str, new: NewEvent, rules: EventRules) -> Iterator[Objection]:
    query = select(CriticalEvent).where(
        CriticalEvent.area_code == area,
        CriticalEvent.kind == new.kind,
        CriticalEvent.happened_on == new.happened_on,
        CriticalEvent.reference == new.reference,
    )
    row = session.exec(query).first()
    if row is not None:
        kind = rules.kinds.get(row.kind, row.kind)
        message = f"{kind} on {date_in_words(row.happened_on)} is known as event {row.id}, from {row.source}."
        advice = Advice(
            "If another one happened on that day, give its number with --reference.",
            "If another one happened on that day, give the number of its case.",
        )
        yield Objection("event", message, advice, "R095")
