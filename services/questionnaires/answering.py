"""Answers to a questionnaire: what may be said, whose link it is, and one answer for each authority (R164, R194)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from config.questionnaire import Question, Questionnaire
from models import (
    QuestionnaireAnswer,
    QuestionnaireInvitation,
    QuestionnaireLink,
    QuestionnaireRound,
)
from reports.words import date_in_words
from services import audit
from services.accounts.visits import hash_of_secret
from services.audit import Word
from services.errors import NotFound, Objection, Refused
from services.naming.areas import find_area
from services.questionnaires.sent_rounds import document_of, find_round

ANSWER = "answer questionnaire"
COMMENT = "_comment"
"""What stands behind the name of a question where its comment is kept."""

MOST_LETTERS = 4_000
MOST_LETTERS_OF_A_NAME = 200

Said = Mapping[str, str | list[str]]
"""Answers by question: a choice or a text, or several short texts; a question that is left out is not answered."""


@dataclass(frozen=True)
class Given:
    """What an authority answers: who wrote it down in which position, with whom, and the answers by question."""

    person: str
    position: str
    contributors: str = ""
    answers: Said = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """An answer that was taken: `is_late` after the day of reply; `replaced_on` is the day of the one before it."""

    area: str
    num_answered: int
    is_late: bool
    reply_by: date
    replaced_on: date | None

    def in_words(self) -> str:
        """What is said to whoever answered."""
        said = f"The answer of {self.area} is recorded."
        if self.replaced_on is not None:
            said += f" It takes the place of the one of {date_in_words(self.replaced_on)}."
        if self.is_late:
            said += f" It came after {date_in_words(self.reply_by)}, and is marked as late."
        return said


def invitation_of_link(session: Session, secret: str) -> QuestionnaireInvitation | None:
    """Whose link it is; None if there is no such link, or its round is closed: the two are told apart by nobody."""
    query = (
        select(QuestionnaireInvitation)
        .join(QuestionnaireLink, col(QuestionnaireLink.invitation_id) == col(QuestionnaireInvitation.id))
        .join(QuestionnaireRound, col(QuestionnaireRound.id) == col(QuestionnaireInvitation.round_id))
        .where(QuestionnaireLink.secret_hash == hash_of_secret(secret))
        .where(col(QuestionnaireRound.closed_on).is_(None))
    )
    return session.exec(query).first()


def invitation_of_area(session: Session, number: int, text: str) -> QuestionnaireInvitation:
    """The invitation of an area in a round; NotFound if it was not invited."""
    find_round(session, number)
    area = find_area(session, text)
    query = select(QuestionnaireInvitation).where(
        QuestionnaireInvitation.round_id == number, QuestionnaireInvitation.area_code == area.code
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound(area.name, f"it is not invited in round {number}.", "Name an area that is.")
    return found


def answer_of(session: Session, invitation: QuestionnaireInvitation) -> QuestionnaireAnswer | None:
    """What an authority has answered so far."""
    return session.get(QuestionnaireAnswer, invitation.id)


def answers_in(row: QuestionnaireAnswer) -> dict[str, str | list[str]]:
    """The answers of a row, by question."""
    found: dict[str, str | list[str]] = json.loads(row.answers)
    return found


def take_answer(session: Session, invitation: QuestionnaireInvitation, given: Given, word: Word) -> Taken:
    """Record the answer of an authority; a second one takes the place of the first, and a late one is kept and marked.

    Raises
    ------
    Refused
        With every reason: a closed round, nobody's name, choices that a question does not have, too many or too long
        texts, nothing answered at all.
    """
    row = find_round(session, invitation.round_id)
    asked = document_of(row)
    answers = _tidied(given.answers)
    objections = [*_closed(row), *_who(given), *_answers(asked, answers)]
    if objections:
        raise Refused(objections)
    before = answer_of(session, invitation)
    replaced_on = None if before is None else before.answered_on
    taken = Taken(
        invitation.area_name,
        sum(name in answers for name in (question.id for question in asked.questions)),
        word.as_of > invitation.reply_by,
        invitation.reply_by,
        replaced_on,
    )
    session.merge(
        QuestionnaireAnswer(
            invitation_id=invitation.id or 0,
            answered_on=word.as_of,
            answered_at=word.at,
            person=given.person.strip(),
            position=given.position.strip(),
            contributors=given.contributors.strip(),
            answers=json.dumps(answers, ensure_ascii=False, sort_keys=True),
            is_late=taken.is_late,
            num_replaced=0 if before is None else before.num_replaced + 1,
        )
    )
    session.flush()
    # Who answered what is for the summary: the log tells that it came, and no more.
    audit.record_word(
        session,
        word,
        ANSWER,
        f"{invitation.area_code} round {row.id}",
        after={"late": taken.is_late, "replaced": replaced_on},
    )
    return taken


def _tidied(answers: Said) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name, value in answers.items():
        kept = value.strip() if isinstance(value, str) else [text.strip() for text in value if text.strip()]
        if kept:
            found[name] = kept
    return found


def _closed(row: QuestionnaireRound) -> Iterator[Objection]:
    if row.closed_on is not None:
        message = f"the questionnaire was closed on {date_in_words(row.closed_on)}."
        yield Objection(f"round {row.id}", message, "Write to whoever sent it.")


def _who(given: Given) -> Iterator[Objection]:
    for name, text in (("person", given.person), ("position", given.position)):
        if not text.strip():
            yield Objection(
                name, f"no {name} is given.", "Say who answers, and in which position.", field=name
            )
    for name, text in (("person", given.person), ("position", given.position)):
        if len(text) > MOST_LETTERS_OF_A_NAME:
            message = f"it is longer than {MOST_LETTERS_OF_A_NAME} letters."
            yield Objection(name, message, "Shorten it.", field=name)
    if len(given.contributors) > MOST_LETTERS:
        message = f"it is longer than {MOST_LETTERS:,} letters."
        yield Objection("contributors", message, "Shorten it.", field="contributors")


def _answers(asked: Questionnaire, answers: Said) -> Iterator[Objection]:
    known = {question.id: question for question in asked.questions}
    comments = {f"{question.id}{COMMENT}" for question in asked.questions if question.has_comment}
    for name, value in answers.items():
        if name in known:
            yield from _answer(known[name], value)
        elif name not in comments:
            yield Objection(name, "there is no such question.", nearest(name, [*known, *comments]))
        elif not isinstance(value, str) or len(value) > MOST_LETTERS:
            yield _too_long(name)
    if not any(name in answers for name in known):
        yield Objection("answers", "no question is answered.", "Answer at least one of them.")


def _answer(question: Question, value: str | list[str]) -> Iterator[Objection]:
    if question.kind == "up_to":
        texts = [value] if isinstance(value, str) else value
        if len(texts) > question.most:
            message = f"there are {len(texts)} answers where {question.most} may be given."
            yield Objection(question.id, message, "Keep the most important ones.", "R194", field=question.id)
        if any(len(text) > MOST_LETTERS for text in texts):
            yield _too_long(question.id)
    elif not isinstance(value, str):
        yield Objection(question.id, "it has one answer only.", "Give one.", field=question.id)
    elif question.kind == "text":
        if len(value) > MOST_LETTERS:
            yield _too_long(question.id)
    elif value not in question.choices:
        advice = f"Choose one of: {', '.join(sorted(question.choices))}."
        yield Objection(question.id, f"'{value[:40]}' can't be chosen.", advice, "R194", field=question.id)


def _too_long(name: str) -> Objection:
    return Objection(name, f"it is longer than {MOST_LETTERS:,} letters.", "Shorten it.", field=name)
