"""The inspections that are due in an area besides the review, wherever they are kept, with their relation to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.inspections import InspectionRegister, InspectionType
from models import Activity, OtherInspection, Step
from services.casework.announcement import announced
from services.days.weeks import day_before
from services.inspections.relating import Days, Relation, nearest_review, price_of, relate
from services.programme import policy_of


@dataclass(frozen=True)
class DueInspection:
    """An inspection that is due.

    `days` are those that are planned, else those on which it may be; `activity` is the code of one that is planned with
    the programme, blank for others. `reason` is why it is held apart, in words; `price` what its distance from the
    review costs, None where there is no price. `is_told`: whether the authority's side may know of it.
    """

    type: InspectionType
    place: str
    sector: str
    days: Days
    due_by: date
    is_planned: bool
    relation: Relation | None
    reason: str
    overlaps: tuple[str, ...]
    price: int | None
    is_told: bool
    activity: str = ""


STATUTORY, SEPARATE = "Its cycle in law", "It stays separate"


def days_of_reviews(session: Session, area: str, register: InspectionRegister) -> tuple[Days, ...]:
    """The days on site of the reviews of an area that have dates and are not called off, the first one first."""
    rows = session.exec(
        select(Step)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .where(
            Activity.area_code == area,
            Activity.kind == register.review,
            Activity.state != "cancelled",
            Step.step_id == register.stage,
        )
        .order_by(col(Step.start_on))
    )
    return tuple(
        Days(row.start_on, day_before(row.end_on))
        for row in rows
        if row.start_on is not None and row.end_on is not None
    )


def due_inspections(
    session: Session, area: str, register: InspectionRegister, as_of: date, reviews: Sequence[Days]
) -> tuple[DueInspection, ...]:
    """All that are due in an area, by their last day.

    Parameters
    ----------
    reviews
        The days on site of the reviews that they are related to.
    """
    found = [
        *_of_activities(session, area, register, reviews),
        *_of_rows(session, area, register, as_of, reviews),
    ]
    return tuple(sorted(found, key=lambda one: (one.days.last_on, one.type.name, one.place)))


def row_days(row: OtherInspection) -> Days:
    """The days that are planned, else the window, which ends with the day by which it is due."""
    if row.planned_first_on is not None and row.planned_last_on is not None:
        return Days(row.planned_first_on, row.planned_last_on)
    return Days(row.window_first_on, min(row.window_last_on or row.due_by, row.due_by))


def _of_rows(
    session: Session, area: str, register: InspectionRegister, as_of: date, reviews: Sequence[Days]
) -> Iterator[DueInspection]:
    for row in session.exec(select(OtherInspection).where(OtherInspection.area_code == area)):
        kind, days = register.type_of(row.type), row_days(row)
        if kind is None:
            continue  # it belongs to the register of another time
        relation = _relation(days, reviews)
        yield DueInspection(
            type=kind,
            place=row.place,
            sector=row.sector,
            days=days,
            due_by=row.due_by,
            is_planned=row.planned_first_on is not None,
            relation=relation,
            reason=register.reasons.get(row.reason_code, "") or _standing_reason(kind),
            overlaps=tuple(row.overlaps.split()),
            price=_price(relation, kind.price_per_week, kind.cap_weeks),
            is_told=kind.is_announced and row.told_on is not None and row.told_on <= as_of,
        )


def _of_activities(
    session: Session, area: str, register: InspectionRegister, reviews: Sequence[Days]
) -> Iterator[DueInspection]:
    kinds = {one.kind: one for one in register.types if one.kind is not None}
    query = select(Activity).where(
        Activity.area_code == area, col(Activity.kind).in_(kinds), Activity.state != "cancelled"
    )
    rows = session.exec(query).all()
    told = announced(session, [row.code for row in rows])
    links = {
        link.second: (link.price_per_week, link.cap_weeks)
        for link in policy_of(session).links
        if link.kind == "near" and link.first == register.review
    }
    for row in rows:
        kind, planned = kinds[row.kind], _planned(session, row)
        days = planned or _window(row)
        if days is None:
            continue
        relation = _relation(days, reviews)
        yield DueInspection(
            type=kind,
            place="",
            sector="",
            days=days,
            due_by=days.last_on if row.window_end_on is None else day_before(row.window_end_on),
            is_planned=planned is not None,
            relation=relation,
            reason=_standing_reason(kind),
            overlaps=(),
            price=_price(relation, *links.get(row.kind, (None, None))),
            is_told=planned is not None and kind.is_announced and row.code in told,
            activity=row.code,
        )


def _planned(session: Session, row: Activity) -> Days | None:
    query = select(Step).where(Step.activity_id == row.id, Step.kind == "stage")
    stages = [(one.start_on, one.end_on) for one in session.exec(query)]
    first = min((start for start, _end in stages if start is not None), default=None)
    end = max((end for _start, end in stages if end is not None), default=None)
    return None if first is None or end is None else Days(first, day_before(end))


def _window(row: Activity) -> Days | None:
    end = row.window_end_on
    return None if end is None else Days(row.window_start_on, day_before(end))


def _relation(days: Days, reviews: Sequence[Days]) -> Relation | None:
    review = nearest_review(days, reviews)
    return None if review is None else relate(days, review)


def _standing_reason(kind: InspectionType) -> str:
    if kind.statutory:
        return STATUTORY
    return SEPARATE if kind.stays_separate else ""


def _price(relation: Relation | None, price_per_week: int | None, cap_weeks: int | None) -> int | None:
    if relation is None or price_per_week is None or cap_weeks is None:
        return None
    return price_of(relation, price_per_week, cap_weeks)
