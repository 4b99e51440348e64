"""Who is invited in a round, for people inside: whether they have answered, when and in whose name."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.questionnaires.answering import answer_of
from services.questionnaires.sent_rounds import invitations_of


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
