"""The course of a method on one instance: time left, best plan, best bound, and the unions of skills it has to learn.

Formulations state people by skill only: there are 2^n unions of n skills. Where a plan breaks some unions, the
formulation is solved again with these, in the time that is left. Fewer rules never raise a bound, so the best
bound of all rounds stands.
"""

import time
from collections.abc import Callable, Iterable

from benchmarks.peers.answer import PeerAnswer, Point
from benchmarks.peers.judge import Starts, broken_rules, broken_unions, full_cost
from scheduler.dates.quick_plans import greedy
from scheduler.people.capacity import Skills
from scheduler.values.problem import Problem


class Course:
    """What a method has reached so far; plans that break a rule are not kept, unions that they break are learnt.

    Plans are charged and checked when a round is over, by a clock that stands still meanwhile.

    Attributes
    ----------
    best
        The cheapest plan so far at full cost, None if there is none.
    unions
        What a formulation has to state beside single skills.
    """

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.problem = problem
        self.began = time.monotonic()
        self.limit = seconds
        self.best: Starts | None = None
        self.cost: int | None = None
        self.bound: int | None = None
        self.unions: frozenset[Skills] = frozenset()
        self._seen: list[tuple[float, Starts]] = []
        self._points: list[Point] = []

    def seconds(self) -> float:
        """Seconds since the method began, without those for charging and checking."""
        return time.monotonic() - self.began

    def seconds_left(self) -> float:
        """Seconds until the limit, at least a moment."""
        return max(0.1, self.limit - self.seconds())

    def plan(self, starts: Starts, moment: float | None = None) -> None:
        """Note a plan, to be charged later; found now, or so many seconds after the beginning."""
        self._seen.append((self.seconds() if moment is None else moment, dict(starts)))

    def proved(self, bound: int, moment: float | None = None) -> None:
        """Note a bound; all costs are non-negative."""
        if bound > (0 if self.bound is None else self.bound):
            self.bound = bound
            self._points.append((round(self.seconds() if moment is None else moment, 3), None, bound))

    def settle(self) -> None:
        """Charge and check all plans seen since the last time."""
        stopped = time.monotonic()
        for seconds, starts in self._seen:
            broken = broken_unions(self.problem, starts)
            self.unions |= broken
            cost = full_cost(self.problem, starts)
            is_better = self.cost is None or cost < self.cost
            if is_better and not broken and not broken_rules(self.problem, starts):
                self.best, self.cost = starts, cost
                self._points.append((round(seconds, 3), cost, None))
        self._seen.clear()
        self.began += time.monotonic() - stopped

    def is_over(self) -> bool:
        """Whether time is up or the best plan is proven."""
        return self.seconds() >= self.limit or (self.cost is not None and self.cost == self.bound)

    def answer(self, remarks: str) -> PeerAnswer:
        """What was reached."""
        starts = None if self.best is None else {name: tuple(weeks) for name, weeks in self.best.items()}
        return PeerAnswer(starts, self.bound, round(self.seconds(), 3), remarks, merged(self._points))


def merged(points: Iterable[Point]) -> tuple[Point, ...]:
    """Points in the order of time, each with the best cost and the best bound until then."""
    found: list[Point] = []
    cost = bound = None
    for seconds, new_cost, new_bound in sorted(points, key=lambda point: point[0]):
        cost = min((known for known in (cost, new_cost) if known is not None), default=None)
        bound = max((known for known in (bound, new_bound) if known is not None), default=None)
        found.append((seconds, cost, bound))
    return tuple(found)


def run_in_rounds(
    problem: Problem, seconds: float, formulation: Callable[[Course], None], remarks: str
) -> PeerAnswer:
    """Begin with the planner's rule; solve a formulation until its plans break no further union, or time is up."""
    course = Course(problem, seconds)
    first = greedy(problem)
    if first is not None:
        course.plan(first)
        course.settle()
    while True:
        known = course.unions
        formulation(course)
        course.settle()
        if course.unions == known or course.is_over():
            return course.answer(remarks)
