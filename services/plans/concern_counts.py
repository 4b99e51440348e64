"""Counting the indices of concern again: plans made with other ones are marked, and each change is kept (R020-R027)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from models import Area, ConcernIndex, Programme
from reports.words import plural
from services import audit
from services.plans.staleness import facts_may_change
from services.problem.concern import concern_on
from services.problem.evidence_lines import lines_by_area
from services.programme import policy_of


@dataclass(frozen=True)
class ChangedIndex:
    """An area whose index of concern is another one now."""

    area: str
    before: int
    after: int


def count_again(session: Session, day: date, who: str, at: datetime) -> list[ChangedIndex]:
    """Count every index that is not set by hand as of a planning day; those that changed, by code of the area.

    A rating, or a yearly assessment, counts from the day after its publication, so an index may change though nobody
    changes a fact. A round that is over is not counted again, and what was counted on a later day stays.
    """
    programme = session.get(Programme, 1)
    if programme is None or day > programme.last_start_on or day < _last_counted_on(session):
        return []
    changed = _changed(session, max(day, programme.planned_on))
    if changed:
        said = plural(len(changed), "index of concern", "indices of concern")
        why = f"{said} changed by {day}."
        with facts_may_change(session, why[0].upper() + why[1:], who, at, day):
            for area, index in changed:
                audit.record(
                    session, who, at, "count concern", area.code, before=area.urgency, after=index.after
                )
                area.urgency = index.after
                session.add(area)
        keep_indices(session, day, at)
    return [index for _area, index in changed]


def _last_counted_on(session: Session) -> date:
    return session.exec(select(func.max(ConcernIndex.counted_on))).one() or date.min


def keep_indices(session: Session, day: date, at: datetime) -> None:
    """Keep the indices of a planning day: a row for each area of which the last one kept is another."""
    last = {
        row.area_code: (row.value, row.reason)
        for row in session.exec(select(ConcernIndex).order_by(col(ConcernIndex.id)))
    }
    for area in session.exec(select(Area).order_by(col(Area.code))):
        reason = area.urgency_source if area.is_urgency_given else ""
        if last.get(area.code) != (area.urgency, reason):
            session.add(
                ConcernIndex(
                    area_code=area.code, counted_on=day, value=area.urgency, reason=reason, counted_at=at
                )
            )
    session.flush()


def _changed(session: Session, day: date) -> list[tuple[Area, ChangedIndex]]:
    policy = policy_of(session)
    lines = lines_by_area(session, policy)
    found = []
    query = select(Area).where(col(Area.is_urgency_given).is_(False)).order_by(col(Area.code))
    for area in session.exec(query):
        value = concern_on(lines.get(area.code, ()), policy.concern, day).value
        if value != area.urgency:
            found.append((area, ChangedIndex(area.code, area.urgency, value)))
    return found
