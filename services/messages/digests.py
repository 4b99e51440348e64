"""What is due put together: one message a person and day, under a Message-ID that follows from what it holds."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Activity, Announcement, Delivery, Reminder, Step
from models.insertion import insert_new
from services.casework.announcements import (
    CANCELLED,
    LEFT,
    WITHDRAWN,
    News,
    days_from_json,
    days_to_json,
    news,
    span_of,
)
from services.casework.contacts import Contacts
from services.casework.evidence.asked_before import was_asked_before
from services.casework.evidence.reminding import is_about_evidence, spoken_of
from services.casework.follow_up.reminding import is_about_follow_up, is_still_open
from services.casework.reminders import CHANNEL, DONE, UNDONE, is_still_news, readdress
from services.casework.steps import FINISHED, first_day, sign_off_due
from services.messages.composing import Composer, Message
from services.messages.contents import SINGLE_WORDS, Content, Due, about
from services.programme import rules_of

UNSENT = ("waiting", "refused", "deferred", "failed")
"""States of digests that are known not to have arrived."""

COUNTED = ("state", "attempts", "deferrals", "next_at", "claimed_at", "error")
"""What a message that is put together anew takes over, so that a mailbox that refuses all is given up one day."""


def collect(session: Session, as_of: date, address: str = "") -> tuple[int, int]:
    """Put everything that is due into messages; returns the numbers of new messages and of reminders in them.

    A message of which it is known that it did not arrive is put together anew where it would not be true today: it
    is of an earlier day, a step was done or moved since, somebody else holds the role now, or there is more to say.
    Who was sent a message today hears the rest on the next day.
    """
    rules = rules_of(session)
    contacts = Contacts(session, rules)
    unsent = _take_back(session, contacts)
    contents = _contents(session, as_of, contacts, news(session, rules, contacts))
    composer = Composer(session, rules, contacts, as_of, address)
    served = _served(session, as_of)
    messages = reminders = 0
    for mailbox, content in contents.items():
        if mailbox not in served:
            _store(session, content, composer.message(content), as_of, unsent.get(mailbox, {}))
            if mailbox not in unsent:
                messages, reminders = messages + 1, reminders + len(content.due)
    return messages, reminders


def still_holds(session: Session, row: Delivery) -> bool:
    """Whether everything that a message says is still so: what it reminds of, and the days that it tells."""
    contacts = Contacts(session, rules_of(session))
    are_due = all(_still_holds(session, due, contacts) for due in _held(session, row))
    return are_due and all(_is_so(session, told, contacts) for told in _told(session, row))


def take_apart(session: Session, row: Delivery) -> None:
    """Dissolve a message that did not arrive: what still holds is planned again, and nothing counts as told."""
    contacts = Contacts(session, rules_of(session))
    for due in _held(session, row):
        due.reminder.delivery_id = None
        due.reminder.state = "planned" if _still_holds(session, due, contacts) else "superseded"
    for told in _told(session, row):
        session.delete(told)
    session.flush()
    session.delete(row)
    session.flush()


def message_id(content: Content, as_of: date) -> str:
    """The same things said make the same Message-ID, whatever their rows' numbers are."""
    reminders = (
        f"{due.activity.code}|{due.step.step_id}|{due.reminder.rule}|{due.reminder.occurrence}|{due.reminder.due_on}"
        f"|{due.reminder.channel}"
        for due in content.due
    )
    told = (
        f"{item.activity.code}|{item.occasion}|{days_to_json(item.days)}|{as_of}" for item in content.news
    )
    keys = [content.person.mailbox, *sorted([*reminders, *told])]
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return f"<{digest[:40]}@jarcycle>"


def _take_back(session: Session, contacts: Contacts) -> dict[str, dict[str, Any]]:
    """Dissolve what would not be true today; returns how often each mailbox had refused it."""
    holds_something = col(Delivery.id).in_(select(Reminder.delivery_id)) | col(Delivery.id).in_(
        select(Announcement.delivery_id)
    )
    query = (
        select(Delivery)
        .where(col(Delivery.state).in_(UNSENT), holds_something)
        .order_by(col(Delivery.id))
        .with_for_update()
    )
    counted: dict[str, dict[str, Any]] = {}
    people = contacts.known_people()
    for row in session.exec(query).all():
        has_moved = row.recipient.lower() not in people or not all(
            _is_held_by(due.reminder, due.activity, contacts) for due in _held(session, row)
        )
        # One that was given up waits for a person, unless somebody else is meant now.
        if has_moved or row.state != "failed":
            if not has_moved:
                counted[row.recipient.lower()] = {name: getattr(row, name) for name in COUNTED}
            take_apart(session, row)
    return counted


def _held(session: Session, row: Delivery) -> list[Due]:
    query = (
        select(Reminder, Step, Activity)
        .join(Step, col(Step.id) == col(Reminder.step_id))
        .join(Activity, col(Activity.id) == col(Reminder.activity_id))
        .where(Reminder.delivery_id == row.id)
    )
    return [Due(*found) for found in session.exec(query)]


def _told(session: Session, row: Delivery) -> list[Announcement]:
    return list(session.exec(select(Announcement).where(Announcement.delivery_id == row.id)))


