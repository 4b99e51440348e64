"""What is still news on a day, and what every message about a case of an area has."""

from datetime import date, timedelta

from sqlmodel import Session

from models import Area, Contact
from services.casework.contacts import Person
from services.messages.single_messages import whom_to_ask
from services.messages.values import Happened, Item, Review

NEWS_FOR = timedelta(days=14)
"""What happened earlier is told to nobody any more: a programme that is adopted half-way has much of that."""


def first_day_of_news(as_of: date) -> date:
    """The first day of which something is still told on a day."""
    return as_of - NEWS_FOR


def item_about(
    session: Session,
    area_code: str,
    name: str,
    happened: Happened,
    address: str,
    contact: Contact | None = None,
) -> Item:
    """What happened in an area, with its page and whom to ask: the contact, else operations."""
    return Item(
        Review(
            code="",
            area=session.get_one(Area, area_code).name,
            name=name,
            precision="",
            lines=(),
            people=whom_to_ask(session, contact),
            address=f"{address}/areas/{area_code}" if address else "",
        ),
        happened=happened,
    )


def reader_of(contact: Contact) -> Person:
    """A contact as somebody who is told."""
    return Person(contact.name, contact.email, contact.role, telephone=contact.telephone)
