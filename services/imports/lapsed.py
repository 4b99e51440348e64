"""What can no longer be done lapses: a visit whose year is over (R140), a review of an area that has ended."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity
from services import audit
from services.days.recurrence import year_in_words, year_span
from services.imports.reading import Batch
from services.plans.cancelling import LAPSE, call_off, original_of


def let_lapse(
    session: Session,
    batch: Batch,
    known: Mapping[str, Framework],
    wanted: Collection[str],
    word: tuple[str, datetime],
) -> None:
    """Call off what is still planned for a year that is over, or was published for an area that has no time left.

    `jarcycle round` goes on naming the missed year; whoever follows the area has its activity from now on.

    Parameters
    ----------
    known
        The frameworks that the programme follows.
    wanted
        Codes of the activities that the batch makes.
    word
        Who imports, and when.
    """
    ends_on = {area.code: area.ends_on for area in batch.areas if area.ends_on is not None}
    query = select(Activity).where(Activity.state == "planned").order_by(col(Activity.code))
    for activity in session.exec(query):
        year = _year_over(activity, known, batch)
        end = ends_on.get(activity.area_code)
        if year:
            _call_off(session, activity, f"{year} is over, and it had not begun.", word)
        elif (
            end is not None and activity.plan_version is not None and original_of(activity.code) not in wanted
        ):
            _call_off(session, activity, f"Its area ends on {end}, before it could be done.", word)
    session.flush()


def _year_over(activity: Activity, known: Mapping[str, Framework], batch: Batch) -> str:
    """The year for which a yearly activity was due, if it is over; else nothing."""
    framework = known.get(activity.framework_id)
    rule = framework.yearly if framework is not None else None
    if rule is None:
        return ""
    is_over = year_span(rule, activity.round)[1] <= batch.programme.planned_on
    return year_in_words(rule, activity.round) if is_over else ""


def _call_off(session: Session, activity: Activity, why: str, word: tuple[str, datetime]) -> None:
    who, at = word
    call_off(session, activity)
    audit.record(session, who, at, LAPSE, activity.code, before="planned", after="cancelled", why=why)
