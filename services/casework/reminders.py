"""Reminders: when a step is spoken of, and each intended word to one person about it as a row that exists once.

20, 10, 5 and 1 working days before, on the day, then every third working day while a step is late, each time one
contact higher up the escalation (all of it policy, R064). When a date changes or a step is done, what has not gone
out is superseded in the same transaction (see `steps` and `advance.finish`).
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from config.policy import ReminderRules
from models import Activity, Delivery, Reminder, Step
from models.insertion import insert_new
from services.casework.contacts import Contacts, Person
from services.casework.step_turns import Action, acting_roles, horizon
from services.casework.steps import FINISHED, LIVING, first_day, sign_off_due
from services.days.working_days import add_working_days, subtract_working_days
from services.programme import Rules, rules_of

logger = logging.getLogger(__name__)

CHANNEL = "mail"
DONE, UNDONE = "done", "undone"
"""Rules of single words: a step is done, or is not done after all."""

UNHEARD = ("waiting", "refused", "deferred", "failed", "bounced")
"""States of a message that nobody has received, as far as is known."""

Key = tuple[int, str, int, date]
"""Step, rule, occurrence and due day of a moment."""


class Moment(NamedTuple):
    """One occasion to remind: `rule` is before, on_the_day or overdue, `occurrence` counts within it.

    `due_on` is the day it speaks of, `remind_on` the day it goes out. `level` is how far up the ladder it goes;
    `of_the_end` marks what asks for the sign-off of a stage that is over.
    """

    rule: str
    occurrence: int
    due_on: date
    remind_on: date
    level: int = 0
    of_the_end: bool = False


def moments(step: Step, rules: ReminderRules, as_of: date) -> list[Moment]:
    """Every moment of a step up to a day, in their order.

    A stage is announced before its first day and on it, and asked after once it is over; a milestone and a
    deadline turn on their due day. Of the moments that had passed when the date was set only the latest is
    left, and being late counts from that day on: nobody can have known before.
    """
    known_on = step.dated_on or first_day(step)
    found = _after_all(list(_ahead(first_day(step), rules)), known_on)
    late_from = sign_off_due(step)
    if step.kind == "stage" and step.needs_sign_off:
        found.append(Moment("on_the_day", 0, late_from, late_from, of_the_end=True))
    found += _overdue(late_from, known_on, step.kind == "stage", rules, as_of)
    return [moment for moment in found if moment.remind_on <= as_of]


def moments_about(day: date, known_on: date, rules: ReminderRules, as_of: date) -> list[Moment]:
    """Every moment of a day by which something is due, up to another day; people can know of it from `known_on` on."""
    found = _after_all(list(_ahead(day, rules)), known_on) + list(
        _overdue(day, known_on, False, rules, as_of)
    )
    return [moment for moment in found if moment.remind_on <= as_of]


def _ahead(day: date, rules: ReminderRules) -> Iterator[Moment]:
    for count in rules.working_days_before:
        yield Moment("before", count, day, subtract_working_days(day, count))
    if rules.on_the_day:
        yield Moment("on_the_day", 0, day, day)


def _after_all(ahead: list[Moment], known_on: date) -> list[Moment]:
    missed = [moment for moment in ahead if moment.remind_on < known_on]
    return [*missed[-1:], *ahead[len(missed) :]]


def _overdue(
    day: date, known_on: date, of_the_end: bool, rules: ReminderRules, as_of: date
) -> Iterator[Moment]:
    occurrence = 1
    remind_on = add_working_days(max(day, known_on), rules.overdue_every)
    while remind_on <= as_of:
        level = (occurrence - 1) // rules.escalate_every
        yield Moment("overdue", occurrence, day, remind_on, level, of_the_end)
        remind_on, occurrence = add_working_days(remind_on, rules.overdue_every), occurrence + 1


def plan_reminders(session: Session, as_of: date) -> int:
    """Make the rows of the latest reminder of each step that is due by a day; returns how many are new.

    After a silence only that one is made: not all that might have been said meanwhile.
    """
    rules = rules_of(session)
    begins_on = func.coalesce(Step.start_on, Step.due_on)
    query = (
        select(Step, Activity)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .where(col(Activity.state).in_(LIVING), col(Activity.precision).is_not(None))
        .where(col(Step.state).not_in(FINISHED), begins_on <= horizon(rules.policy.reminders, as_of))
        .order_by(col(Activity.code), col(Step.position))
    )
    return _plan(session, session.exec(query).all(), rules, Contacts(session, rules), as_of)


def plan_for_steps(
    session: Session, activity: Activity, steps: Iterable[Step], rules: Rules, contacts: Contacts, as_of: date
) -> int:
    """The same for some steps of one activity."""
    return _plan(session, [(step, activity) for step in steps], rules, contacts, as_of)


def tell_done(session: Session, activity: Activity, step: Step, as_of: date, contacts: Contacts) -> int:
    """Plan a word to those who are told of a step, and those who get a copy, that it is done (R064, R066, R067).

    Not of the notice itself: it goes out as a message of its own.
    """
    assert step.actual_on is not None
    if step.step_id == contacts.notice_of(activity):
        return 0
    moment = Moment(DONE, step.times_withdrawn, step.actual_on, as_of)
    roles = [*step.told.split(), *step.copied.split()]
    return insert_new(
        session, Reminder, reminder_rows(activity, step, moment, _holders(contacts, activity, roles))
    )


def tell_undone(session: Session, activity: Activity, step: Step, as_of: date, contacts: Contacts) -> int:
    """Take back the word that a step is done: in no message yet it is dropped, else who had it is told otherwise.

    Whether the message arrived shows later: `is_still_news` asks before anything is said.
    """
    of_this_word = Reminder.occurrence == step.times_withdrawn
    query = select(Reminder).where(Reminder.step_id == step.id, Reminder.rule == DONE, of_this_word)
    told = list(session.exec(query))
    in_messages = {row.recipient.lower() for row in told if row.state == "included"}
    for row in told:
        if row.state != "included":
            session.delete(row)
    session.flush()
    if not in_messages:
        return 0
    moment = Moment(UNDONE, step.times_withdrawn, first_day(step), as_of)
    roles = [*step.told.split(), *step.copied.split()]
    people = [pair for pair in _holders(contacts, activity, roles) if pair[1].mailbox in in_messages]
    return insert_new(session, Reminder, reminder_rows(activity, step, moment, people))


def is_still_news(session: Session, step: Step, row: Reminder) -> bool:
    """Whether a word that a step is done, or is not done after all, is true and says what its reader has not heard."""
    heard = _last_heard(session, step, row)
    if row.rule == DONE:
        return row.due_on == step.actual_on and heard != (DONE, row.due_on)
    return step.state != "done" and heard is not None and heard[0] == DONE


def _last_heard(session: Session, step: Step, row: Reminder) -> tuple[str, date] | None:
    """What the reader of a word heard last of whether the step is done; None: nothing that is known to them."""
    query = (
        select(Reminder, Delivery.state)
        .join(Delivery, col(Delivery.id) == col(Reminder.delivery_id))
        .where(Reminder.step_id == step.id, col(Reminder.rule).in_((DONE, UNDONE)), Reminder.id != row.id)
        .order_by(col(Reminder.delivery_id), col(Reminder.id))
    )
    heard = None
    for other, state in session.exec(query):
        if other.recipient.lower() == row.recipient.lower() and state not in UNHEARD:
            heard = other.rule, other.due_on
    return heard


def readdress(session: Session, row: Reminder, people: Iterable[Person]) -> int:
    """Plan an unsent reminder anew for who holds its role now; returns how many of them had none yet."""
    kept = row.model_dump(exclude={"id", "recipient", "delivery_id"}) | {"state": "planned"}
    return insert_new(session, Reminder, [{**kept, "recipient": person.email} for person in people])


def _plan(
    session: Session, pairs: Sequence[tuple[Step, Activity]], rules: Rules, contacts: Contacts, as_of: date
) -> int:
    known = _known(session, [step.id for step, _activity in pairs if step.id is not None])
    late = {(activity.id, step.step_id) for step, activity in pairs if sign_off_due(step) < as_of}
    rows: list[dict[str, Any]] = []
    again: list[int] = []
    for step, activity in pairs:
        waits = any((activity.id, before) in late for before in rules.of(activity).step(step.step_id).after)
        for moment in moments(step, rules.policy.reminders, as_of)[-1:]:
            if waits and says_that_it_begins(step, moment):
                continue  # it can't begin, and would be said again when it does
            there = known.get((step.id or 0, moment.rule, moment.occurrence, moment.due_on))
            roles = [
                role
                for role in roles_reminded(step, moment)
                if contacts.may_hear(activity, role, moment.remind_on)
            ]
            if there is None and roles:
                people = (pair for role in roles for pair in contacts.ladder(activity, role, moment.level))
                rows.extend(reminder_rows(activity, step, moment, people))
            elif there is not None:
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


def says_that_it_begins(step: Step, moment: Moment) -> bool:
    """Whether a moment only says that a stage begins."""
    return step.kind == "stage" and moment.rule == "on_the_day" and not moment.of_the_end


def roles_reminded(step: Step, moment: Moment) -> list[str]:
    """Who acts in a step, or signs it off where that is what is asked for."""
    roles = acting_roles(step, Action.SIGN_OFF if moment.of_the_end else Action.CARRY_OUT)
    if moment.rule == "overdue" and step.sign_off:
        roles += acting_roles(step, Action.SIGN_OFF)
    return list(dict.fromkeys(roles))


def _holders(contacts: Contacts, activity: Activity, roles: Iterable[str]) -> Iterator[tuple[int, Person]]:
    for role in dict.fromkeys(roles):
        if contacts.may_hear(activity, role):
            yield from ((0, person) for person in contacts.holders(activity, role))


def reminder_rows(
    activity: Activity, step: Step, moment: Moment, people: Iterable[tuple[int, Person]]
) -> list[dict[str, Any]]:
    """A moment as rows, one for each person."""
    by_mail: dict[str, tuple[int, Person]] = {}
    for level, person in people:
        by_mail.setdefault(person.email.lower(), (level, person))
    if not by_mail and moment.rule != DONE:  # a step may have nobody to be told
        logger.warning("%s %s: nobody can be reminded. Add a contact.", activity.code, step.step_id)
    return [
        {
            "activity_id": activity.id,
            "step_id": step.id,
            "rule": moment.rule,
            "occurrence": moment.occurrence,
            "due_on": moment.due_on,
            "remind_on": moment.remind_on,
            "channel": CHANNEL,
            "recipient": person.email,
            "role": person.asked_for or person.role,
            "escalation": level,
            "state": "planned",
        }
        for level, person in by_mail.values()
    ]
