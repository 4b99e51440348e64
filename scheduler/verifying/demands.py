"""What people ask for their weeks: prices of each person's weeks and yearly maxima."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from urllib.parse import unquote

from scheduler.values.errors import Refusal
from scheduler.values.problem import Activity, Period, Problem
from scheduler.verifying.nodes import Node
from scheduler.verifying.people import People, Staff

PREFIX = "person:"

Kind = tuple[int, bool, bool]
"""Of a stage: its duration, and whether it is the first or the last one with the team."""

When = tuple[tuple[Kind, int], ...]
"""Stages of one team and the weeks in which they start."""


def kind_of(node: Node) -> Kind:
    """What matters of a stage to those who work in it."""
    return node.stage.duration_weeks, node.is_first_team, node.is_last_team


class Asks:
    """Prices of persons, non-negative and scaled, by the names of their rows.

    Attributes
    ----------
    worth
        What all that the persons can do is worth: each works or rests after at most one review a week, and begins
        at most so many in a period.
    """

    def __init__(self, problem: Problem, staff: Staff, duals: Mapping[str, int]) -> None:
        self.problem, self.staff = problem, staff
        self.worth = 0
        longest = max((person.rest_weeks for person in problem.inspectors), default=0)
        self._num_weeks = problem.num_weeks + longest
        self._number = {person.id: number for number, person in enumerate(problem.inspectors)}
        self._weeks: dict[int, list[int]] = defaultdict(lambda: [0] * self._num_weeks)
        self._periods: dict[int, list[tuple[Period, int]]] = defaultdict(list)
        for name, dual in duals.items():
            self._take(name, dual)
        self._sums = {number: [0, *accumulate(weeks)] for number, weeks in self._weeks.items()}
        self.of_team = cache(self._of_team)
        self._sorted = cache(self._find_sorted)
        self._stage = cache(self._find_stage)

    def _take(self, name: str, dual: int) -> None:
        parts = [unquote(part) for part in name.removeprefix(PREFIX).split(":")]
        if len(parts) == 3 and parts[0] in self._number:
            number, kind, which = self._number[parts[0]], parts[1], parts[2]
            week = int(which) if which.isascii() and which.isdecimal() and len(which) < 9 else -1
            if kind == "week" and str(week) == which and week < self._num_weeks:
                self._weeks[number][week] += dual
                self.worth += dual
                return
            for period in self.problem.periods:
                most = self.staff.may_begin(self.problem.inspectors[number], period)
                if (period.kind, period.id) == (kind, which) and most is not None:
                    self._periods[number].append((period, dual))
                    self.worth += dual * most
                    return
        raise Refusal(f"the problem has no row '{name}'. Use the certificate of this problem.")

    def team(self, activity: Activity, seats: tuple[tuple[str, int], ...], when: When, cap: int) -> int:
        """What a team asks at least: each seat the cheapest people who could fill it, at most `cap`."""
        return self.of_team(seats, self.staff.independent(activity), when, cap)

    def _of_team(self, seats: tuple[tuple[str, int], ...], free: People, when: When, cap: int) -> int:
        total = 0
        for skill, count in seats:
            able = free & self.staff.able(frozenset([skill]))
            for ask, person in self._sorted(when):
                if count == 0 or ask >= cap:
                    break
                if able & person:
                    total += ask
                    count -= 1
            total += count * cap
        return total

    def _find_sorted(self, when: When) -> list[tuple[int, People]]:
        """Who is there throughout, by what they ask."""
        (kind, week), *others = when
        asked = self._stage(kind, week)
        for other, second in others:
            more = self._stage(other, second)
            asked = {number: ask + more[number] for number, ask in asked.items() if number in more}
        return sorted((ask, 1 << number) for number, ask in asked.items())

    def _find_stage(self, kind: Kind, week: int) -> dict[int, int]:
        """What each person asks who is there throughout a stage, by number."""
        duration, is_first, is_last = kind
        there = self.staff.there_throughout(week, duration)
        asked = {}
        for number, person in enumerate(self.problem.inspectors):
            if there >> number & 1:
                end = min(week + duration + (person.rest_weeks if is_last else 0), self._num_weeks)
                sums = self._sums.get(number)
                asked[number] = 0 if sums is None else sums[end] - sums[week]
                if is_first:
                    for period, dual in self._periods.get(number, ()):
                        asked[number] += dual if period.span.first <= week < period.span.end else 0
        return asked
