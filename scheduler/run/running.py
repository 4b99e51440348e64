"""What every step of one solve is given."""

from dataclasses import dataclass

from scheduler.run.keeper import Keeper
from scheduler.values.problem import Problem
from scheduler.values.result import Listener, SolveParams, StopRequest


@dataclass(frozen=True)
class Running:
    """A solve under way.

    Attributes
    ----------
    listener, stop
        Who gets every improvement, and who may end the solve.
    started
        When it began, in seconds of the monotonic clock.
    keeper
        Gets every plan that is found on the way.
    """

    problem: Problem
    params: SolveParams
    listener: Listener | None
    stop: StopRequest | None
    started: float
    keeper: Keeper

    def has_teams(self) -> bool:
        """Whether any activity needs a team."""
        return any(activity.team is not None for activity in self.problem.activities)
