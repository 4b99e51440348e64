"""How far an activity has come, and so whether its dates may still move (R019, R043).

Before the notice they move as the plan says. Once the notice is given they move only by name, with new notice. Once
the two sides have met, or a stage is open, it has begun: it moves only by being cancelled.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlmodel import Session, col, select

from config.framework import Framework
from config.framework_files import find_framework, frameworks
from models import Activity, Step
from services.kept_frameworks import kept_for, read_kept

DONE = "done"


class Standing(StrEnum):
    """How far an activity has come."""

    OPEN = "open"
    NOTIFIED = "notified"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def is_begun(self) -> bool:
        """Whether it moves only by being cancelled (R019)."""
        return self in (Standing.UNDER_WAY, Standing.DONE)


def has_begun(steps: Iterable[Step]) -> bool:
    """Whether an activity has begun: a meeting of both sides was held, or a stage is open or over."""
    return any(step.has_begun or (step.kind == "milestone" and step.state == DONE) for step in steps)


def standing_of(activity: Activity, steps: Iterable[Step], framework: Framework) -> Standing:
    """How far an activity has come, by its steps."""
    known = list(steps)
    if activity.state == DONE:
        return Standing.DONE
    if activity.state == "under_way" or has_begun(known):
        return Standing.UNDER_WAY
    notice = framework.notice
    is_told = notice is not None and any(step.step_id == notice.id and step.state == DONE for step in known)
    return Standing.NOTIFIED if is_told else Standing.OPEN


def standings(session: Session) -> dict[str, Standing]:
    """The standing of every activity that has dates and is not cancelled, by its code."""
    known, kept = frameworks(), read_kept(session)
    steps: dict[int, list[Step]] = {}
    for step in session.exec(select(Step)):
        steps.setdefault(step.activity_id, []).append(step)
    rows = session.exec(
        select(Activity).where(Activity.state != "cancelled", col(Activity.plan_version).is_not(None))
    )
    return {
        row.code: standing_of(
            row,
            steps.get(row.id or 0, ()),
            kept_for(row, kept) or find_framework(row.framework_id, known),
        )
        for row in rows
    }
