"""Who is invited in a round, for people inside; and what an authority was asked and has answered, for itself."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.questionnaire import Questionnaire
from models import QuestionnaireAnswer, QuestionnaireInvitation, QuestionnaireRound
from services.questionnaires.answering import COMMENT, answer_of, answers_in
from services.questionnaires.sent_rounds import document_of, invitations_of


@dataclass(frozen=True)
class InvitedLine:
    """An authority in a round; `answered_on` is None while it has not answered.

    `num_replaced` counts the answers whose place the last one took.
    """

    area_code: str
    area: str
    invited: str
    reply_by: date
    reminded_on: date | None
    answered_on: date | None = None
    answered_by: str = ""
    is_late: bool = False
    num_replaced: int = 0


def invited_lines(session: Session, number: int) -> list[InvitedLine]:
    """Everybody whom a round invited, by the name of the authority."""
    found = []
    for invitation in invitations_of(session, number):
        answer = answer_of(session, invitation)
        line = InvitedLine(
            invitation.area_code,
            invitation.area_name,
            invitation.invited,
            invitation.reply_by,
            invitation.reminded_on,
        )
        if answer is not None:
            line = InvitedLine(
                line.area_code,
                line.area,
                line.invited,
                line.reply_by,
                line.reminded_on,
                answer.answered_on,
                f"{answer.person}, {answer.position}",
                answer.is_late,
                answer.num_replaced,
            )
        found.append(line)
    return found


@dataclass(frozen=True)
class OwnAnswer:
    """What an authority was asked in a round, and its answer as questions with words; none while it has not answered.

    `closed_on` is None while it may still answer.
    """

    number: int
    name: str
    invited: str
    reply_by: date
    closed_on: date | None
    answered_on: date | None
    answered_by: str
    is_late: bool
    answers: tuple[tuple[str, str], ...]


def own_answers(session: Session, _as_of: date, area: str) -> list[OwnAnswer]:
    """Everything that an area's authority was asked, the latest first."""
    query = (
        select(QuestionnaireInvitation, QuestionnaireRound)
        .join(QuestionnaireRound, col(QuestionnaireRound.id) == col(QuestionnaireInvitation.round_id))
        .where(QuestionnaireInvitation.area_code == area)
        .order_by(col(QuestionnaireInvitation.id).desc())
    )
    return [
        _own(invitation, row, answer_of(session, invitation)) for invitation, row in session.exec(query).all()
    ]


def _own(
    invitation: QuestionnaireInvitation, row: QuestionnaireRound, answer: QuestionnaireAnswer | None
) -> OwnAnswer:
    asked = document_of(row)
    return OwnAnswer(
        row.id or 0,
        asked.name,
        invitation.invited,
        invitation.reply_by,
        row.closed_on,
        None if answer is None else answer.answered_on,
        "" if answer is None else f"{answer.person}, {answer.position}",
        answer is not None and answer.is_late,
        () if answer is None else _in_words(asked, answer),
    )


def _in_words(asked: Questionnaire, answer: QuestionnaireAnswer) -> tuple[tuple[str, str], ...]:
    said = answers_in(answer)
    found = []
    for question in asked.questions:
        value = said.get(question.id, "")
        text = question.choices.get(value, value) if isinstance(value, str) else "; ".join(value)
        comment = said.get(f"{question.id}{COMMENT}", "")
        words = ". ".join(part for part in (text, str(comment)) if part)
        if words:
            found.append((question.text, words))
    return tuple(found)
