"""The stages of activities in plans, each with its days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import PlannedStage


@dataclass(frozen=True)
class StageSpan:
    """A stage in a plan: from `start` up to, but not including, `end`."""

    start: date
    end: date


def spans_of(
    session: Session, versions: Iterable[int | None], codes: Iterable[str] | None = None
) -> dict[str, dict[str, StageSpan]]:
    """The stages of some versions by activity; of some activities only, where they are named."""
    found: dict[str, dict[str, StageSpan]] = defaultdict(dict)
    query = select(
        PlannedStage.activity_code,
        PlannedStage.stage,
        col(PlannedStage.start_on),
        col(PlannedStage.end_on),
    ).where(col(PlannedStage.plan_version).in_(list(versions)))
    if codes is not None:
        query = query.where(col(PlannedStage.activity_code).in_(list(codes)))
    for code, stage, start_on, end_on in session.exec(query):
        found[code][stage] = StageSpan(start_on, end_on)
    return dict(found)
