"""What the search for dates answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.proof import Certificate
from scheduler.result import PhaseFigures, Shortage, Status, TracePoint

Starts = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class DatesAnswer:
    """Start weeks by activity (None if there is no plan), their cost, the proven bound and how they came about.

    `uncovered_bound` is the proven minimum of uncovered places over all dates, None if unknown.
    """

    status: Status
    starts: dict[str, tuple[int, ...]] | None
    cost: int | None
    bound: int | None
    figures: PhaseFigures
    certificates: tuple[Certificate, ...]
    trace: tuple[TracePoint, ...]
    shortages: tuple[Shortage, ...] = ()
    was_stopped: bool = False
    uncovered_bound: int | None = None
