"""The whole programme after an event, solved on another core while plans near the published one are looked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scheduler.replanning.result import ReplanParams
from scheduler.replanning.small_programmes import MOST_UNITS
from scheduler.solving.beside import SolveBeside
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams

SHARE_AFTER = 0.08
"""Share of all the time in which what was found there is made better here."""

SHARE_OF_DATES = 1 / 3
"""Of the time of the solve, as in its default limits."""


@dataclass(frozen=True)
class SolvedBeside:
    """The solve under way, and so many seconds that are kept to work on its answer."""

    solve: SolveBeside
    seconds_after: float

    def answer(self, seconds: float) -> Result | None:
        """Its answer, so many seconds before all time is over; None if there is none."""
        return self.solve.answer(seconds - self.seconds_after)


@contextmanager
def solving_beside(
    problem: Problem, plan: Plan, params: ReplanParams, seconds: float
) -> Iterator[SolvedBeside | None]:
    """Solve the problem after an event from the published plan on, for so long that there is time left to use it.

    None where one core has to do, or there is no need: nothing but the fewest moves is asked for, or the programme is
    so small that one model of all its plans tells the cheapest.
    """
    solve = None
    kept = params.seconds * SHARE_AFTER
    if params.with_alternatives and params.num_workers > 1 and len(problem.areas) > MOST_UNITS:
        limit = max(0.0, seconds - kept)
        limits = {"dates_seconds": limit * SHARE_OF_DATES, "teams_seconds": limit * (1 - SHARE_OF_DATES)}
        solve = SolveBeside.start(
            problem, SolveParams(seed=params.seed, num_workers=1, team_gap_target=0.0, **limits), plan
        )
    try:
        yield None if solve is None else SolvedBeside(solve, kept)
    finally:
        if solve is not None:
            solve.abandon()
