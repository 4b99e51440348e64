"""Queries about the data of a profile: asked by the authority, answered by the single contact point (R156, R159)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from config.ratings import RatingRegime
from models import Contact, DataQuery
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.days.working_days import add_working_days
from services.doors import PROFILE
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.areas import find_area
from services.rating.profiles import quarters_of
from services.rating.quarters import Quarter
from services.rating.regimes import regime_on


@dataclass(frozen=True)
class NewQuery:
    """What is asked about an area's profile of a quarter, None for the newest, and by whom."""

    area: str
    question: str
    by: str
    quarter: Quarter | None = None


def ask_query(session: Session, new: NewQuery, word: Word) -> DataQuery:
    """Write a query down; the answer is due within the working days of the regime, counted from the day after.

    Raises
    ------
    NotFound
        If there is no such area.
    Refused
        Without a question or a name, or about a profile that there is not.
    """
    area = find_area(session, new.area)
    known = quarters_of(session, area.code)
    wrong = list(_objections(area.code, new, known))
    if wrong:
        raise Refused(wrong)
    regime = regime_on(word.as_of)
    row = DataQuery(
        area_code=area.code,
        quarter=str(new.quarter or known[0]),
        question=new.question.strip(),
        asked_by=new.by.strip(),
        asked_on=word.as_of,
        asked_at=word.at,
        due_on=add_working_days(word.as_of, regime.answer_within),
    )
    session.add(row)
    session.flush()
    after = {"query": row.id, "quarter": row.quarter, "due": row.due_on}
    audit.record(
        session,
        word.who,
        word.at,
        "ask about data",
        f"{area.code} query {row.id}",
        after=after,
        why=row.question,
    )
    return row


def answer_query(session: Session, number: int, answer: str, by: str, word: Word) -> DataQuery:
    """Write the answer to a query down.

    Raises
    ------
    NotFound
        If there is no such query.
    Refused
        Without a text or a name.
    AlreadySo
        If it is answered already.
    """
    row = find_query(session, number)
    place = f"{row.area_code} query {row.id}"
    if row.answered_on is not None:
        message = f"it was answered on {date_in_words(row.answered_on)} by {row.answered_by}: {row.answer}"
        raise AlreadySo.because(place, message, "Ask again, if that is not the answer.")
    wrong = []
    if not answer.strip():
        wrong.append(Objection(place, "there is no answer.", "Write it in a sentence.", "R159", "answer"))
    if not by.strip():
        wrong.append(Objection(place, "nobody is named who answers.", "Name them.", field="by"))
    if wrong:
        raise Refused(wrong)
    row.answer, row.answered_by, row.answered_on = answer.strip(), by.strip(), word.as_of
    session.add(row)
    session.flush()
    after = {"answered": row.answered_on, "by": row.answered_by}
    audit.record(session, word.who, word.at, "answer about data", place, after=after, why=row.answer)
    return row


def find_query(session: Session, number: int) -> DataQuery:
    """The query of a number; NotFound if there is none."""
    row = session.get(DataQuery, number)
    if row is None:
        advice = PROFILE.advise("See those of an area", area="AREA")
        raise NotFound(f"query {number}", "there is no such query.", advice)
    return row


def queries_of(session: Session, area_code: str | None = None) -> list[DataQuery]:
    """The queries of an area or of all: those without an answer first, then by the day they are due."""
    query = select(DataQuery).order_by(col(DataQuery.due_on), col(DataQuery.id))
    if area_code is not None:
        query = query.where(DataQuery.area_code == area_code)
    return sorted(session.exec(query), key=lambda row: row.answered_on is not None)


def contact_of(session: Session, regime: RatingRegime, area_code: str) -> Contact | None:
    """The single contact point for an area: its own, else the one of all areas; None if nobody has the role (R156)."""
    query = select(Contact).where(
        Contact.role == regime.contact_role,
        or_(Contact.area_code == area_code, col(Contact.area_code).is_(None)),
    )
    return min(session.exec(query), key=lambda row: (row.area_code is None, row.id), default=None)


def _objections(code: str, new: NewQuery, known: list[Quarter]) -> Iterator[Objection]:
    place = f"{code} query"
    if not new.question.strip():
        yield Objection(place, "nothing is asked.", "Say what is missing or wrong.", "R159", "question")
    if not new.by.strip():
        yield Objection(place, "nobody is named who asks.", "Name them.", field="by")
    if not known or (new.quarter is not None and new.quarter not in known):
        there = f"Ask about one of: {', '.join(map(str, known))}." if known else ""
        yield Objection(place, "there is no profile to ask about.", there, "R159", "quarter")
