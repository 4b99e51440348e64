"""Who is told of evidence: asked for, asked of somebody else, due, late; at the same moments as of steps (R064, R065).

A reminder speaks of all that a step of an activity waits for until one day. What a step's own deadline asks for on that
day is spoken of there.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Evidence, EvidenceNeed, Reminder, Step
from models.insertion import insert_new
from reports.words import list_in_words
from services.casework.contacts import Contacts
from services.casework.evidence.asking import Asked, served_in_words
from services.casework.evidence.states import OPEN
from services.casework.reminders import Moment, moments_about, reminder_rows
from services.casework.step_turns import horizon
from services.casework.steps import FINISHED, LIVING, steps_of

RULE = "evidence_"
"""How the rules of all reminders about evidence begin."""

ASKED, SERVED = f"{RULE}asked", f"{RULE}served"
"""Rules of single words: it is asked for; it is needed here, and was asked for elsewhere or of somebody else."""


Needs = Callable[[int, str, date], Sequence[tuple[str, Evidence]]]
"""What an activity's step needs by a day: the framework's names of the items, and the evidence."""


class Said(NamedTuple):
    """What a reminder says: what it is about, and which items."""

    title: str
    remark: str


class _Waiting(NamedTuple):
    """An activity, its step that waits for evidence until a day, and the items."""

    activity: Activity
    step: Step
    due_on: date
    items: list[Evidence]


def tell_asked(session: Session, activity: Activity, asked: Asked, as_of: date, contacts: Contacts) -> int:
    """Plan a word to those who are asked; and to the body served, and whom it would have asked, that nobody need be."""
    framework = contacts.rules.of(activity)
    known = {item.id: item for item in framework.evidence}
    query = select(Step).where(Step.activity_id == activity.id)
    steps = {step.step_id: step for step in session.exec(query)}
    rows = []
    for need, evidence in [*asked.new, *asked.shared]:
        item = known[need.item]
        served = {item.asked_of}
        if not need.was_asked and framework.contact_point is not None:
            served.add(framework.contact_point)
        words = [(SERVED, role) for role in sorted(served - {evidence.asked_of})]
        words += [(ASKED, evidence.asked_of)] if need.was_asked else []
        for rule, role in words:
            people = [(0, person) for person in contacts.holders(activity, role)]
            # What is asked for at another step, for the same day, is a word of its own.
            occurrence = _occurrence(framework, steps[item.asked_at]) if rule == ASKED else 0
            moment = Moment(rule, occurrence, evidence.due_on, as_of)
            rows += reminder_rows(activity, steps[need.needed_for], moment, people)
    return insert_new(session, Reminder, rows)


def _occurrence(framework: Framework, asked_at: Step) -> int:
    """Which step asks, counted on by all steps of the framework each time that the word about it was taken back."""
    names = [step.id for step in framework.steps]
    return names.index(asked_at.step_id) + len(names) * asked_at.times_withdrawn


def asked_at(framework: Framework, reminder: Reminder) -> str:
    """The step at which is asked for what a word asks for."""
    return framework.steps[reminder.occurrence % len(framework.steps)].id


def plan_evidence_reminders(session: Session, as_of: date, contacts: Contacts) -> int:
    """Make the latest reminder about evidence that is due by a day; take back those that nothing waits for."""
    withdraw(session, contacts)
    policy, rows = contacts.rules.policy.reminders, []
    for waiting in _awaited(session, horizon(policy, as_of)):
        known = {
            (reminder.rule, reminder.occurrence)
            for reminder in session.exec(
                select(Reminder).where(Reminder.step_id == waiting.step.id, Reminder.due_on == waiting.due_on)
            )
        }
        asked_on = min(evidence.asked_on or waiting.due_on for evidence in waiting.items)
        roles = sorted({evidence.asked_of for evidence in waiting.items})
        for moment in moments_about(waiting.due_on, asked_on, policy, as_of)[-1:]:
            about = moment._replace(rule=f"{RULE}{moment.rule}")
            if (about.rule, about.occurrence) not in known:
                people = [
                    pair for role in roles for pair in contacts.ladder(waiting.activity, role, about.level)
                ]
                rows += reminder_rows(waiting.activity, waiting.step, about, people)
    return insert_new(session, Reminder, rows)


def withdraw(session: Session, contacts: Contacts, area_code: str | None = None) -> None:
    """Take back every unsent reminder about evidence that has come, or is due on another day now.

    Parameters
    ----------
    area_code
        Only in this area; None: everywhere.
    """
    query = select(Reminder).where(
        Reminder.state == "planned", col(Reminder.rule).startswith(RULE, autoescape=True)
    )
    if area_code is not None:
        of_area = select(Activity.id).where(Activity.area_code == area_code)
        query = query.where(col(Reminder.activity_id).in_(of_area))
    needs = cache(partial(_needs, session))
    for reminder in session.exec(query).all():
        if not _spoken_of(session, reminder, contacts, needs):
            reminder.state = "superseded"
    session.flush()


def is_about_evidence(reminder: Reminder) -> bool:
    """Whether a reminder speaks of evidence, not of the step that waits for it."""
    return reminder.rule.startswith(RULE)


def spoken_of(session: Session, reminder: Reminder, contacts: Contacts) -> list[Evidence]:
    """The items that a reminder speaks of as they are now: still to come from its recipient, or served elsewhere."""
    return _spoken_of(session, reminder, contacts, partial(_needs, session))


def _needs(session: Session, activity_id: int, step_id: str, due_on: date) -> Sequence[tuple[str, Evidence]]:
    query = (
        select(EvidenceNeed.item, Evidence)
        .join(EvidenceNeed, col(EvidenceNeed.evidence_id) == col(Evidence.id))
        .where(EvidenceNeed.activity_id == activity_id, EvidenceNeed.needed_for == step_id)
        .where(Evidence.due_on == due_on)
        .order_by(col(Evidence.id))
    )
    return session.exec(query).all()


def _spoken_of(session: Session, reminder: Reminder, contacts: Contacts, needs: Needs) -> list[Evidence]:
    step, activity = session.get_one(Step, reminder.step_id), session.get_one(Activity, reminder.activity_id)
    framework = contacts.rules.of(activity)
    asks = asked_at(framework, reminder)
    together = {item.id for item in framework.evidence if item.asked_at == asks}
    found = []
    for item, evidence in needs(reminder.activity_id, step.step_id, reminder.due_on):
        ladder = contacts.ladder(activity, evidence.asked_of, reminder.escalation)
        is_asked = any(person.mailbox == reminder.recipient.lower() for _height, person in ladder)
        is_asked &= reminder.rule != ASKED or item in together
        if (not is_asked) if reminder.rule == SERVED else (is_asked and evidence.state in OPEN):
            found.append(evidence)
    return found


def said_of_evidence(session: Session, reminder: Reminder, contacts: Contacts) -> Said:
    """What a reminder about evidence says to its recipient."""
    step = session.get_one(Step, reminder.step_id)
    items = spoken_of(session, reminder, contacts)
    if reminder.rule == SERVED:
        told = [f"{item.name}: {served_in_words(session, item).lower()}" for item in items]
        return Said(f"Evidence for {step.name}, nothing to do", "; ".join(told))
    verb = "asked for" if reminder.rule == ASKED else "still to come"
    return Said(f"Evidence for {step.name}, {verb}", list_in_words([item.name for item in items]))


def _awaited(session: Session, until: date) -> Iterable[_Waiting]:
    """What is still to come by a day, under the activity that needs it first, apart from deadlines of their own."""
    query = (
        select(EvidenceNeed, Evidence, Activity)
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .join(Activity, col(Activity.id) == col(EvidenceNeed.activity_id))
        .where(col(Evidence.state).in_(OPEN), Evidence.due_on <= until)
        .where(col(Activity.state).in_(LIVING))
        .order_by(col(EvidenceNeed.id))
    )
    found: dict[tuple[int | None, date], _Waiting] = {}
    first: set[int] = set()
    known: dict[int, dict[str, Step]] = {}
    for need, evidence, activity in session.exec(query).all():
        if need.activity_id not in known:
            known[need.activity_id] = {step.step_id: step for step in steps_of(session, activity)}
        steps = known[need.activity_id]
        if need.evidence_id in first or need.needed_for not in steps:
            continue
        first.add(need.evidence_id)
        due_step, step = steps.get(need.due_step), steps[need.needed_for]
        if due_step is None or due_step.state in FINISHED or due_step.due_on != evidence.due_on:
            waiting = _Waiting(activity, step, evidence.due_on, [])
            found.setdefault((step.id, evidence.due_on), waiting).items.append(evidence)
    return found.values()
