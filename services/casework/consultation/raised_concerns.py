"""Concerns that children raise: answered or referred within the policy's working days, else escalated (R184)."""

from datetime import date

from sqlmodel import Session, col, select

from config.consultation import ConsultationRules
from models import RaisedConcern
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.consultation.consulting_review import ConsultingReview
from services.days.working_days import add_working_days
from services.errors import AlreadySo, NotFound, Objection


def raise_concern(session: Session, activity_id: int, raised_on: date, word: Word) -> RaisedConcern:
    """Record that a child raised a concern on a day: nothing of who it was, nor of what (R073)."""
    case = ConsultingReview(session, activity_id, word)
    policy: ConsultationRules = case.policy
    case.refuse(case.ahead(raised_on))
    row = RaisedConcern(
        activity_id=activity_id,
        raised_on=raised_on,
        due_on=add_working_days(raised_on, policy.concern_working_days),
        recorded_by=word.who,
        recorded_at=word.at,
    )
    session.add(row)
    session.flush()
    after = {"concern": row.id, "raised": raised_on, "due": row.due_on}
    audit.record(session, word.who, word.at, "raise concern", case.place, after=after)
    return row


def close_concern(
    session: Session, number: int, closed_on: date, referred_to: str, word: Word
) -> RaisedConcern:
    """Record that a concern was answered, or (`referred_to` an organisation) referred.

    Raises
    ------
    NotFound
        If there is none of that number.
    AlreadySo
        If that is recorded.
    Refused
        If the day lies ahead or before it was raised.
    """
    row = session.get(RaisedConcern, number)
    if row is None:
        raise NotFound(f"concern {number}", "there is none.", "Name one of the review's.")
    case = ConsultingReview(session, row.activity_id, word)
    session.refresh(row)
    place = f"concern {number}"
    if (row.closed_on, row.referred_to) == (closed_on, referred_to.strip()):
        raise AlreadySo.because(place, f"it was closed on {date_in_words(closed_on)}.")
    found = list(case.ahead(closed_on))
    if closed_on < row.raised_on:
        message = f"{date_in_words(closed_on)} is earlier than it was raised, {date_in_words(row.raised_on)}."
        found.append(Objection(place, message, "Check the year.", "R184", "day"))
    case.refuse(found)
    before, row.closed_on, row.referred_to = row.closed_on, closed_on, referred_to.strip()
    session.flush()
    after = {"concern": number, "closed": closed_on, "referred to": row.referred_to}
    audit.record(session, word.who, word.at, "close concern", case.place, before=before, after=after)
    return row


def concerns_of(session: Session, activity_id: int | None) -> list[RaisedConcern]:
    """The concerns of a review, the earliest first."""
    query = select(RaisedConcern).where(RaisedConcern.activity_id == activity_id)
    return list(session.exec(query.order_by(col(RaisedConcern.raised_on), col(RaisedConcern.id))))
