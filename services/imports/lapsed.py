"""What comes each year and was not begun in its year: it lapses, so that the next years can be planned (R139)."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity
from services import audit
from services.days.recurrence import year_in_words, year_span


def let_lapse(
    session: Session, known: Mapping[str, Framework], planned_on: date, who: str, at: datetime
) -> list[str]:
    """Call off every activity that is still planned for a year that is over; returns their codes.

    `jarcycle round` goes on naming them.
    """
    query = select(Activity).where(Activity.state == "planned").order_by(col(Activity.code))
    lapsed = []
    for activity in session.exec(query):
        framework = known.get(activity.framework_id)
        rule = framework.recurrence if framework is not None else None
        if rule is None or rule.each is None or year_span(rule, activity.round)[1] > planned_on:
            continue
        activity.state = "cancelled"
        activity.revision += 1
        why = f"{year_in_words(rule, activity.round)} is over, and it had not begun."
        audit.record(session, who, at, "lapse", activity.code, before="planned", after="cancelled", why=why)
        lapsed.append(activity.code)
    session.flush()
    return lapsed
