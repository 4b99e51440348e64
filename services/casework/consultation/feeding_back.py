"""What came of a consultation is told those who were consulted, between publication and evaluation (R088, R191)."""

from datetime import date

from sqlmodel import Session, col, select

from models import ConsultationFeedback
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.consultation.consulting_review import ConsultingReview, without
from services.doors import SIGN_OFF
from services.errors import Objection


def feed_back(
    session: Session, activity_id: int, whom: str, how: str, given_on: date, word: Word
) -> ConsultationFeedback:
    """Record to whom, how and when it was told what came of the consultation.

    Raises
    ------
    Refused
        Without those two, before the report is published, or on a day before that or ahead.
    """
    case = ConsultingReview(session, activity_id, word)
    published = case.step(case.rule.published_at)
    found = [
        *without(case.place, whom, "who was told", "whom", "R088"),
        *without(case.place, how, "how they were told", "how", "R088"),
        *case.ahead(given_on),
    ]
    if published is None or published.state != "done" or published.actual_on is None:
        advice = SIGN_OFF.advise("Sign off the publication first")
        found.append(Objection(case.place, "the report is not published yet.", advice, "R088"))
    elif given_on < published.actual_on:
        message = f"{date_in_words(given_on)} is earlier than the publication, {date_in_words(published.actual_on)}."
        found.append(Objection(case.place, message, "Check the year.", "R088", "day"))
    case.refuse(found)
    row = ConsultationFeedback(
        activity_id=activity_id,
        whom=whom.strip(),
        how=how.strip(),
        given_on=given_on,
        recorded_by=word.who,
        recorded_at=word.at,
    )
    session.add(row)
    session.flush()
    after = {"whom": row.whom, "how": row.how, "day": given_on}
    audit.record_word(session, word, "feed back", case.place, after=after)
    return row


def feedback_of(session: Session, activity_id: int | None) -> list[ConsultationFeedback]:
    """What was fed back in a review, the earliest first."""
    query = select(ConsultationFeedback).where(ConsultationFeedback.activity_id == activity_id)
    return list(
        session.exec(query.order_by(col(ConsultationFeedback.given_on), col(ConsultationFeedback.id)))
    )
