"""What every step of one solve is given."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.run.keeper import Keep, Keeper, NoKeeper
from scheduler.run.progress import Progress
from scheduler.values.problem import Problem
from scheduler.values.result import Listener, SolveParams, StopRequest

if TYPE_CHECKING:
    from scheduler.dates.prepared import Prepared


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
    prepared
        What the steps make of the problem, made once.
    """

    problem: Problem
    params: SolveParams
    listener: Listener | None
    stop: StopRequest | None
    started: float
    keeper: Keeper
    prepared: "Prepared"

    @staticmethod
    def begin(
        problem: Problem,
        params: SolveParams,
        listener: Listener | None = None,
        stop: StopRequest | None = None,
        started: float | None = None,
    ) -> "Running":
        """A solve, or one step of it, that begins now or has begun earlier; plans on the way are not kept."""
        from scheduler.dates.prepared import Prepared

        begun = time.monotonic() if started is None else started
        keeper = NoKeeper(problem, params, None, begun)
        return Running(problem, params, listener, stop, begun, keeper, Prepared(problem))

    def keeping(self, keep: Keep | None) -> "Running":
        """The same solve with a keeper of plans, which hands them to `keep`."""
        return replace(self, keeper=Keeper(self.problem, self.params, keep, self.started))

    def within(self, teams_seconds: float) -> "Running":
        """The same solve with another limit for teams."""
        return replace(self, params=self.params.model_copy(update={"teams_seconds": teams_seconds}))

    def silent(self) -> "Running":
        """The same solve for a step of which nobody hears: its plans on the way are neither told of nor kept."""
        return replace(self, listener=None, keeper=NoKeeper(self.problem, self.params, None, self.started))

    def ended_if(self, is_over: bool) -> "Running":
        """The same solve, of which only a quick answer is wanted if it is over."""
        return replace(self, stop=lambda: True) if is_over else self

    def progress(
        self, phase: str, seconds: float, gap_target: float = 0.0, patience: float = 1.0
    ) -> Progress:
        """The progress of one phase, which begins now (see `Progress`)."""
        return Progress(phase, seconds, gap_target, self.listener, self.stop, self.started, patience)

    def has_teams(self) -> bool:
        """Whether any activity needs a team."""
        return any(activity.team is not None for activity in self.problem.activities)

    def seconds_left(self) -> float:
        """Seconds until the time for dates and teams together is over, never negative."""
        total = self.params.dates_seconds + self.params.teams_seconds
        return max(0.0, total - (time.monotonic() - self.started))
