"""Invitations and reminders of a questionnaire: one message with a link of its own, whose secret is kept nowhere."""

import hashlib
import secrets
from datetime import date

from sqlmodel import Session, col, select

from config.framework import role_in_words
from config.questionnaire import Questionnaire
from models import Area, Contact, Delivery, QuestionnaireInvitation, QuestionnaireLink, QuestionnaireRound
from services.accounts.visits import hash_of_secret
from services.audit import Word
from services.casework.contacts import OPERATIONS, Contacts
from services.casework.contacts import Person as Holder
from services.days.working_days import subtract_working_days
from services.messages.composing import Composer
from services.messages.triggers import QUESTIONNAIRE
from services.messages.values import AskedToAnswer, Item, Person, Review
from services.programme import rules_of

ANSWERS = "/answers"
"""Where links to questionnaires begin, behind the console's address."""


def invite(
    session: Session,
    row: QuestionnaireRound,
    area: Area,
    contact: Contact,
    reply_by: date,
    word: Word,
    address: str,
) -> QuestionnaireInvitation:
    """Invite the contact of an area, and queue the message."""
    asked = Questionnaire.model_validate_json(row.document)
    invitation = QuestionnaireInvitation(
        round_id=row.id or 0,
        area_code=area.code,
        area_name=area.name,
        invited=contact.name,
        email=contact.email,
        sent_on=word.as_of,
        reply_by=reply_by,
        remind_on=subtract_working_days(reply_by, asked.remind_before),
    )
    session.add(invitation)
    session.flush()
    write_to(session, invitation, asked, word.as_of, address, is_reminder=False)
    return invitation


def write_to(
    session: Session,
    invitation: QuestionnaireInvitation,
    asked: Questionnaire,
    as_of: date,
    address: str,
    *,
    is_reminder: bool,
) -> None:
    """Queue the invitation or the reminder, with a new link; earlier links go on to lead there."""
    secret = secrets.token_urlsafe(32)
    session.add(QuestionnaireLink(secret_hash=hash_of_secret(secret), invitation_id=invitation.id or 0))
    rules = rules_of(session)
    to_answer = AskedToAnswer(
        asked.name, len(asked.questions), invitation.reply_by, f"{address}{ANSWERS}/{secret}", is_reminder
    )
    people = _whom_to_ask(session)
    review = Review("", invitation.area_name, asked.name, precision="", lines=(), people=people)
    reader = Holder(invitation.invited, invitation.email, asked.asked_of)
    composer = Composer(session, rules, Contacts(session, rules), as_of, address)
    message = composer.put_together({QUESTIONNAIRE: [Item(review, to_answer=to_answer)]}, reader, "authority")
    session.add(
        Delivery(
            message_id=_message_id(invitation, is_reminder),
            as_of=as_of,
            channel="mail",
            recipient=invitation.email,
            subject=message.subject,
            body=message.body,
            occasions=QUESTIONNAIRE,
        )
    )
    session.flush()


def _whom_to_ask(session: Session) -> tuple[Person, ...]:
    """R156: one contact for questions about it: the first of operations."""
    query = select(Contact).where(Contact.role == OPERATIONS).order_by(col(Contact.id))
    found = session.exec(query).first()
    if found is None:
        return ()
    return (Person(found.name, role_in_words(found.role), found.email, found.telephone),)


def _message_id(invitation: QuestionnaireInvitation, is_reminder: bool) -> str:
    digest = hashlib.sha256(f"{invitation.id}|{is_reminder}|{invitation.email}".encode()).hexdigest()
    return f"<questionnaire-{digest[:32]}@jarcycle>"
