"""When regular work last began and ended: for `/health`, the watch flow, and a monitor outside."""

from datetime import date, datetime

from sqlmodel import Session

from models import Heartbeat
from models.insertion import insert_new
from services.days.weeks import day_before
from services.days.working_days import previous_working_day

TICK, REMIND = "tick", "remind"
"""Names of the regular pieces of work."""


def begin(session: Session, name: str, as_of: date, at: datetime) -> None:
    """Note that a piece of work begins; what is known of its last end stays until it ends again."""
    # Two processes may begin the very first one at the same moment.
    insert_new(session, Heartbeat, [{"name": name, "as_of": as_of, "began_at": at, "summary": ""}])
    session.get_one(Heartbeat, name).began_at = at


def end(session: Session, name: str, as_of: date, summary: str, at: datetime) -> None:
    """Note that it ended well for a day, and what it did in a few words."""
    beat = session.get(Heartbeat, name) or Heartbeat(name=name, as_of=as_of, began_at=at)
    beat.as_of, beat.ended_at, beat.summary = as_of, at, summary
    session.add(beat)


def last(session: Session, name: str) -> Heartbeat | None:
    """The latest one, None before the first."""
    return session.get(Heartbeat, name)


def is_overdue(beat: Heartbeat | None, today: date) -> bool:
    """Whether the work of a full working day is missing.

    Nothing is missing on the day itself, which may be young: the last end must not lie before the last
    working day before `today`.
    """
    if beat is None or beat.ended_at is None:
        return True
    return beat.as_of < previous_working_day(day_before(today))
