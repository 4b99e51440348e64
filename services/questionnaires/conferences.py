"""Conferences of an evaluation: on which day, how many delegates, from which authorities (R164, R182)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import EvaluationConference
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.errors import AlreadySo, Objection, Refused
from services.naming.areas import find_area

HOLD = "record conference"


@dataclass(frozen=True)
class NewConference:
    """A conference that was held; `authorities` are names or codes."""

    evaluation: str
    held_on: date
    name: str
    num_delegates: int
    authorities: tuple[str, ...]


def conferences_of(session: Session, evaluation: str) -> list[EvaluationConference]:
    """The conferences of an evaluation, the first one first."""
    query = select(EvaluationConference).where(EvaluationConference.evaluation == evaluation)
    return list(
        session.exec(query.order_by(col(EvaluationConference.held_on), col(EvaluationConference.name)))
    )


def authorities_of(row: EvaluationConference) -> list[str]:
    """The codes of the authorities that sent somebody."""
    found: list[str] = json.loads(row.authorities)
    return found


def add_conference(session: Session, new: NewConference, word: Word) -> EvaluationConference:
    """Record a conference.

    Raises
    ------
    Refused
        With every reason: a day to come, no name, fewer delegates than authorities, no authority at all.
    NotFound
        If there is no such area.
    """
    codes = sorted({find_area(session, text).code for text in new.authorities})
    place = f"conference of {date_in_words(new.held_on)}"
    if objections := list(_objections(place, new, codes, word.as_of)):
        raise Refused(objections)
    known = [row for row in conferences_of(session, new.evaluation) if row.held_on == new.held_on]
    if any(row.name == new.name.strip() for row in known):
        raise AlreadySo.because(place, f"the one called {new.name.strip()} is recorded.")
    row = EvaluationConference(
        evaluation=new.evaluation,
        held_on=new.held_on,
        name=new.name.strip(),
        num_delegates=new.num_delegates,
        authorities=json.dumps(codes, ensure_ascii=False),
    )
    session.add(row)
    session.flush()
    after = {"held": new.held_on, "name": row.name, "delegates": new.num_delegates, "authorities": codes}
    audit.record_word(session, word, HOLD, f"evaluation {new.evaluation}", after=after)
    return row


def _objections(place: str, new: NewConference, codes: list[str], as_of: date) -> Iterator[Objection]:
    if new.held_on > as_of:
        message = f"the day is later than today, {date_in_words(as_of)}."
        yield Objection(place, message, "Record it once it was held.", field="held_on")
    if not new.name.strip():
        yield Objection(place, "it has no name.", "Say where it was held.", field="name")
    if new.num_delegates < 1:
        yield Objection(place, "nobody came.", "Say how many people came.", field="num_delegates")
    if not codes:
        message = "no authority is named."
        yield Objection(place, message, "Name those that sent somebody.", field="authorities")
    elif 0 < new.num_delegates < len(codes):
        message = f"{new.num_delegates} delegates can't come from {len(codes)} authorities."
        yield Objection(place, message, "Check both numbers.", "R182", field="num_delegates")