def _is_so(session: Session, told: Announcement, contacts: Contacts) -> bool:
    """Whether the days that were put into a message are still those of the steps; what is done stays as it was.

    Those of an activity that was called off meanwhile are not, nor are they for a role that may not hear of it now.
    """
    if told.occasion in (LEFT, CANCELLED):
        return True
    activity = session.get_one(Activity, told.activity_id)
    may_hear = contacts.may_hear(activity, told.role)
    if told.occasion == WITHDRAWN:
        return not may_hear
    if activity.state == "cancelled" or not may_hear:
        return False
    days = days_from_json(told.days)
    steps = session.exec(
        select(Step).where(Step.activity_id == told.activity_id, col(Step.state).not_in(FINISHED))
    )
    return all(days.get(step.step_id, span_of(step)) == span_of(step) for step in steps)


def _contents(session: Session, as_of: date, contacts: Contacts, told: list[News]) -> dict[str, Content]:
    """What there is to say to each mailbox today."""
    found: dict[str, Content] = {}
    for item in told:
        found.setdefault(item.person.mailbox, Content(item.person)).news.append(item)
    for due in _current(session, as_of, contacts):
        mailbox = due.reminder.recipient.lower()
        holders = contacts.holders(due.activity, due.reminder.role)
        person = next(person for person in holders if person.mailbox == mailbox)
        found.setdefault(mailbox, Content(person)).due.append(due)
    return found


def _served(session: Session, as_of: date) -> set[str]:
    """Mailboxes to which a message of that day has gone, or may have."""
    holds_something = col(Delivery.id).in_(select(Reminder.delivery_id)) | col(Delivery.id).in_(
        select(Announcement.delivery_id)
    )
    query = select(Delivery.recipient).where(Delivery.as_of == as_of, holds_something)
    return {recipient.lower() for recipient in session.exec(query)}


def _current(session: Session, as_of: date, contacts: Contacts) -> list[Due]:
    """What is due and still so; what was planned for somebody who has left goes to who holds the role today."""
    latest: dict[tuple[object, ...], Reminder] = {}
    for due in _due(session, as_of):
        reminder = due.reminder
        if not _still_holds(session, due, contacts):
            reminder.state = "superseded"  # planned while the date was moving
        elif not _is_held_by(reminder, due.activity, contacts):
            reminder.state = "skipped"
            readdress(session, reminder, contacts.holders(due.activity, reminder.role))
        elif reminder.rule not in SINGLE_WORDS:
            key = reminder.recipient.lower(), *about(reminder)
            if key in latest:
                latest[key].state = "skipped"  # a later word about the same step says it all
            latest[key] = reminder
    session.flush()
    return _due(session, as_of)


def _due(session: Session, as_of: date) -> list[Due]:
    query = (
        select(Reminder, Step, Activity)
        .join(Step, col(Step.id) == col(Reminder.step_id))
        .join(Activity, col(Activity.id) == col(Reminder.activity_id))
        .where(Reminder.state == "planned", col(Reminder.remind_on) <= as_of, Activity.state != "cancelled")
        .order_by(col(Reminder.recipient), col(Reminder.remind_on), col(Reminder.id))
        .with_for_update(of=Reminder)
    )
    return [Due(*row) for row in session.exec(query)]


def _still_holds(session: Session, due: Due, contacts: Contacts) -> bool:
    """Whether a reminder still says what is so."""
    reminder, step = due.reminder, due.step
    if not contacts.may_hear(due.activity, reminder.role):
        return False  # the notice was withdrawn meanwhile
    if is_about_evidence(reminder):
        is_awaited = bool(spoken_of(session, reminder, contacts))
        return is_awaited and not was_asked_before(session, reminder, contacts)
    if is_about_follow_up(reminder):
        return is_still_open(session, reminder, contacts)
    if reminder.rule in (DONE, UNDONE):
        return is_still_news(session, step, reminder)
    return step.state not in FINISHED and reminder.due_on in (first_day(step), sign_off_due(step))


def _is_held_by(reminder: Reminder, activity: Activity, contacts: Contacts) -> bool:
    holders = contacts.holders(activity, reminder.role)
    return reminder.recipient.lower() in {person.mailbox for person in holders}


def _store(
    session: Session, content: Content, message: Message, as_of: date, counted: Mapping[str, Any]
) -> None:
    name = message_id(content, as_of)
    row = {
        "message_id": name,
        "as_of": as_of,
        "channel": CHANNEL,
        "recipient": content.person.email,
        "subject": message.subject,
        "body": message.body,
        "occasions": " ".join(message.occasions),
        "calendar": message.calendar,
        "state": "waiting",
        "attempts": 0,
        "deferrals": 0,
        "claimed_by": "",
        "error": "",
        **counted,
    }
    insert_new(session, Delivery, [row])
    delivery_id = session.exec(select(Delivery.id).where(Delivery.message_id == name)).one()
    session.exec(
        update(Reminder)
        .where(col(Reminder.id).in_([due.reminder.id for due in content.due]))
        .values(state="included", delivery_id=delivery_id)
    )
    told = [_announcement(item, as_of, delivery_id or 0) for item in content.news]
    insert_new(session, Announcement, told)


def _announcement(item: News, as_of: date, delivery_id: int) -> dict[str, Any]:
    return {
        "activity_id": item.activity.id,
        "recipient": item.person.mailbox,
        "role": item.person.role,
        "occasion": item.occasion,
        "told_on": as_of,
        "plan_version": item.activity.plan_version,
        "days": days_to_json(item.days),
        "notice": item.notice,
        "delivery_id": delivery_id,
    }
