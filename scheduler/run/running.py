"""What every step of one solve is given."""

import time
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

    def seconds_left(self) -> float:
        """Seconds until the time for dates and teams together is over, never negative."""
        total = self.params.dates_seconds + self.params.teams_seconds
        return max(0.0, total - (time.monotonic() - self.started))
