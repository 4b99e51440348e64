"""Evidence asked of areas: each item once, also where several activities need it (R041, R069, R070, R076, R117)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from config.steps import EvidenceItem
from models import Activity, Area, EvidenceRequest, Step
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.steps import first_day
from services.days.weeks import add_months
from services.errors import NotFound, Refused

REUSE_MONTHS = 12
"""An item handed in for another activity serves for a year: one self-assessment per window (R120)."""


def open_requests(
    session: Session, activity: Activity, framework: Framework, steps: list[Step], as_of: date
) -> int:
    """Ask for every item whose moment has come and that nobody has asked for yet; returns how many are new.

    An item is asked for once the step `asked_at` is done, or on its date: a stage on its first day, if it has
    begun. One that was asked of the area for another activity that shares it is not asked for again.
    """
    moment_has_come = {step.step_id for step in steps if _has_come(step, as_of)}
    if not any(item.asked_at in moment_has_come for item in framework.evidence):
        return 0
    needed_on = {step.step_id: first_day(step) for step in steps}
    known = _requests(session, activity, as_of)
    count = 0
    for item in framework.evidence:
        if item.asked_at in moment_has_come:
            count += _ask(session, activity, item, needed_on[item.needed_for], known.get(item.id, []), as_of)
    return count


@dataclass(frozen=True)
class Item:
    """A line of the checklist: what was asked of whom, for which activities, and whether it came.

    Attributes
    ----------
    request
        Number by which it is received.
    activities
        Codes of those that need it.
    is_late
        Whether it should have come before the day of the checklist.
    """

    request: int
    area_code: str
    area: str
    item: str
    name: str
    asked_of: str
    activities: tuple[str, ...]
    requested_on: date
    due_on: date
    received_on: date | None
    is_late: bool


def checklist(session: Session, as_of: date, area_code: str | None = None) -> list[Item]:
    """Everything that was asked of all areas or one, by area and day (R069, R076)."""
    query = (
        select(EvidenceRequest, Activity, Area)
        .join(Activity, col(Activity.id) == col(EvidenceRequest.activity_id))
        .join(Area, col(Area.code) == col(EvidenceRequest.area_code))
        .order_by(col(Area.name), col(EvidenceRequest.due_on), col(EvidenceRequest.id))
    )
    if area_code is not None:
        query = query.where(col(EvidenceRequest.area_code) == area_code)
    return [
        Item(
            request=row.id or 0,
            area_code=area.code,
            area=area.name,
            item=row.item,
            name=row.name,
            asked_of=row.asked_of,
            activities=(activity.code, *row.shared_with.split()),
            requested_on=row.requested_on,
            due_on=row.due_on,
            received_on=row.received_on,
            is_late=row.received_on is None and row.due_on < as_of,
        )
        for row, activity, area in session.exec(query)
    ]


def receive(session: Session, request_id: int, received_on: date, word: Word) -> None:
    """Write down that an item came in; it may be corrected later.

    Raises
    ------
    Refused
        If the day lies in the future or before the item was asked for.
    """
    row = session.get(EvidenceRequest, request_id)
    if row is None:
        raise NotFound(
            f"request {request_id}", "there is no such request.", "See the numbers: jarcycle evidence."
        )
    if not row.requested_on <= received_on <= word.as_of:
        days = f"{date_in_words(row.requested_on)} to {date_in_words(word.as_of)}"
        message = f"{date_in_words(received_on)} is outside {days}."
        raise Refused.because(f"request {request_id}", message, "Check the year.")
    before, row.received_on = row.received_on, received_on
    subject = f"{row.area_code} {row.item}"
    audit.record(session, word.who, word.at, "receive evidence", subject, before=before, after=received_on)


def _has_come(step: Step, as_of: date) -> bool:
    if step.state in ("open", "done"):
        return True
    return step.kind != "stage" and first_day(step) <= as_of


def _requests(
    session: Session, activity: Activity, as_of: date
) -> dict[str, list[tuple[EvidenceRequest, Activity]]]:
    query = (
        select(EvidenceRequest, Activity)
        .join(Activity, col(Activity.id) == col(EvidenceRequest.activity_id))
        .where(EvidenceRequest.area_code == activity.area_code)
        .order_by(col(EvidenceRequest.id))
    )
    found: dict[str, list[tuple[EvidenceRequest, Activity]]] = {}
    for request, other in session.exec(query):
        if _serves(request, activity) or as_of < add_months(request.requested_on, REUSE_MONTHS):
            found.setdefault(request.item, []).append((request, other))
    return found


def _ask(
    session: Session,
    activity: Activity,
    item: EvidenceItem,
    needed_on: date,
    known: list[tuple[EvidenceRequest, Activity]],
    as_of: date,
) -> int:
    assert activity.id is not None
    if any(_serves(request, activity) for request, _other in known):
        return 0
    for request, other in known:
        if other.kind in item.shared_with:
            _share(request, activity, needed_on)
            return 0
    session.add(
        EvidenceRequest(
            activity_id=activity.id,
            area_code=activity.area_code,
            step_id=item.needed_for,
            item=item.id,
            name=item.name,
            asked_of=item.asked_of,
            requested_on=as_of,
            due_on=needed_on,
        )
    )
    return 1


def _serves(request: EvidenceRequest, activity: Activity) -> bool:
    """Whether an item was asked for an activity, or for another that shares it."""
    return request.activity_id == activity.id or activity.code in request.shared_with.split()


def _share(request: EvidenceRequest, activity: Activity, needed_on: date) -> None:
    request.shared_with = " ".join([*request.shared_with.split(), activity.code])
    if request.received_on is None:
        request.due_on = min(request.due_on, needed_on)
