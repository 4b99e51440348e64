"""What became of messages: counted a day, and those that a person must look at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models import Delivery, Reminder
from services.doors import MESSAGES
from services.errors import NotFound
from services.messages import claims
from services.messages.triggers import PRIVATE

TROUBLED = ("unresolved", "failed", "bounced")
STATE_WORDS = {
    "waiting": "waiting to be sent",
    "claimed": "being sent",
    "sent": "sent",
    "refused": "refused",
    "deferred": "put off",
    "failed": "given up",
    "bounced": "returned",
    "unresolved": "unresolved",
}
"""What has become of a message, in words."""

WAITING = ("waiting", "claimed", "refused", "deferred")
IN_VAIN = ("refused", "failed", "unresolved")

OF_OFFICE = col(Delivery.occasions).not_in(PRIVATE)
"""Messages that the planner's office may know of; every list and count of them is of these alone."""

STOP_AFTER = 3
"""So many messages in a row that were refused, or of which nobody knows: it is the server, and the run ends."""


@dataclass(frozen=True)
class DayOfMessages:
    """The messages of one day of the programme; `reminders` counts what they hold."""

    day: date
    messages: int
    reminders: int
    sent: int
    waiting: int
    trouble: int


def days_of_messages(session: Session, limit: int = 30) -> list[DayOfMessages]:
    """The latest days on which messages were made, the newest first."""
    counted: dict[date, Counter[str]] = {}
    query = select(col(Delivery.as_of), col(Delivery.state), func.count()).where(OF_OFFICE)
    query = query.group_by(col(Delivery.as_of), col(Delivery.state))
    for day, state, count in session.exec(query):
        counted.setdefault(day, Counter())[state] += count
    days = sorted(counted, reverse=True)[:limit]
    held = _reminders_by_day(session, days)
    return [_day(day, counted[day], held.get(day, 0)) for day in days]


def is_turned_away(session: Session) -> bool:
    """Whether the mail server took none of the latest messages that it was given."""
    query = select(Delivery.state).where(col(Delivery.claimed_at).is_not(None), Delivery.state != "claimed")
    latest = session.exec(query.order_by(col(Delivery.claimed_at).desc(), col(Delivery.id).desc()))
    states = list(latest.fetchmany(STOP_AFTER))
    return len(states) == STOP_AFTER and all(state in IN_VAIN for state in states)


def troubled(session: Session, limit: int = 100) -> list[Delivery]:
    """Messages that were given up or came back, or of which nobody knows whether they arrived; the newest first.

    One whose sender has just died is among them, before the next run has noticed.
    """
    query = select(Delivery).where(or_(col(Delivery.state).in_(TROUBLED), col(Delivery.state) == "claimed"))
    rows = session.exec(query.where(OF_OFFICE).order_by(col(Delivery.id).desc()))
    return [row for row in rows if row.state in TROUBLED or claims.has_died(row)][:limit]


GROUPS = {"sent": ("sent",), "waiting": WAITING, "failed": TROUBLED}
"""What has become of messages, roughly: gone out, to go out, or for a person to look at."""


@dataclass(frozen=True)
class WantedMessages:
    """Which messages are wanted; None is no limit.

    Parameters
    ----------
    group
        One of `GROUPS`.
    words
        What the address or the subject holds.
    first, last
        Days of the programme, both included.
    """

    group: str | None = None
    words: str | None = None
    first: date | None = None
    last: date | None = None


def messages_made(
    session: Session, wanted: WantedMessages, most: int, after: int = 0
) -> tuple[list[Delivery], int]:
    """At most so many messages without their texts, after so many newer ones, the newest first; how many in all."""
    conditions = tuple(_conditions(wanted))
    query = select(Delivery).where(*conditions).order_by(col(Delivery.id).desc()).offset(after).limit(most)
    query = query.options(defer(Delivery.body), defer(Delivery.calendar))  # type: ignore[arg-type]
    count = select(func.count()).select_from(Delivery).where(*conditions)
    return list(session.exec(query)), session.exec(count).one()


def find_message(session: Session, number: int) -> Delivery:
    """The message of a number; NotFound if there is none."""
    row = session.get(Delivery, number)
    if row is None or row.occasions in PRIVATE:
        raise NotFound(f"message {number}", "there is no such message.", MESSAGES.advise("List them"))
    return row


def _conditions(wanted: WantedMessages) -> Iterator[ColumnElement[bool]]:
    yield OF_OFFICE
    if wanted.group is not None:
        yield col(Delivery.state).in_(GROUPS.get(wanted.group, ()))
    for word in (wanted.words or "").split():
        yield or_(
            *(col(text).icontains(word, autoescape=True) for text in (Delivery.recipient, Delivery.subject))
        )
    if wanted.first is not None:
        yield col(Delivery.as_of) >= wanted.first
    if wanted.last is not None:
        yield col(Delivery.as_of) <= wanted.last


def put_off(session: Session, limit: int = 100) -> list[Delivery]:
    """Messages that the mail server refused or put off, and that are tried again; the newest first."""
    query = select(Delivery).where(col(Delivery.state).in_(("refused", "deferred")), OF_OFFICE)
    return list(session.exec(query.order_by(col(Delivery.id).desc()).limit(limit)))


def _reminders_by_day(session: Session, days: list[date]) -> dict[date, int]:
    query = (
        select(col(Delivery.as_of), func.count())
        .join(Reminder, col(Reminder.delivery_id) == col(Delivery.id))
        .where(col(Delivery.as_of).in_(days))
        .group_by(col(Delivery.as_of))
    )
    return dict(session.exec(query).all())


def _day(day: date, states: Counter[str], reminders: int) -> DayOfMessages:
    return DayOfMessages(
        day=day,
        messages=states.total(),
        reminders=reminders,
        sent=states["sent"],
        waiting=sum(states[state] for state in WAITING),
        trouble=sum(states[state] for state in TROUBLED),
    )
