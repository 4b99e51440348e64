"""What the searches for dates and for teams answer, with what they prove."""

from dataclasses import dataclass, replace

from scheduler.values.plan import TeamMember
from scheduler.values.proof import Certificate
from scheduler.values.result import PhaseFigures, Shortage, Status, TracePoint
from scheduler.values.value import Identifier, NonNegative, Positive, Starts, Value


@dataclass(frozen=True)
class DatesAnswer:
    """Start weeks by activity (None if there is no plan), their cost and proven bound, and how they came about.

    `uncovered_bound` is the proven minimum of uncovered places over all dates, None if unknown.
    """

    starts: dict[str, tuple[int, ...]] | None
    figures: PhaseFigures
    certificates: tuple[Certificate, ...]
    trace: tuple[TracePoint, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    was_stopped: bool = False
    uncovered_bound: int | None = None

    @property
    def status(self) -> Status:
        """What is known of these dates."""
        return self.figures.status

    @property
    def impossible(self) -> tuple[Certificate, ...]:
        """What proves that no dates let every place be covered."""
        return tuple(proof for proof in self.certificates if proof.kind == "impossible")

    @property
    def cost(self) -> int | None:
        """What the dates cost, None if there are none."""
        return self.figures.cost

    @property
    def bound(self) -> int | None:
        """What no dates can undercut, None if unknown."""
        return self.figures.bound


def moved(dates: DatesAnswer, starts: Starts, cost: int, uncovered: int) -> DatesAnswer:
    """An answer with other dates that leave fewer places uncovered; the bound stands for plans without any."""
    remark = "Some dates were moved so that more places are covered."
    bound = dates.bound
    if bound is not None and cost < bound:
        remark += f" No plan without uncovered place costs less than {bound}."
        bound = None
    status = Status.OPTIMAL if cost == bound and uncovered == 0 else Status.FEASIBLE
    figures = dates.figures.revised(status, cost, bound).noted(remark)
    return replace(dates, starts=dict(starts), figures=figures)


class OpenSeats(Value):
    """`count` seats of one skill that nobody fills."""

    activity: Identifier
    skill: Identifier
    count: Positive


class TeamsAnswer(Value):
    """Teams for fixed dates.

    `figures` are those of the team cost; its bound holds for all teams with at most `uncovered` uncovered
    seats. `uncovered_bound` is the proven minimum for these dates. `open_seats` are the uncovered seats.
    `was_stopped` tells that a stop request or Ctrl-C ended the search.
    """

    members: tuple[TeamMember, ...]
    figures: PhaseFigures
    uncovered: NonNegative
    uncovered_bound: NonNegative
    open_seats: tuple[OpenSeats, ...] = ()
    trace: tuple[TracePoint, ...] = ()
    was_stopped: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better: uncovered seats first, then the team cost."""
        return self.uncovered, self.figures.cost or 0
