"""Plays a published programme forward day by day, with people who sign steps off: for demonstrations and tests.

The people are made up and mostly punctual; how late each of them is follows from a seed and the step's name, so that
every rehearsal of the same programme goes the same way. Everything else is the product's own daily work.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from models import Activity, Step, session
from services.audit import Word
from services.casework import advancing, precision
from services.casework.precision import first_stage_days
from services.casework.sign_offs import sign_off
from services.casework.steps import LIVING, last_day, sign_off_due
from services.days.weeks import financial_year
from services.days.working_days import add_working_days, is_working_day, next_working_day
from services.messages.outbox import send_due
from services.messages.transports import Transport

LATENESS = (0, 0, 0, 0, 0, 0, 0, 1, 2, 9)
"""Working days by which people are late; each step draws one."""
CONFIRMED_ON = (12, 15)
WAIVER = "demonstration: agreed with the area"


@dataclass(frozen=True)
class Rehearsed:
    """What happened: days played, steps signed off, messages sent."""

    days: int = 0
    signed_off: int = 0
    messages: int = 0


def rehearse(
    engine: Engine,
    start: date,
    end: date,
    transport: Transport,
    *,
    seed: int = 0,
    who: str = "demo",
    hear: Callable[[date, Rehearsed], None] = lambda _day, _so_far: None,
) -> Rehearsed:
    """Play the working days from `start` up to, not including, `end`; safe to be killed and begun again."""
    so_far = Rehearsed()
    for day in _working_days(start, end):
        at = datetime.combine(day, time(8), UTC)
        with session(engine) as opened:
            advancing.advance(opened, day)
            signed = _sign_off_all(opened, day, at, seed, who)
            _announce(opened, day, at, who)
        sent = send_due(engine, day, partial(datetime.combine, day, time(8), UTC), transport).sent
        so_far = Rehearsed(so_far.days + 1, so_far.signed_off + signed, so_far.messages + sent)
        hear(day, so_far)
    return so_far


def _working_days(start: date, end: date) -> Iterable[date]:
    return (day for n in range((end - start).days) if is_working_day(day := start + timedelta(days=n)))


def _sign_off_all(opened: Session, day: date, at: datetime, seed: int, who: str) -> int:
    """Everything that somebody would sign off today, also what only becomes possible by an earlier word."""
    count = 0
    for code, step in _waiting(opened, day):
        due = sign_off_due(step)
        if add_working_days(due, _lateness(seed, code, step.step_id)) > day or advancing.waits_for(
            opened, step.id or 0
        ):
            continue
        happened_on = last_day(step) if step.kind == "stage" else max(due, day)
        sign_off(
            opened, step.id or 0, min(happened_on, day), Word(who, at, day, "demonstration"), waiver=WAIVER
        )
        advancing.advance_activity(opened, code, day)
        count += 1
    return count


def _waiting(opened: Session, day: date) -> list[tuple[str, Step]]:
    query = (
        select(Activity.code, Step)
        .join(Step, col(Step.activity_id) == col(Activity.id))
        .where(col(Activity.state).in_(LIVING), col(Activity.precision).is_not(None))
        .where(col(Step.needs_sign_off), col(Step.state) != "done")
        .where(or_(col(Step.due_on) <= day, col(Step.end_on) <= day))
        .order_by(col(Activity.code), col(Step.position))
    )
    return [(code, step) for code, step in opened.exec(query)]


def _lateness(seed: int, code: str, step_id: str) -> int:
    return random.Random(f"{seed} {code} {step_id}").choice(LATENESS)


def _announce(opened: Session, day: date, at: datetime, who: str) -> None:
    """The yearly confirmation (R016), and dates that are due to be final (R017)."""
    word = Word(who, at, day, "demonstration")
    if day == next_working_day(date(day.year, *CONFIRMED_ON)):
        year = financial_year(date(day.year + 1, 4, 1))
        if year in {financial_year(first) for first in first_stage_days(opened).values()}:
            precision.confirm_year(opened, year, word)
    precision.finalise(opened, None, word)
