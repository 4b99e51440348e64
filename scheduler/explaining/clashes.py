"""Is there a plan without an uncovered place, or which smallest set of facts forbids it (QuickXplain, Junker 2004)?"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.counting.pre_check import precheck
from scheduler.dates.search import solve_dates
from scheduler.explaining.facts import MANY_FACTS, Fact, facts_of, single_facts, without
from scheduler.explaining.row_names import parse
from scheduler.values.problem import Problem
from scheduler.values.result import Shortage, SolveParams, Status

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
        return sum(_is_of_activities(own) for own in self.shortages)

    @property
    def lack(self) -> int:
        """Units short, summed over pools and limits; at least 1 if there is no plan and nobody is stranded."""
        counted = sum(max(0, own.demand - own.capacity) for own in self.shortages)
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


def _is_of_activities(shortage: Shortage) -> bool:
    """Whether a shortage names activities instead of pools and limits."""
    try:
        parse(shortage.pool.partition(" + ")[0].partition(", ")[0])
    except ValueError:
        return True
    return False


Clashes = Callable[[Sequence[Fact]], bool]
"""Whether some facts clash on their own, all others taken away."""


def clash(problem: Problem, judge: Judge) -> tuple[Fact, ...]:
    """Facts of an impossible problem that clash, each of which is needed as far as time allows.

    Empty if stages, lags and the horizon alone leave no plan.
    """
    coarse = facts_of(problem)
    found = _smallest(coarse, _clashing(problem, coarse, judge))
    fine = tuple(part for fact in found for part in single_facts(fact))
    if len(fine) > len(found):
        # Facts that are not in the clash are gone for good; only its groups are taken apart.
        bare = without(problem, [fact for fact in coarse if fact not in found])
        parts = _smallest(fine, _clashing(bare, fine, judge))
        return tuple(_joined(found, parts))
    return found


def _clashing(problem: Problem, facts: Sequence[Fact], judge: Judge) -> Clashes:
    known: dict[frozenset[Fact], bool] = {}

    def clashes(active: Sequence[Fact]) -> bool:
        key = frozenset(active)
        if key not in known:
            known[key] = judge.is_impossible(without(problem, [own for own in facts if own not in key]))
        return known[key]

    return clashes


def _smallest(facts: Sequence[Fact], clashes: Clashes) -> tuple[Fact, ...]:
    if clashes(()):
        return ()
    needed = set(_needed((), False, tuple(facts), clashes))
    return tuple(fact for fact in facts if fact in needed)


def _needed(kept: Sequence[Fact], is_new: bool, facts: Sequence[Fact], clashes: Clashes) -> tuple[Fact, ...]:
    """Which of the facts are needed for a clash beside those that are kept."""
    if is_new and clashes(kept):
        return ()
    if len(facts) <= 1:
        return tuple(facts)
    half = len(facts) // 2
    second = _needed((*kept, *facts[:half]), True, facts[half:], clashes)
    first = _needed((*kept, *second), bool(second), facts[:half], clashes)
    return (*first, *second)


def _joined(groups: Sequence[Fact], parts: Sequence[Fact]) -> list[Fact]:
    """Single facts, or one fact for many activities of one kind."""
    joined = []
    for group in groups:
        own = [part for part in parts if part.kind == group.kind and part.owner == group.owner]
        if len(own) <= MANY_FACTS or group in own:
            joined += own
        else:
            names = tuple(name for part in own for name in part.activities)
            joined.append(group.model_copy(update={"activities": names}))
    return joined
