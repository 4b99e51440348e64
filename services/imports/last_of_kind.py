"""The last one of a kind in each area: what the file says, or what has been done here since, with its outcome."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Step
from services.casework.judging import judgements_of
from services.casework.steps import last_day
from services.days.recurrence import Last, due_after
from services.imports.reading import Batch
from services.imports.rows import AreaRow


def last_ones(session: Session, batch: Batch, framework: Framework) -> dict[str, Last]:
    """By area, whichever is later; nothing for a kind whose next does not count from the last.

    The outcome of one that was done here is its overall grade. An area that never had one counts from the last one of
    those whose place it takes, from that after which the next is due first.
    """
    if framework.recurrence is None or not framework.recurrence.follows_last:
        return {}
    found = {
        row.area: Last(row.ended_on, row.outcome)
        for row in batch.last_inspections
        if row.kind == framework.kind
    }
    query = select(Activity).where(Activity.kind == framework.kind, Activity.state == "done")
    for activity in session.exec(query.order_by(col(Activity.code))):
        ended_on = _ended_on(session, activity, framework)
        known = found.get(activity.area_code)
        if ended_on is None or (
            known is not None and known.ended_on is not None and known.ended_on >= ended_on
        ):
            continue
        outcome = judgements_of(session, activity).overall.grade
        if not framework.recurrence.after_months or outcome in framework.recurrence.after_months:
            found[activity.area_code] = Last(ended_on, outcome)
    return {area.code: last for area in batch.areas if (last := _taken_over(area, batch, found, framework))}


def _taken_over(area: AreaRow, batch: Batch, found: Mapping[str, Last], framework: Framework) -> Last | None:
    """An area's own last one, or else that of an area before it."""
    rule, its_own = framework.recurrence, found.get(area.code)
    if rule is None or (its_own is not None and its_own.ended_on is not None):
        return its_own
    before = [
        _taken_over(earlier, batch, found, framework)
        for earlier in batch.areas
        if earlier.code in area.follows
    ]
    ended = [last for last in before if last is not None and last.ended_on is not None]
    return min(ended, key=lambda last: due_after(rule, last)) if ended else its_own


def _ended_on(session: Session, activity: Activity, framework: Framework) -> date | None:
    """The last day of its last planned stage."""
    query = select(Step).where(
        Step.activity_id == activity.id, Step.step_id == framework.stages[-1].id, Step.state == "done"
    )
    step = session.exec(query).one_or_none()
    return None if step is None else step.actual_on or last_day(step)
