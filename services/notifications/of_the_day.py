"""The daily work of messages about cases: whatever is news and was not said yet is queued."""

from datetime import date
from itertools import chain

from sqlmodel import Session

from services.messages.single_messages import queue
from services.notifications.meeting_news import about_meetings
from services.notifications.rating_news import about_appeals, about_queries
from services.notifications.review_news import about_reports, about_statements
from services.notifications.year_news import about_years


def queue_notifications(session: Session, as_of: date, address: str) -> int:
    """Queue what is news on a day; done twice, nothing is said twice. How many messages are new."""
    found = chain(
        about_appeals(session, as_of, address),
        about_queries(session, as_of, address),
        about_years(session, as_of, address),
        about_reports(session, as_of, address),
        about_statements(session, as_of, address),
        about_meetings(session, as_of),
    )
    return sum(queue(session, said, as_of, address) for said in list(found))
