"""What an authority was sent and what it will be sent: about its own announced reviews, and nothing else (R068)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from models import Activity, Announcement, Contact, Delivery, Reminder
from services.casework.announcement import announced
from services.casework.contacts import Contacts
from services.messages.coming import ComingReminder, coming_reminders
from services.programme import rules_of

MOST_SHOWN = 100


@dataclass(frozen=True)
class OwnMessages:
    """The messages to an area's authority, the newest first, and the reminders to come."""

    sent: tuple[Delivery, ...]
    coming: tuple[ComingReminder, ...]


def own_messages(session: Session, as_of: date, area_code: str) -> OwnMessages:
    """Messages to contacts of the authority's side, each of them about nothing but announced reviews of the area.

    One that also speaks of another area, or of what is not announced any more, is left out as a whole.
    """
    query = select(Activity).where(Activity.area_code == area_code)
    rows = {row.code: row for row in session.exec(query)}
    known = [rows[code] for code in announced(session, rows.keys())]
    sent = _sent(session, _addresses(session, area_code, known), {row.id or 0 for row in known})
    return OwnMessages(tuple(sent), coming_reminders(session, as_of, area_code, to_authority=True))


def _addresses(session: Session, area_code: str, known: list[Activity]) -> set[str]:
    """The mailboxes of the authority's side of an area."""
    contacts = Contacts(session, rules_of(session))
    query = select(Contact).where(Contact.area_code == area_code, Contact.email != "")
    return {
        contact.email.lower()
        for contact in session.exec(query)
        if any(not contacts.is_inside(activity, contact.role) for activity in known)
    }


def _sent(session: Session, addresses: set[str], known: set[int]) -> list[Delivery]:
    to_them = func.lower(col(Delivery.recipient)).in_(addresses)
    rows = session.exec(select(Delivery).where(to_them).order_by(col(Delivery.id).desc())).all()
    numbers = [row.id for row in rows]
    about: dict[int, set[int]] = defaultdict(set)
    reminded = select(Reminder.delivery_id, Reminder.activity_id).where(
        col(Reminder.delivery_id).in_(numbers)
    )
    told = select(Announcement.delivery_id, Announcement.activity_id).where(
        col(Announcement.delivery_id).in_(numbers)
    )
    for number, activity in (*session.exec(reminded), *session.exec(told)):
        about[number or 0].add(activity)
    of_them = [row for row in rows if (activities := about[row.id or 0]) and activities <= known]
    return of_them[:MOST_SHOWN]
