"""What the assignment of teams answers."""

from scheduler.values.plan import TeamMember
from scheduler.values.result import PhaseFigures, TracePoint
from scheduler.values.value import Identifier, NonNegative, Positive, Value


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
