"""Is there a plan without an uncovered place, or which smallest set of facts forbids it (QuickXplain, Junker 2004)?"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from scheduler.checking.checker import faults
from scheduler.cost import make_plan
from scheduler.counting.pre_check import lacking
from scheduler.dates.running import Running
from scheduler.dates.search import find_dates
from scheduler.explaining.facts import MANY_FACTS, Fact, facts_of, single_facts, without
from scheduler.nearby.all_timetables import AllTimetables
from scheduler.nearby.linked_areas import Units
from scheduler.people.staff import Staff
from scheduler.run.answers import DatesAnswer, TeamsAnswer
from scheduler.solving.teams import TeamsLadder
from scheduler.teams.assignment import assign_teams
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import Shortage, SolveParams, Status
from scheduler.values.value import Starts

Answer = Literal["possible", "impossible", "unknown"]
Source = Literal["counting", "prices", "search", "teams", "persons"]
"""How impossibility was proven: by counting, by prices of rows that anyone can recompute, by looking at all
timetables, at all timetables and teams, or by prices of persons."""


@dataclass(frozen=True)
class Verdict:
    """The answer, how it is known, and what was found short.

    `places` are those that every plan leaves uncovered at least, if that was proven.
    """

    answer: Answer
    source: Source | None = None
    shortages: tuple[Shortage, ...] = ()
    places: int = 0

    @property
    def stranded(self) -> int:
        """Sets of activities that find no weeks even alone. While there are any, nothing else is counted."""
        return sum(shortage.kind == "stranded" for shortage in self.shortages)

    @property
    def lack(self) -> int:
        """Units short, summed over pools and limits; at least 1 if there is no plan and nobody is stranded."""
        counted = sum(max(0, shortage.lack) for shortage in self.shortages)
        return max(1, counted, self.places) - self.stranded if self.answer == "impossible" else 0

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

    Attributes
    ----------
    was_undecided
        Whether any verdict was that nothing is known.
    """

    def __init__(self, seconds: float, seconds_each: float = 10.0) -> None:
        self.end = time.monotonic() + seconds
        self.seconds_each = seconds_each
        self.was_undecided = False

    @property
    def seconds_left(self) -> float:
        """Time for further verdicts."""
        return max(0.0, self.end - time.monotonic())

    def verdict(self, problem: Problem, seconds: float | None = None) -> Verdict:
        """Whether there is a plan that keeps every rule and covers every place.

        It is possible only if such a plan was found and the independent check has passed it.

        Parameters
        ----------
        seconds
            For this verdict, in place of `seconds_each`.
        """
        found = Verdict("unknown")
        if self.seconds_left > 0:
            limit = min(seconds or self.seconds_each, self.seconds_left)
            found = _Trial(problem, limit).verdict()
        self.was_undecided |= found.answer == "unknown"
        return found

    def is_possible(self, problem: Problem) -> bool:
        """Whether a plan was found that covers every place."""
        return self.verdict(problem).answer == "possible"


class _Trial:
    """One problem, solved as far as it takes to know; what costs least is tried first."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.problem, self.started, self.seconds = problem, time.monotonic(), seconds
        self.run = Running.begin(problem, SolveParams())
        self.needs_people = any(activity.team is not None for activity in problem.activities)

    def verdict(self) -> Verdict:
        if shortages := lacking(self.run.prepared.rows(whole_teams=True)):
            return Verdict("impossible", "counting", shortages)
        dates = self._dates()
        if dates.status is Status.INFEASIBLE:
            return Verdict("impossible", "prices" if dates.shortages else "search", dates.shortages)
        if dates.starts is None:
            return self._of_all_timetables() or Verdict("unknown")
        if not self.needs_people:
            return self._covering(dates.starts, ())
        teams = self._teams(dates.starts)
        if teams.uncovered == 0:
            return self._covering(dates.starts, teams.members)
        return self._of_all_timetables() or self._other_dates(dates, teams)

    def _dates(self) -> DatesAnswer:
        """The first dates for which every place could be covered by counting."""
        found: list[int] = []
        run = replace(
            self.run,
            listener=lambda point: found.append(1) if point.incumbent is not None else None,
            stop=lambda: bool(found),
        )
        return find_dates(run, run.prepared.rows(whole_teams=True), None, self._seconds_left())

    def _of_all_timetables(self) -> Verdict | None:
        """What looking at all plans says, where they are few enough."""
        every = AllTimetables(Units(self.problem, self.run.prepared.shared), Staff(self.problem))
        if not every.is_small:
            return None
        question = every.ask()
        found = question.least(question.uncovered, self._seconds_left())
        if found.starts is not None and found.value == 0:
            return self._covering(found.starts, found.members)
        if not found.is_proven:
            return None
        return Verdict("impossible", "teams" if self.needs_people else "search", places=found.value)

    def _teams(self, starts: Starts) -> TeamsAnswer:
        """Teams for dates, until every place is covered."""
        is_covered: list[bool] = []
        return assign_teams(
            self.problem,
            starts,
            SolveParams(teams_seconds=self._seconds_left() / 2, team_gap_target=1.0),
            listener=lambda point: is_covered.append(point.phase == "uncovered" and point.incumbent == 0),
            stop=lambda: any(is_covered),
        )

    def _other_dates(self, dates: DatesAnswer, teams: TeamsAnswer) -> Verdict:
        """Other dates, where teams leave places uncovered, as a solve goes about it."""
        params = SolveParams(dates_seconds=0.0, teams_seconds=self._seconds_left())
        run = replace(self.run, params=params, started=time.monotonic()).keeping(None)
        better, others = TeamsLadder(run).better(dates, teams)[0]
        if others is not None and others.uncovered == 0 and better.starts is not None:
            return self._covering(better.starts, others.members)
        if better.uncovered_bound:
            return Verdict("impossible", "persons", places=better.uncovered_bound)
        return Verdict("unknown")

    def _covering(self, starts: Starts, members: tuple[TeamMember, ...]) -> Verdict:
        """Possible, if the check passes the plan."""
        plan = make_plan(self.problem, starts, members)
        is_sound = plan.costs.uncovered_places == 0 and not faults(self.problem, plan)
        return Verdict("possible" if is_sound else "unknown")

    def _seconds_left(self) -> float:
        return max(0.0, self.seconds - (time.monotonic() - self.started))


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
            rest = without(problem, [fact for fact in facts if fact not in key])
            known[key] = judge.verdict(rest).answer == "impossible"
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
        inside = [part for part in parts if part.kind == group.kind and part.owner == group.owner]
        if len(inside) <= MANY_FACTS or group in inside:
            joined += inside
        else:
            names = tuple(name for part in inside for name in part.activities)
            joined.append(group.model_copy(update={"activities": names}))
    return joined
