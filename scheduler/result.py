"""What a solve answers: a plan, what is proven about it, and how it came about."""

from collections.abc import Callable
from enum import StrEnum

from pydantic import Field

from scheduler.plan import Plan
from scheduler.value import NonNegative, Value, WeekSpan


class Status(StrEnum):
    """OPTIMAL: cost equals bound; FEASIBLE: a checked plan with a gap; INFEASIBLE: proven impossible.

    UNKNOWN: neither a plan nor a proof in time.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


def gap(cost: int, bound: int) -> float:
    """Relative distance of a cost from its lower bound, as a fraction: 0.001 is 0.1 %."""
    return (cost - bound) / max(1, cost)


class SolveParams(Value):
    """Limits of a solve. Seconds are wall-clock; `gap_target` is a fraction at which dates count as solved."""

    seed: NonNegative = 0
    dates_seconds: float = 30.0
    teams_seconds: float = 60.0
    gap_target: float = 0.0
    team_gap_target: float = 0.005
    num_workers: int = 2


class TracePoint(Value):
    """Incumbent and bound (None while unknown) at a moment of the solve, for 'dates' or 'teams'."""

    seconds: float
    phase: str
    incumbent: int | None
    bound: int | None


class PhaseFigures(Value):
    """What is known of one phase: `cost` of its incumbent, proven `bound`, `gap` as a fraction; None is unknown."""

    status: Status
    cost: int | None
    bound: int | None
    gap: float | None
    seconds: float
    rounds: NonNegative = 0
    columns: NonNegative = 0
    remarks: tuple[str, ...] = ()


class Shortage(Value):
    """A proven lack: within `span` the activities need at least `demand` of `pool` and only `capacity` is there."""

    pool: str
    span: WeekSpan
    demand: int
    capacity: int
    message: str


class Certificate(Value):
    """Integer duals by row name, divided by `scale`, from which anyone can recompute the bound of dates."""

    scale: int
    duals: dict[str, int]
    bound: int


class Result(Value):
    """The answer to one problem. `uncovered_bound` is the proven minimum for the plan's dates, None if unknown."""

    status: Status
    plan: Plan | None
    dates: PhaseFigures
    teams: PhaseFigures | None
    uncovered_places: int | None
    uncovered_bound: int | None
    shortages: tuple[Shortage, ...] = ()
    certificate: Certificate | None = None
    trace: tuple[TracePoint, ...] = ()
    problem_hash: str
    params: SolveParams
    versions: dict[str, str] = Field(default_factory=dict)


Listener = Callable[[TracePoint], None]
"""Gets every improvement of incumbent or bound while solving."""

StopRequest = Callable[[], bool]
"""Polled while solving; True keeps the best plan and ends the solve."""
