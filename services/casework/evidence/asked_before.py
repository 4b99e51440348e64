"""What somebody was asked for before a step was undone and done again: it is not said twice."""

import json

from sqlmodel import Session, col, func, select

from models import Activity, Announcement, Delivery, Reminder
from services import audit
from services.casework.announcements import OVER
from services.casework.contacts import Contacts
from services.casework.evidence.reminding import ASKED, asked_at, spoken_of
from services.casework.reminders import UNHEARD
from services.casework.undoing import UNDO


def was_asked_before(session: Session, reminder: Reminder, contacts: Contacts) -> bool:
    """Whether the reader of a word has heard already all that it asks for, and nothing to the contrary since.

    The same items are asked for again, by the same day, where the step that asks was undone and done again. Who has
    heard meanwhile that the review is none of theirs any more is asked anew.
    """
    if reminder.rule != ASKED:
        return False
    activity = session.get_one(Activity, reminder.activity_id)
    asks = asked_at(contacts.rules.of(activity), reminder)
    heard_in = _heard_in(session, reminder, contacts, asks)
    if heard_in is None or _has_ended(session, reminder, heard_in):
        return False
    items = {item.name for item in spoken_of(session, reminder, contacts)}
    return items <= _taken_back(session, f"{activity.code} {asks}")


def _heard_in(session: Session, reminder: Reminder, contacts: Contacts, asks: str) -> int | None:
    """The last other message that asked the same person at the same step for the same day, if it has arrived."""
    framework = contacts.rules.of(session.get_one(Activity, reminder.activity_id))
    query = (
        select(Reminder)
        .join(Delivery, col(Delivery.id) == col(Reminder.delivery_id))
        .where(Reminder.step_id == reminder.step_id, Reminder.rule == ASKED, Reminder.id != reminder.id)
        .where(Reminder.due_on == reminder.due_on, col(Delivery.state).not_in(UNHEARD))
        .where(func.lower(Reminder.recipient) == reminder.recipient.lower())
    )
    others = (row for row in session.exec(query) if row.delivery_id != reminder.delivery_id)
    return max((row.delivery_id or 0 for row in others if asked_at(framework, row) == asks), default=None)


def _has_ended(session: Session, reminder: Reminder, since: int) -> bool:
    """Whether somebody has heard after a message that the review is none of theirs any more."""
    query = (
        select(Announcement.id)
        .join(Delivery, col(Delivery.id) == col(Announcement.delivery_id))
        .where(Announcement.activity_id == reminder.activity_id, col(Announcement.occasion).in_(OVER))
        .where(Announcement.recipient == reminder.recipient.lower(), Announcement.delivery_id > since)
        .where(col(Delivery.state).not_in(UNHEARD))
    )
    return session.exec(query).first() is not None


def _taken_back(session: Session, step: str) -> set[str]:
    """Names of the items that went each time with the word about a step."""
    told = (
        json.loads(entry.after or "{}")
        for entry in audit.entries(session, subject=step)
        if entry.action == UNDO
    )
    gone = [set(after["gone"]["evidence"]) for after in told if "evidence" in after.get("gone", {})]
    return set.intersection(*gone) if gone else set()
