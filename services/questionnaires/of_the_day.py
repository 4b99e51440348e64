"""The daily work of questionnaires: invitations by a step of each activity, and reminders, each once."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import (
    Activity,
    Area,
    QuestionnaireAnswer,
    QuestionnaireInvitation,
    QuestionnaireRound,
    Step,
)
from reports.words import plural
from services.audit import Word
from services.casework.contacts import Contacts
from services.casework.steps import FINISHED, LIVING, last_day
from services.days.working_days import next_working_day, subtract_working_days
from services.programme import rules_of
from services.questionnaires.mails import invite, write_to
from services.questionnaires.sent_rounds import contact_asked, document_of


@dataclass(frozen=True)
class DayOfQuestionnaires:
    """How many authorities were invited, and how many reminded."""

    invited: int = 0
    reminded: int = 0

    @property
    def is_something(self) -> bool:
        """Whether anything was due."""
        return bool(self.invited or self.reminded)

    def __str__(self) -> str:
        return (
            f"{plural(self.invited, 'invitation')} and {plural(self.reminded, 'reminder')} of questionnaires"
        )


def work_of_the_day(session: Session, word: Word, address: str) -> DayOfQuestionnaires:
    """Queue what is due by the day of the word; done twice, nothing is sent twice. Without an address nothing is."""
    query = select(QuestionnaireRound).where(col(QuestionnaireRound.closed_on).is_(None))
    rounds = list(session.exec(query)) if address else []
    invited = sum(_by_step(session, row, word, address) for row in rounds if row.is_standing)
    return DayOfQuestionnaires(invited, sum(_reminded(session, row, word.as_of, address) for row in rounds))


def _by_step(session: Session, row: QuestionnaireRound, word: Word, address: str) -> int:
    """R164: the authority is invited some working days before the step is due, and answers by that day."""
    rule = document_of(row).sent_by
    if rule is None:
        return 0
    query = (
        select(Activity, Step, Area)
        .join(Step, col(Step.activity_id) == col(Activity.id))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(Activity.kind == rule.kind, Step.step_id == rule.step)
        .where(col(Activity.state).in_(LIVING), col(Step.state).not_in(FINISHED))
        .order_by(col(Area.name))
    )
    asked = set(
        session.exec(
            select(QuestionnaireInvitation.area_code).where(QuestionnaireInvitation.round_id == row.id)
        )
    )
    contacts, invited = Contacts(session, rules_of(session)), 0
    for activity, step, area in session.exec(query).all():
        due_on = last_day(step)
        is_time = subtract_working_days(due_on, rule.working_days_before) <= word.as_of <= due_on
        contact = contact_asked(session, area.code, document_of(row)) if is_time else None
        if area.code in asked or contact is None or not contacts.may_hear(activity, contact.role):
            continue
        invite(session, row, area, contact, next_working_day(due_on), word, address)
        asked.add(area.code)
        invited += 1
    return invited


def _reminded(session: Session, row: QuestionnaireRound, as_of: date, address: str) -> int:
    """R165: once, on its day or the next on which this runs, until the day of reply."""
    query = (
        select(QuestionnaireInvitation)
        .where(QuestionnaireInvitation.round_id == row.id)
        .where(col(QuestionnaireInvitation.reminded_on).is_(None))
        .where(QuestionnaireInvitation.remind_on <= as_of, QuestionnaireInvitation.reply_by >= as_of)
        .where(col(QuestionnaireInvitation.sent_on) < as_of)
        .where(col(QuestionnaireInvitation.id).not_in(select(QuestionnaireAnswer.invitation_id)))
        .order_by(col(QuestionnaireInvitation.area_name))
    )
    due = list(session.exec(query))
    for invitation in due:
        write_to(session, invitation, document_of(row), as_of, address, is_reminder=True)
        invitation.reminded_on = as_of
    session.flush()
    return len(due)
