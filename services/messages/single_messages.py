"""Messages of their own, beside the one message of a day: each is made once, and goes out with the next run."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.framework import role_in_words
from models import Contact, Delivery
from services.casework.contacts import OPERATIONS, Contacts
from services.casework.contacts import Person as Holder
from services.messages.composing import Composer
from services.messages.values import Item, Person, Side
from services.programme import rules_of


@dataclass(frozen=True)
class SingleMessage:
    """What one person is told of one thing; `key` tells it from everything else said on that occasion."""

    occasion: str
    key: str
    item: Item
    reader: Holder
    side: Side


def queue(session: Session, said: SingleMessage, as_of: date, address: str) -> bool:
    """Make the message; whether it is new: the same key on the same occasion is said to a mailbox once."""
    name = _message_id(said)
    if session.exec(select(Delivery.id).where(Delivery.message_id == name)).first() is not None:
        return False
    rules = rules_of(session)
    composer = Composer(session, rules, Contacts(session, rules), as_of, address)
    message = composer.put_together({said.occasion: [said.item]}, said.reader, said.side)
    session.add(
        Delivery(
            message_id=name,
            as_of=as_of,
            channel="mail",
            recipient=said.reader.email,
            subject=message.subject,
            body=message.body,
            occasions=said.occasion,
        )
    )
    session.flush()
    return True


def whom_to_ask(session: Session, contact: Contact | None = None) -> tuple[Person, ...]:
    """R156: one contact for questions: this one, else the first of operations; empty if there is nobody."""
    query = select(Contact).where(Contact.role == OPERATIONS).order_by(col(Contact.id))
    found = contact or session.exec(query).first()
    if found is None:
        return ()
    return (Person(found.name, role_in_words(found.role), found.email, found.telephone),)


def _message_id(said: SingleMessage) -> str:
    digest = hashlib.sha256(f"{said.occasion}|{said.key}|{said.reader.mailbox}".encode()).hexdigest()
    return f"<{said.occasion}-{digest[:32]}@jarcycle>"
