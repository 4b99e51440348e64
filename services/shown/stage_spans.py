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
    query = select(PlannedStage).where(col(PlannedStage.plan_version).in_(list(versions)))
    if codes is not None:
        query = query.where(col(PlannedStage.activity_code).in_(list(codes)))
    for stage in session.exec(query):
        found[stage.activity_code][stage.stage] = StageSpan(stage.start_on, stage.end_on)
    return dict(found)
