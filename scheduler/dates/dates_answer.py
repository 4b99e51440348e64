"""What the search for dates answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.values.proof import Certificate
from scheduler.values.result import PhaseFigures, Shortage, Status, TracePoint, gap

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


def moved(dates: DatesAnswer, starts: Starts, cost: int, uncovered: int) -> DatesAnswer:
    """An answer with other dates that leave fewer places uncovered; the bound stands for plans without any."""
    remark = "Some dates were moved so that more places are covered."
    bound = dates.bound
    if bound is not None and cost < bound:
        remark += f" No plan without uncovered place costs less than {bound}."
        bound = None
    figures = dates.figures.model_copy(
        update={
            "status": Status.OPTIMAL if cost == bound and uncovered == 0 else Status.FEASIBLE,
            "cost": cost,
            "bound": bound,
            "gap": None if bound is None else gap(cost, bound),
            "remarks": (*dates.figures.remarks, remark),
        }
    )
    return replace(dates, status=figures.status, starts=dict(starts), cost=cost, bound=bound, figures=figures)
