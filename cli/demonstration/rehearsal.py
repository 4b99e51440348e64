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

from cli.demonstration.rehearsed_reports import report_all
from models import Activity, Evidence, EvidenceNeed, Step, session
from scheduler.values.value import LEADER
from services.audit import Word
from services.casework import advancing, precision
from services.casework.contacts import Contacts
from services.casework.evidence.answers import accept, receive
from services.casework.evidence.kept_files import Receipt
from services.casework.evidence.states import OPEN
from services.casework.final_team import confirm_team
from services.casework.gates import lacking
from services.casework.offered_places import OFFERED, declined_places, places_in_teams
from services.casework.outputs import record_output
from services.casework.precision import first_stage_days
from services.casework.sign_offs import agree_date, sign_off
from services.casework.signers import Signer
from services.casework.specification import specify
from services.casework.steps import LIVING, last_day, sign_off_due, steps_of
from services.casework.waiver_reasons import WaiverReason
from services.days.weeks import WEEK, day_before, financial_year
from services.days.working_days import (
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
)
from services.messages.outbox import send_due
from services.messages.transports import Transport
from services.programme import rules_of
from services.solves.declining import decline

LATENESS = (0, 0, 0, 0, 0, 0, 0, 1, 2, 9)
"""Working days by which people are late; each step draws one."""
CONFIRMED_ON = (12, 15)
CHANGED_ON = (2, 20)
"""Each year on that day somebody declines a place, and an area asks for another day."""
AHEAD = timedelta(weeks=6)
NEVER = LATENESS[-1]
"""Who is as late as that with an output or an item of evidence hands it in no more."""
WAIVER = WaiverReason("area_request", "demonstration")


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
    address: str = "",
    hear: Callable[[date, Rehearsed], None] = lambda _day, _so_far: None,
) -> Rehearsed:
    """Play the working days from `start` up to, not including, `end`; safe to be killed and begun again.

    Messages say that the console is at `address`, if there is one.
    """
    so_far = Rehearsed()
    for day in _working_days(start, end):
        at = datetime.combine(day, time(8), UTC)
        with session(engine) as opened:
            advancing.advance(opened, day)
            _hand_in_all(opened, day, at, seed, who)
            signed = _sign_off_all(opened, day, at, seed, who)
            _announce(opened, day, at, who)
            _change_plans(opened, day, Word(who, at, day, "demonstration"))
        clock = partial(datetime.combine, day, time(8), UTC)
        sent = send_due(engine, day, clock, transport, address=address).sent
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
        activity = opened.get_one(Activity, step.activity_id)
        late_on = add_working_days(due, _lateness(seed, code, step.step_id))
        if min(late_on, _last_moment(opened, activity, step)) > day or advancing.waits_for(
            opened, step.id or 0
        ):
            continue
        happened_on = last_day(step) if step.kind == "stage" else max(due, day)
        word = Word(who, at, day, "demonstration")
        _produce(opened, activity, step, word, seed)
        signer = _signer(opened, activity, step, who)
        sign_off(opened, step.id or 0, min(happened_on, day), word, signer=signer, waiver=WAIVER)
        team = rules_of(opened).of(activity).team
        if team is not None and team.final_after == step.step_id and not _is_declined(opened, code):
            confirm_team(opened, code, word)
        advancing.advance_activity(opened, code, day)
        count += 1
    return count


def _last_moment(opened: Session, activity: Activity, step: Step) -> date:
    """The last working day before a stage begins that comes after a step: so late nobody is with what opens it."""
    rules = rules_of(opened).of(activity)
    opened_by = {rule.id for rule in rules.steps if step.step_id in rule.after}
    stages = (other for other in steps_of(opened, activity) if other.step_id in opened_by)
    first = min((stage.start_on for stage in stages if stage.start_on is not None), default=None)
    return date.max if first is None else previous_working_day(day_before(first))


def _hand_in_all(opened: Session, day: date, at: datetime, seed: int, who: str) -> None:
    """Every item of evidence that somebody would hand in today."""
    query = (
        select(Activity.code, EvidenceNeed.item, Evidence)
        .join(EvidenceNeed, col(EvidenceNeed.activity_id) == col(Activity.id))
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .where(col(Evidence.state).in_(OPEN), col(EvidenceNeed.was_asked), col(Evidence.due_on) <= day)
        .order_by(col(Evidence.id))
    )
    for code, item, row in opened.exec(query).all():
        days = _lateness(seed, code, item)
        if days < NEVER and add_working_days(row.due_on, days) <= day:
            word = Word(who, at, day, "demonstration")
            receive(opened, code, item, Receipt(day), word)
            accept(opened, code, item, word)


def _produce(opened: Session, activity: Activity, step: Step, word: Word, seed: int) -> None:
    """Record what a step has produced, decide about fieldwork where it has to be decided, and write the report."""
    steps = steps_of(opened, activity)
    numbers = {row.step_id: row.id or 0 for row in steps}
    framework = rules_of(opened).of(activity)
    lacks = lacking(opened, activity, framework, step, steps)
    for step_id, output in lacks.outputs:
        if _lateness(seed, activity.code, output) < NEVER:
            record_output(opened, numbers[step_id], output, word, version="1")
    reasons = [None, *(framework.specification.reasons if framework.specification else ())]
    for theme in lacks.themes:
        reason = random.Random(f"{seed} {activity.code} {theme}").choice(reasons)
        specify(opened, activity.code, theme, reason, word)
    report_all(opened, activity.code, framework, lacks.report, (word, seed))


def _signer(opened: Session, activity: Activity, step: Step, who: str) -> Signer:
    """Whoever holds the role; where nobody does, somebody on behalf of them."""
    holders = Contacts(opened, rules_of(opened)).holders(activity, step.sign_off)
    return Signer(holders[0].name) if holders else Signer(who, step.sign_off, "demonstration")


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


def _is_declined(opened: Session, code: str) -> bool:
    """Whether a place in a team waits for the planner, who finds somebody else before the team is confirmed."""
    return any(place.activity == code for place in declined_places(opened))


def _announce(opened: Session, day: date, at: datetime, who: str) -> None:
    """The yearly confirmation (R016), and dates that are due to be final (R017)."""
    word = Word(who, at, day, "demonstration")
    if day == next_working_day(date(day.year, *CONFIRMED_ON)):
        year = financial_year(date(day.year + 1, 4, 1))
        if year in {financial_year(first) for first in first_stage_days(opened).values()}:
            precision.confirm_year(opened, year, word)
    precision.finalise(opened, None, word)


def _change_plans(opened: Session, day: date, word: Word) -> None:
    """One day a year: of a review some weeks ahead one inspector declines, and one meeting is put off by a week."""
    if day != next_working_day(date(day.year, *CHANGED_ON)):
        return
    places = (place for place in places_in_teams(opened) if place.first_day >= day + AHEAD)
    offered = next((place for place in places if place.state == OFFERED and place.skill != LEADER), None)
    if offered is not None:
        decline(opened, offered.activity, offered.inspector, word)
    meetings = (
        select(Step)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .where(col(Activity.state).in_(LIVING), col(Activity.precision).is_not(None))
        .where(Step.kind == "milestone", col(Step.is_hard).is_(False), Step.state == "planned")
        .where(col(Step.due_on) >= day + AHEAD)
        .order_by(col(Step.due_on), col(Step.id))
    )
    meeting = opened.exec(meetings).first()
    if meeting is not None and meeting.due_on is not None:
        agree_date(opened, meeting.id or 0, next_working_day(meeting.due_on + WEEK), word)
