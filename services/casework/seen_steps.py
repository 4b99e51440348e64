"""Steps as they are read where thousands are looked at: values, for a fraction of what rows to be changed cost."""

from datetime import date
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models import Step


class SeenStep(NamedTuple):
    """What a `Step` says, column by column under the same names, without how its day was counted."""

    id: int
    activity_id: int
    step_id: str
    position: int
    kind: str
    name: str
    start_on: date | None
    end_on: date | None
    due_on: date | None
    actual_on: date | None
    is_hard: bool
    needs_sign_off: bool
    dated_on: date | None
    rule: str
    who: str
    told: str
    sign_off: str
    notes: str
    state: str
    revision: int
    waiver_needed: str
    waiver_code: str
    waiver_reason: str
    edition: int


AnyStep: TypeAlias = Step | SeenStep
"""A step that is only looked at: a row, or what was read of one."""

_COLUMNS = tuple(col(getattr(Step, name)) for name in SeenStep._fields)


def steps_by_activity(session: Session, *conditions: ColumnElement[bool]) -> dict[int, list[SeenStep]]:
    """The steps for which some conditions hold, by the number of their activity, in the framework's order."""
    found: dict[int, list[SeenStep]] = {}
    query = select(*_COLUMNS).where(*conditions).order_by(col(Step.activity_id), col(Step.position))
    for row in session.exec(query):
        step = SeenStep._make(row)
        found.setdefault(step.activity_id, []).append(step)
    return found
