"""Stored plans as a list shows them: figures, what each was made from, and what for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models import PlanVersion
from scheduler.values.result import gap_if_known
from services.plans import plan_store
from services.plans.freshness import stale_among


@dataclass(frozen=True)
class VersionLine:
    """A version: `made_from` is the one of which it is a changed copy, None if a solve found it; gaps are fractions."""

    version: int
    status: str
    option: str
    is_stale: bool
    made_from: int | None
    uncovered_places: int
    date_cost: int
    date_bound: int | None
    date_gap: float | None
    team_cost: int
    team_gap: float | None
    made_by: str
    made_at: datetime
    reason: str


def all_lines(session: Session, _as_of: date) -> list[VersionLine]:
    """The lines of all versions, the newest first."""
    return lines_of(session, plan_store.figures(session))


def version_line(session: Session, row: PlanVersion) -> VersionLine:
    """The line of a version."""
    [line] = lines_of(session, [row])
    return line


def lines_of(session: Session, rows: Sequence[PlanVersion]) -> list[VersionLine]:
    """The lines of some versions, in their order."""
    stale = stale_among(session, rows)
    return [
        VersionLine(
            version=row.version,
            status=row.status,
            option=row.option,
            is_stale=row.version in stale,
            made_from=row.made_from,
            uncovered_places=row.uncovered_places,
            date_cost=row.date_cost,
            date_bound=row.date_bound,
            date_gap=gap_if_known(row.date_cost, row.date_bound),
            team_cost=row.team_cost,
            team_gap=gap_if_known(row.team_cost, row.team_bound),
            made_by=row.created_by,
            made_at=row.created_at,
            reason=row.reason,
        )
        for row in rows
        if row.version is not None
    ]
