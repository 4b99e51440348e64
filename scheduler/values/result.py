"""What a solve answers: a plan, what is proven about it, and how it came about."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from scheduler.values.plan import Plan
from scheduler.values.proof import Certificate
from scheduler.values.row_facts import RowName
from scheduler.values.value import Identifier, NonNegative, Positive, Value, WeekSpan


class Status(StrEnum):
    """OPTIMAL: cost equals bound; FEASIBLE: a checked plan with a gap; INFEASIBLE: proven impossible.

    UNKNOWN: neither a plan nor a proof in time.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


COUNTED_BY_WEEK = "people are counted by week only"
"""Part of the remark on dates that were found without `whole_teams`."""


def gap(cost: int, bound: int) -> float:
    """Relative distance of a cost from its lower bound, as a fraction: 0.001 is 0.1 %."""
    return (cost - bound) / max(1, cost)


def gap_if_known(cost: int | None, bound: int | None) -> float | None:
    """The same; None while there is no plan or no bound."""
    return None if cost is None or bound is None else gap(cost, bound)


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
    """What is known of one phase: `cost` of its incumbent, proven `bound`, `gap` as a fraction; None is unknown.

    With `searched_with_people` the bound of dates is the word of a solver that searched dates and people together.
    """

    status: Status
    cost: int | None
    bound: int | None
    gap: float | None
    seconds: float
    rounds: NonNegative = 0
    columns: NonNegative = 0
    searched_with_people: bool = False
    remarks: tuple[str, ...] = ()

    @staticmethod
    def of(
        status: Status, cost: int | None, bound: int | None, seconds: float, remarks: tuple[str, ...] = ()
    ) -> "PhaseFigures":
        """The figures of a phase, its gap computed where cost and bound are known."""
        distance = gap_if_known(cost, bound)
        seconds = round(seconds, 3)
        return PhaseFigures(
            status=status, cost=cost, bound=bound, gap=distance, seconds=seconds, remarks=remarks
        )

    def revised(self, status: Status, cost: int | None, bound: int | None) -> "PhaseFigures":
        """The figures of the same phase with another plan or bound."""
        new = PhaseFigures.of(status, cost, bound, self.seconds, self.remarks)
        return new.model_copy(update={"rounds": self.rounds, "columns": self.columns})

    def noted(self, *remarks: str) -> "PhaseFigures":
        """The same with further remarks."""
        return self.model_copy(update={"remarks": (*self.remarks, *remarks)})


ShortageKind = Literal["work", "starts", "minimum", "weighed", "holders", "stranded"]
"""'work' counts weeks of people or units; 'starts' what begins in periods, or places of teams that do; 'minimum' is
what a limit requires against what can start; 'weighed' adds up different rows by what they are worth; 'holders' counts
people with a skill against a single team; 'stranded' are activities that find no weeks even alone."""


class Shortage(Value):
    """A proven lack: within `span` the activities need at least `demand` and only `capacity` is there.

    Attributes
    ----------
    rows
        What is short, without weeks: of several rows the sum, the heaviest first where they are weighed.
    activities
        Those that find no weeks even alone (then there are no rows), or whose team asks for too many.
    scale
        Demand and capacity are multiplied by it.
    """

    kind: ShortageKind
    rows: tuple[RowName, ...] = ()
    activities: tuple[Identifier, ...] = ()
    span: WeekSpan
    demand: int
    capacity: int
    scale: Positive = 1

    @property
    def lack(self) -> int:
        """What is missing, in whole units."""
        return -((self.capacity - self.demand) // self.scale)


class Result(Value):
    """The answer to one problem.

    Attributes
    ----------
    uncovered_bound
        No plan, whatever its dates, leaves fewer places uncovered; None if unknown. The certificate of kind
        'uncovered' proves it.
    uncovered_bound_for_dates
        No teams for the dates of this plan leave fewer places uncovered; None if unknown.
    certificates
        What proves the bounds, or that there is no plan; also those of a problem without any plan.
    """

    status: Status
    plan: Plan | None
    dates: PhaseFigures
    teams: PhaseFigures | None
    uncovered_places: int | None
    uncovered_bound: int | None
    uncovered_bound_for_dates: int | None = None
    shortages: tuple[Shortage, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    trace: tuple[TracePoint, ...] = ()
    problem_hash: str
    params: SolveParams
    versions: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _read_shortages_in_words(cls, data: Any) -> Any:
        """Results stored when shortages were words only are read without them: no facts are guessed from words."""
        if not isinstance(data, dict) or not isinstance(data.get("shortages"), list):
            return data
        return {
            **data,
            "shortages": [shortage for shortage in data["shortages"] if "message" not in shortage],
        }

    @model_validator(mode="before")
    @classmethod
    def _read_single_certificate(cls, data: Any) -> Any:
        """Results stored before there were several kinds of certificate have one, of dates, or None."""
        if not isinstance(data, dict) or "certificate" not in data:
            return data
        known = {name: value for name, value in data.items() if name != "certificate"}
        if isinstance(data["certificate"], dict):
            remarks = " ".join((data.get("dates") or {}).get("remarks", ()))
            implied = {
                "problem_hash": data.get("problem_hash"),
                "whole_teams": COUNTED_BY_WEEK not in remarks,
            }
            known.setdefault("certificates", ({**implied, **data["certificate"]},))
        return known


Listener = Callable[[TracePoint], None]
"""Gets every improvement of incumbent or bound while solving."""

StopRequest = Callable[[], bool]
"""Polled while solving; True keeps the best plan and ends the solve."""
