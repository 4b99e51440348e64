"""Is there any plan without an uncovered place, as far as dates tell? The quick answer, with its proof."""

import time
from dataclasses import dataclass
from typing import Literal

from scheduler.dates.timetable import solve_dates
from scheduler.precheck import precheck
from scheduler.problem import Problem
from scheduler.result import Shortage, SolveParams, Status

Answer = Literal["possible", "impossible", "unknown"]
Source = Literal["counting", "prices", "search"]
"""How impossibility was proven: by counting, by prices that anyone can recompute, or by looking at all timetables."""


@dataclass(frozen=True)
class Verdict:
    """The answer, how it is known, and what was found short."""

    answer: Answer
    source: Source | None = None
    shortages: tuple[Shortage, ...] = ()

    @property
    def stranded(self) -> int:
        """Sets of activities that find no weeks even alone. While there are any, nothing else is counted."""
        return sum(bool(own.activities) for own in self.shortages)

    @property
    def lack(self) -> int:
        """Units short, summed over pools and limits; at least 1 if there is no plan and nobody is stranded."""
        counted = sum(max(0, own.lack) for own in self.shortages)
        return max(1, counted) - self.stranded if self.answer == "impossible" else 0

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better."""
        return self.stranded, self.lack


class Judge:
    """Gives verdicts until time is up; then everything is unknown.

    Parameters
    ----------
    seconds
        For all verdicts together, and at most for each.
    """

    def __init__(self, seconds: float, seconds_each: float = 10.0) -> None:
        self.end = time.monotonic() + seconds
        self.seconds_each = seconds_each

    @property
    def seconds_left(self) -> float:
        """Time for further verdicts."""
        return max(0.0, self.end - time.monotonic())

    def verdict(self, problem: Problem, seconds: float | None = None) -> Verdict:
        """Whether dates exist that keep every rule and for which people suffice by counting.

        Parameters
        ----------
        seconds
            For this verdict, in place of `seconds_each`.
        """
        if self.seconds_left <= 0:
            return Verdict("unknown")
        shortages = precheck(problem)
        if shortages:
            return Verdict("impossible", "counting", shortages)
        found: list[int] = []
        dates = solve_dates(
            problem,
            SolveParams(dates_seconds=min(seconds or self.seconds_each, self.seconds_left)),
            listener=lambda point: found.append(1) if point.incumbent is not None else None,
            stop=lambda: bool(found),
            whole_teams=True,
        )
        if dates.starts is not None:
            return Verdict("possible")
        if dates.status is not Status.INFEASIBLE:
            return Verdict("unknown")
        return Verdict("impossible", "prices" if dates.shortages else "search", dates.shortages)

    def is_possible(self, problem: Problem) -> bool:
        """Whether dates were found."""
        return self.verdict(problem).answer == "possible"

    def is_impossible(self, problem: Problem) -> bool:
        """Whether it is proven that there are none."""
        return self.verdict(problem).answer == "impossible"
