"""What became of messages: counted a day, and those that a person must look at."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Delivery, Reminder

TROUBLED = ("unresolved", "failed")
WAITING = ("waiting", "claimed", "refused")


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
    query = select(col(Delivery.as_of), col(Delivery.state), func.count()).group_by(
        col(Delivery.as_of), col(Delivery.state)
    )
    for day, state, count in session.exec(query):
        counted.setdefault(day, Counter())[state] += count
    days = sorted(counted, reverse=True)[:limit]
    held = _reminders_by_day(session, days)
    return [_day(day, counted[day], held.get(day, 0)) for day in days]


def troubled(session: Session, limit: int = 100) -> list[Delivery]:
    """Messages that were given up, or of which nobody knows whether they arrived; the newest first."""
    query = (
        select(Delivery)
        .where(col(Delivery.state).in_(TROUBLED))
        .order_by(col(Delivery.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))


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
