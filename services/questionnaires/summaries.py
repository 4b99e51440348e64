"""What came of a round and of an evaluation: how many answered, in time or late, and how many took part in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import EvaluationConference, QuestionnaireAnswer, QuestionnaireInvitation, QuestionnaireRound
from services.errors import Refused
from services.questionnaires.answering import answers_in
from services.questionnaires.conferences import authorities_of, conferences_of
from services.questionnaires.counting import Counted, Share, count, for_outside
from services.questionnaires.sent_rounds import document_of, find_round


@dataclass(frozen=True)
class RoundLine:
    """A round in a list: `answered` of those invited; `num_late` of the answers came after the day of reply."""

    number: int
    questionnaire: str
    name: str
    version: int
    evaluation: str
    opened_on: date
    reply_by: date | None
    closed_on: date | None
    answered: Share
    num_late: int

    @property
    def num_open(self) -> int:
        """How many who were invited have not answered."""
        return self.answered.base - (self.answered.number or 0)


@dataclass(frozen=True)
class RoundSummary:
    """A round with its questions counted."""

    line: RoundLine
    questions: tuple[Counted, ...]
    is_outside: bool


@dataclass(frozen=True)
class EvaluationLine:
    """Everything of one evaluation (R182): rounds, conferences, and how many authorities took part, each once."""

    evaluation: str
    rounds: tuple[RoundLine, ...]
    conferences: tuple[EvaluationConference, ...]
    num_delegates: int
    num_at_conferences: int
    num_authorities: int


def list_rounds(session: Session, evaluation: str | None = None) -> list[RoundLine]:
    """Every round, the newest first."""
    query = select(QuestionnaireRound).order_by(col(QuestionnaireRound.id).desc())
    rows = session.exec(
        query if evaluation is None else query.where(QuestionnaireRound.evaluation == evaluation)
    )
    return [_line(session, row) for row in rows]


def summary_of(session: Session, number: int, *, outside: bool) -> RoundSummary:
    """A round in numbers; `outside` without texts and small numbers, once it is closed.

    Raises
    ------
    Refused
        If it is for readers outside and the round is still open.
    """
    row = find_round(session, number)
    if outside and row.closed_on is None:
        message = "it is still open: outside it is shown once it is closed."
        raise Refused.because(f"round {number}", message, "Close it first.")
    asked = document_of(row)
    questions = count(asked, [answers_in(answer) for answer, _invitation in _answers(session, number)])
    return RoundSummary(_line(session, row), for_outside(asked, questions) if outside else questions, outside)


def evaluations(session: Session) -> list[str]:
    """The names of all evaluations, of rounds and of conferences alone."""
    of_rounds = session.exec(select(QuestionnaireRound.evaluation).distinct())
    of_conferences = session.exec(select(EvaluationConference.evaluation).distinct())
    return sorted({*of_rounds, *of_conferences})


def evaluation_line(session: Session, evaluation: str) -> EvaluationLine:
    """What an evaluation rests on: who answered a questionnaire or sent somebody to a conference, each once."""
    rounds = list_rounds(session, evaluation)
    conferences = conferences_of(session, evaluation)
    came = _united(authorities_of(conference) for conference in conferences)
    answered = _united(
        [invitation.area_code for _answer, invitation in _answers(session, line.number)] for line in rounds
    )
    return EvaluationLine(
        evaluation,
        tuple(rounds),
        tuple(conferences),
        sum(conference.num_delegates for conference in conferences),
        len(came),
        len(came | answered),
    )


def _united(groups: Iterable[Iterable[str]]) -> set[str]:
    return {code for group in groups for code in group}


def _answers(session: Session, number: int) -> list[tuple[QuestionnaireAnswer, QuestionnaireInvitation]]:
    query = (
        select(QuestionnaireAnswer, QuestionnaireInvitation)
        .join(
            QuestionnaireInvitation,
            col(QuestionnaireInvitation.id) == col(QuestionnaireAnswer.invitation_id),
        )
        .where(QuestionnaireInvitation.round_id == number)
        .order_by(col(QuestionnaireInvitation.area_name))
    )
    return list(session.exec(query).all())


def _line(session: Session, row: QuestionnaireRound) -> RoundLine:
    found = [answer for answer, _invitation in _answers(session, row.id or 0)]
    invited = session.exec(
        select(QuestionnaireInvitation.id).where(QuestionnaireInvitation.round_id == row.id)
    ).all()
    return RoundLine(
        row.id or 0,
        row.questionnaire,
        document_of(row).name,
        row.version,
        row.evaluation,
        row.opened_on,
        row.reply_by,
        row.closed_on,
        Share(len(found), len(invited)),
        sum(answer.is_late for answer in found),
    )
