"""How far a run may work from what has happened: a lost clock or a mistyped day must not use up years of reminders."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Heartbeat, Programme, Step
from reports.words import date_in_words
from services.casework.advancing import codes_due
from services.doors import UNDO_RUN, Advice
from services.errors import Refused

MOST_AWAY = timedelta(days=366)
"""No programme is left alone for longer than this."""


CHECK = "Check the day and the clock of this home."
FORCE = Advice(
    "Check the day and the clock of this home; if it is meant, add --force.",
    "Ask whoever runs the service to check the day and the clock.",
)


def refuse_implausible(session: Session, as_of: date, advice: str = FORCE) -> None:
    """Refuse to work for a day more than a year after all that has happened so far, or before the latest of it.

    Parameters
    ----------
    advice
        What helps where the day is meant: FORCE, or CHECK where nothing forces it.

    Raises
    ------
    Refused
        If there is anything that a run for that day would move, or messages that would bear it.
    """
    reached = max(_reached(session), default=as_of)
    if abs(as_of - reached) <= MOST_AWAY:
        return
    is_before = as_of < reached
    if is_before or codes_due(session, as_of):
        way = "before" if is_before else "after"
        message = (
            f"it is more than a year {way} {date_in_words(reached)}, the last day on which anything happened."
        )
        raise Refused.because(date_in_words(as_of), message, advice)


def refuse_earlier(session: Session, as_of: date) -> None:
    """Refuse the daily work for a day before one for which it was done: all that was to be said by then was said.

    Raises
    ------
    Refused
        With the day up to which it was done.
    """
    done = session.exec(
        select(func.max(col(Heartbeat.as_of))).where(col(Heartbeat.ended_at).is_not(None))
    ).one()
    if done is not None and as_of < done:
        until = date_in_words(done)
        message = f"the daily work has been done up to {until}, and nothing is said twice."
        advice = UNDO_RUN.advise(f"Give {until} or a later day; if that day was a mistake, undo the run")
        raise Refused.because(date_in_words(as_of), message, advice)


def _reached(session: Session) -> Iterator[date]:
    """Days on which the programme is known to have been."""
    yield from session.exec(select(col(Heartbeat.as_of)))
    for column in (col(Step.dated_on), col(Step.actual_on), col(Programme.planned_on)):
        day = session.exec(select(func.max(column))).one()
        if day is not None:
            yield day
