"""Reminders as rows: each intended word to one person about one step exists once (R064 says who stands in).

20, 10, 5 and 1 working days before, on the day, then every third working day while a step is late, each time one
step higher up the ladder (all of it policy). When a date changes or a step is done, what has not gone out
is superseded in the same transaction (see `step_rows` and `casework.finish`).
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from models import Activity, Reminder, Step
from services.contacts import Contacts, Person
from services.insertion import insert_new
from services.programme import Rules, rules_of
from services.reminder_days import Moment, horizon, moments
from services.step_rows import LIVING, first_day

logger = logging.getLogger(__name__)

CHANNEL = "mail"
Key = tuple[int, str, int, date]
"""Step, rule, occurrence and due day of a moment."""


def plan_reminders(session: Session, as_of: date) -> int:
    """Make the rows of every reminder that is due by a day and not there yet; returns how many are new."""
    rules = rules_of(session)
    begins_on = func.coalesce(Step.start_on, Step.due_on)
    query = (
        select(Step, Activity)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .where(col(Activity.state).in_(LIVING), col(Activity.precision).is_not(None))
        .where(Step.state != "done", begins_on <= horizon(rules.policy.reminders, as_of))
        .order_by(col(Activity.code), col(Step.position))
    )
    return _plan(session, session.exec(query).all(), rules, Contacts(session, rules), as_of)


def plan_for_steps(
    session: Session, activity: Activity, steps: Iterable[Step], rules: Rules, contacts: Contacts, as_of: date
) -> int:
    """The same for some steps of one activity."""
    return _plan(session, [(step, activity) for step in steps], rules, contacts, as_of)


def tell_done(session: Session, activity: Activity, step: Step, as_of: date, contacts: Contacts) -> int:
    """Plan a word to those who are told of a step, and those who get a copy, that it is done (R064, R066, R067)."""
    assert step.actual_on is not None
    moment = Moment("done", _times_undone(session, step), step.actual_on, as_of)
    roles = [*step.told.split(), *step.copied.split()]
    return insert_new(
        session, Reminder, list(_rows(activity, step, moment, _holders(contacts, activity, roles)))
    )


def tell_moved(session: Session, activity: Activity, step: Step, as_of: date, contacts: Contacts) -> int:
    """Plan a word to those who act in a stage and those who are told of it that its announced dates changed (R019)."""
    assert step.start_on is not None
    moment = Moment("moved", activity.revision, step.start_on, as_of)
    roles = [*step.who.split(), *step.told.split(), *step.copied.split()]
    return insert_new(
        session, Reminder, list(_rows(activity, step, moment, _holders(contacts, activity, roles)))
    )


def tell_undone(session: Session, activity: Activity, step: Step, as_of: date, contacts: Contacts) -> int:
    """Take back the word that a step is done: unsent it is dropped, else those who had it are told otherwise."""
    told = list(session.exec(select(Reminder).where(Reminder.step_id == step.id, Reminder.rule == "done")))
    sent = {row.recipient for row in told if row.state == "included"}
    for row in told:
        if row.state != "included":
            session.delete(row)
    session.flush()
    if not sent:
        return 0
    moment = Moment("undone", _times_undone(session, step), first_day(step), as_of)
    people = _holders(contacts, activity, [*step.told.split(), *step.copied.split()])
    return insert_new(
        session,
        Reminder,
        list(_rows(activity, step, moment, [own for own in people if own[1].email in sent])),
    )


def _times_undone(session: Session, step: Step) -> int:
    """How often a word about a step was taken back from those who had been told."""
    query = select(Reminder.occurrence).where(Reminder.step_id == step.id, Reminder.rule == "undone")
    return len(set(session.exec(query)))


def _plan(
    session: Session, pairs: Sequence[tuple[Step, Activity]], rules: Rules, contacts: Contacts, as_of: date
) -> int:
    known = _known(session, [step.id for step, _activity in pairs if step.id is not None])
    rows: list[dict[str, Any]] = []
    again: list[int] = []
    for step, activity in pairs:
        for moment in moments(step, rules.policy.reminders, as_of):
            there = known.get((step.id or 0, moment.rule, moment.occurrence, moment.due_on))
            if there is None:
                rows.extend(_rows(activity, step, moment, _recipients(contacts, activity, step, moment)))
            else:
                again.extend(number for number, state in there if state == "superseded")
    return insert_new(session, Reminder, rows) + _revive(session, again)


def _known(session: Session, step_ids: list[int]) -> dict[Key, list[tuple[int, str]]]:
    """Rows by what they are about: one that is there is not made again, even if somebody else holds the role now."""
    found: dict[Key, list[tuple[int, str]]] = {}
    for first in range(0, len(step_ids), 500):
        query = select(Reminder).where(col(Reminder.step_id).in_(step_ids[first : first + 500]))
        for row in session.exec(query):
            key = (row.step_id, row.rule, row.occurrence, row.due_on)
            found.setdefault(key, []).append((row.id or 0, row.state))
    return found


def _revive(session: Session, row_ids: list[int]) -> int:
    """A date that came back brings back the reminders that had been superseded and never went out."""
    for row_id in row_ids:
        session.exec(update(Reminder).where(col(Reminder.id) == row_id).values(state="planned"))
    return len(row_ids)


def _recipients(
    contacts: Contacts, activity: Activity, step: Step, moment: Moment
) -> Iterator[tuple[int, Person]]:
    signs = [step.sign_off] if step.sign_off else []
    roles = step.who.split()
    if moment.of_the_end:
        roles = signs or roles
    elif moment.rule == "overdue":
        roles += signs
    for role in dict.fromkeys(roles):
        yield from contacts.ladder(activity, role, moment.level)


def _holders(contacts: Contacts, activity: Activity, roles: Iterable[str]) -> Iterator[tuple[int, Person]]:
    for role in dict.fromkeys(roles):
        yield from ((0, person) for person in contacts.holders(activity, role))


def _rows(
    activity: Activity, step: Step, moment: Moment, people: Iterable[tuple[int, Person]]
) -> Iterator[dict[str, Any]]:
    by_mail: dict[str, tuple[int, Person]] = {}
    for level, person in people:
        by_mail.setdefault(person.email, (level, person))
    if not by_mail and moment.rule != "done":  # a step may have nobody to be told
        logger.warning("%s %s: nobody can be reminded. Maybe add a contact.", activity.code, step.step_id)
    for level, person in by_mail.values():
        yield {
            "activity_id": activity.id,
            "step_id": step.id,
            "rule": moment.rule,
            "occurrence": moment.occurrence,
            "due_on": moment.due_on,
            "remind_on": moment.remind_on,
            "channel": CHANNEL,
            "recipient": person.email,
            "role": person.role,
            "escalation": level,
            "state": "planned",
        }
