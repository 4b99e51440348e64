"""The evidence of an area as people look at it: the checklist of each step, what of it is open, and the burden."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel import Session, select

from models import Activity
from reports.plan_tables import EvidenceRow
from services.casework.announcement import announced
from services.casework.evidence.checklists import Burden, Item, burden, checklist, open_items
from services.programme import rules_of
from services.shown.shown_plan import Audience, PlanView


@dataclass(frozen=True)
class StepEvidence:
    """What a step of an activity needs; `num_open` of its items have not come."""

    activity: str
    activity_name: str
    step_name: str
    items: tuple[Item, ...]
    num_open: int


@dataclass(frozen=True)
class AreaEvidence:
    """All evidence of an area, and how often it was asked for it."""

    steps: tuple[StepEvidence, ...]
    load: Burden
    num_late: int


def evidence_of_area(
    session: Session,
    area_code: str,
    as_of: date,
    audience: Audience = Audience.INSPECTORATE,
    only: frozenset[str] | None = None,
) -> AreaEvidence:
    """The checklists of an area's published activities, in the order of their due days (R069, R070).

    An authority sees nothing of an activity that is not announced yet (R068); `only` names the activities of which
    alone anything is shown.
    """
    rules = rules_of(session)
    rows = session.exec(select(Activity).where(Activity.area_code == area_code))
    activities = {activity.code: activity for activity in rows}
    items = checklist(session, as_of, area_code)
    if audience is Audience.AUTHORITY:
        known = announced(session, {item.activity for item in items})
        items = [item for item in items if item.activity in known]
    if only is not None:
        items = [item for item in items if item.activity in only]
    items.sort(key=lambda item: (item.activity, item.step))
    steps = []
    for (code, step), group in groupby(items, key=lambda item: (item.activity, item.step)):
        lines, activity = tuple(group), activities[code]
        num_open = len(open_items(session, activity, step))
        steps.append(StepEvidence(code, rules.of(activity).name, lines[0].step_name, lines, num_open))
    in_order = sorted(steps, key=lambda step: (step.items[0].due_on, step.activity))
    late = sum(item.is_late and item.was_asked for item in items)
    return AreaEvidence(tuple(in_order), burden(session, area_code), late)


def evidence_rows(session: Session, view: PlanView, as_of: date) -> tuple[EvidenceRow, ...]:
    """A row for each item that the activities of the published plan need; none of a plan that is not published."""
    if not view.is_published:
        return ()
    names = {activity.row.code: activity.framework.name for activity in view.activities}
    return tuple(
        EvidenceRow(
            area_code=item.area_code,
            area=item.area,
            activity=names[item.activity],
            step=item.step_name,
            item=item.title,
            asked_of=item.asked_of,
            asked_on=item.asked_on,
            due=item.due_on,
            received_on=item.received_on,
            state=item.status,
        )
        for item in checklist(session, as_of)
        if item.activity in names
    )
