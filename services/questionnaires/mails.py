"""Invitations and reminders of a questionnaire: one message with a link of its own, whose secret is kept nowhere."""

import secrets
from datetime import date

from sqlmodel import Session

from config.questionnaire import Questionnaire
from models import Area, Contact, QuestionnaireInvitation, QuestionnaireLink, QuestionnaireRound
from services.accounts.visits import hash_of_secret
from services.audit import Word
from services.casework.contacts import Person as Holder
from services.days.working_days import subtract_working_days
from services.messages.single_messages import SingleMessage, queue, whom_to_ask
from services.messages.triggers import QUESTIONNAIRE
from services.messages.values import AskedToAnswer, Item, Review

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
    to_answer = AskedToAnswer(
        asked.name, len(asked.questions), invitation.reply_by, f"{address}{ANSWERS}/{secret}", is_reminder
    )
    review = Review("", invitation.area_name, asked.name, precision="", lines=(), people=whom_to_ask(session))
    reader = Holder(invitation.invited, invitation.email, asked.asked_of)
    item = Item(review, to_answer=to_answer)
    said = SingleMessage(QUESTIONNAIRE, f"{invitation.id}|{is_reminder}", item, reader, "authority")
    queue(session, said, as_of, address)
