"""A time-indexed mixed-integer program with step variables, independent of who solves it.

For every stage and possible week a binary says whether the stage has started by then (Pritsker, Watters and
Wolfe 1969 in its step form). Lags become rows of two variables, and rows of areas alone have integral corners;
a stage runs in a week if it has started by then and not by its length before. Distances between two
movable stages are the least of two or three convex cases; each case has its own copy of the steps. It states
every rule and every term of the cost of dates.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.facts import Facts, Node, Relation, members
from benchmarks.peers.judge import Starts
from benchmarks.peers.mip import Expression, MipBuilder
from scheduler.people.capacity import Skills
from scheduler.values.problem import ApartLink, NearLink, PartnerLimit, PeriodLimit

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """The expressions 'has started by' for the possible weeks of a stage, in their order."""

    weeks: tuple[int, ...]
    by: tuple[Expression, ...]

    def at(self, week: int) -> Expression:
        """Whether the stage has started by any week."""
        position = bisect_right(self.weeks, week)
        return self.by[position - 1] if position else Expression({}, 0.0)

    def in_span(self, first: int, end: int) -> Expression:
        """Whether the stage starts in a half-open span."""
        return self.at(end - 1) - self.at(first - 1)


class StepMip:
    """The program of one problem.

    Attributes
    ----------
    mip
        The program's arrays, for any solver.
    """

    def __init__(self, facts: Facts, unions: frozenset[Skills] = frozenset()) -> None:
        self.facts, self.problem = facts, facts.problem
        self.mip = MipBuilder()
        self._running: dict[tuple[Node, int], Expression] = {}
        self._derived: list[tuple[Expression, Callable[[Values], float]]] = []
        one = Expression({}, 1.0)
        self.steps = {node: self._add_steps(tuple(weeks), one, True) for node, weeks in facts.extra.items()}
        for node, weeks in facts.extra.items():
            urgency = facts.urgency.get(node, 0)
            self._charge(self.steps[node], {week: urgency * week + cost for week, cost in weeks.items()})
        for relation in facts.relations:
            if isinstance(relation.link, ApartLink | NearLink):
                self._add_distance(relation, relation.link)
            else:
                self._add_window(relation)
        self._add_pools(unions)
        counted = members(self.problem)
        for limit in self.problem.period_limits:
            self._add_period_limit(limit, counted[limit.id])
        for partner in self.problem.partner_limits:
            self._add_partner_limit(partner)

    def starts(self, values: Values) -> Starts:
        """Start weeks by activity from the values of all columns."""
        return {
            activity.id: tuple(
                self._start(self.steps[activity.id, stage.id], values) for stage in activity.stages
            )
            for activity in self.problem.activities
        }

    def values(self, starts: Starts) -> Values:
        """The values of all columns in a plan, a complete hint for a solver."""
        values = np.zeros(len(self.mip.cost))
        for activity in self.problem.activities:
            for stage, start in zip(activity.stages, starts[activity.id], strict=True):
                steps = self.steps[activity.id, stage.id]
                for week, expression in zip(steps.weeks, steps.by, strict=True):
                    values[list(expression.terms)] = float(start <= week)
        for column, value in self._derived:
            values[list(column.terms)] = value(values)
        return values

    def _start(self, steps: Steps, values: Values) -> int:
        reached = (expression.value(values) > 0.5 for expression in steps.by)
        return next(week for week, has_started in zip(steps.weeks, reached, strict=True) if has_started)

    def _add_steps(self, weeks: tuple[int, ...], last: Expression, is_binary: bool) -> Steps:
        """Columns that never fall from week to week; in the last week the stage has started as often as `last`."""
        by = [self.mip.column(0, 1, is_integer=is_binary) for _ in weeks[1:]] + [last]
        for before, after in pairwise(by):
            self.mip.at_most(before - after, 0)
        return Steps(weeks, tuple(by))

    def _charge(self, steps: Steps, cost: dict[int, int]) -> None:
        before = Expression({}, 0.0)
        for week, reached in zip(steps.weeks, steps.by, strict=True):
            self.mip.charge(reached - before, cost[week])
            before = reached

    def _add_window(self, relation: Relation) -> None:
        """`other` starts in a window that depends on the week of `one`."""
        one, other = self.steps[relation.one], self.steps[relation.other]
        windows = [self.facts.window(relation, week) for week in one.weeks]
        is_monotone = all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(windows))
        before = Expression({}, 0.0)
        for (first, end), reached in zip(windows, one.by, strict=True):
            if is_monotone:
                self.mip.at_most(other.at(first - 1) - before, 0)
                self.mip.at_most(reached - other.at(end - 1), 0)
            else:
                self.mip.at_most(reached - before - other.in_span(first, max(first, end)), 0)
            before = reached
        if is_monotone:
            for week, (first, end) in zip(one.weeks, windows, strict=True):
                if end <= first:
                    self.mip.at_most(one.in_span(week, week + 1), 0)
        self._charge(other, {week: self.facts.price(relation) * week for week in other.weeks})
        firsts = {week: first for week, (first, _) in zip(one.weeks, windows, strict=True)}
        self._charge(one, {week: -self.facts.price(relation) * first for week, first in firsts.items()})

    def _add_distance(self, relation: Relation, link: ApartLink | NearLink) -> None:
        """The least of several cases, each convex in the difference of the two weeks.

        A part (late, early, shift) of a case costs a unit for each week of early + shift - late, if positive.
        """
        one, other = relation.one, relation.other
        lengths = [self.facts.stages[node].duration_weeks for node in (one, other)]
        if isinstance(link, ApartLink):
            cases = [[(other, one, lengths[0] + link.cap_weeks)], [(one, other, lengths[1] + link.cap_weeks)]]
        else:
            cases = [[(one, other, -lengths[0]), (other, one, -lengths[1])]]
        chosen = [self.mip.column(0, 1, is_integer=True) for _ in cases]
        for number, case_taken in enumerate(chosen):
            self._derived.append((case_taken, partial(self._is_case, relation, number)))
        rest = Expression({}, 1.0)
        for case_taken in chosen:
            rest = rest - case_taken
        self.mip.charge(rest, link.price_per_week * link.cap_weeks)
        copies = self._split(one, [*chosen, rest]), self._split(other, [*chosen, rest])
        for number, case in enumerate(cases):
            own_steps = {one: copies[0][number], other: copies[1][number]}
            for late, early, shift in case:
                self._charge_excess(own_steps[late], own_steps[early], shift, link.price_per_week)

    def _split(self, node: Node, chosen: list[Expression]) -> list[Steps]:
        """Copies of a stage's steps, one for each case; all of them but the chosen one are zero."""
        steps = self.steps[node]
        copies = [self._add_steps(steps.weeks, taken, False) for taken in chosen]
        for position, total in enumerate(steps.by[:-1]):
            self.mip.equal(total - _sum([copy.by[position] for copy in copies]), 0)
        for taken, copy in zip(chosen, copies, strict=True):
            for total, column in zip(steps.by[:-1], copy.by[:-1], strict=True):
                self._derived.append((column, partial(_product, taken, total)))
        return copies

    def _is_case(self, relation: Relation, number: int, values: Values) -> float:
        return float(self._case(relation, values) == number)

    def _case(self, relation: Relation, values: Values) -> int:
        """The case that costs least in a plan: 0 or 1, or the one that pays the cap."""
        weeks = [self._start(self.steps[node], values) for node in (relation.one, relation.other)]
        lengths = [self.facts.stages[node].duration_weeks for node in (relation.one, relation.other)]
        assert isinstance(relation.link, ApartLink | NearLink)
        clear = weeks[1] - weeks[0] - lengths[0], weeks[0] - weeks[1] - lengths[1]
        if isinstance(relation.link, NearLink):
            return int(max(clear) > relation.link.cap_weeks)
        return 2 if max(clear) < 0 else int(clear[1] > clear[0])

    def _charge_excess(self, late: Steps, early: Steps, shift: int, price: int) -> None:
        """Each week in which `late` has started, but `early` had not `shift` weeks before, costs the price."""
        for week in range(late.weeks[0], early.weeks[-1] + shift):
            excess = self._slack(late.at(week) - early.at(week - shift), 0, 1)
            self.mip.charge(excess, price)

    def _runs(self, node: Node, week: int) -> Expression:
        """Whether a stage runs in a week; kept for the next pool."""
        if (node, week) not in self._running:
            length = self.facts.stages[node].duration_weeks
            self._running[node, week] = self.steps[node].in_span(week - length + 1, week + 1)
        return self._running[node, week]

    def _add_pools(self, unions: frozenset[Skills]) -> None:
        for pool in self.facts.pools(unions):
            for week, units in enumerate(pool.units):
                running = [
                    self._runs(node, week).scaled(units_each) for node, units_each in pool.demand.items()
                ]
                self.mip.at_most(_sum([use for use in running if use.terms or use.constant]), units)

    def _add_period_limit(self, limit: PeriodLimit, counted: list[Node]) -> None:
        count = _sum([self.steps[node].in_span(limit.span.first, limit.span.end) for node in counted])
        excess = limit.max_excess if limit.price is not None else 0
        for bound, sign in ((limit.maximum, 1), (limit.minimum, -1)):
            if bound is not None:
                slack = self._slack(count.scaled(sign), sign * bound, excess)
                self.mip.charge(slack, limit.price or 0)

    def _add_partner_limit(self, limit: PartnerLimit) -> None:
        nodes = [
            (activity.id, stage.id)
            for activity in self.problem.activities
            if activity.kind in limit.kinds and activity.area in limit.areas
            for stage in activity.stages
            if stage.on_site
        ]
        for week in range(self.problem.num_weeks):
            running = _sum([self._runs(node, week) for node in nodes])
            self.mip.charge(self._slack(running, limit.maximum, limit.max_excess), limit.price)

    def _slack(self, used: Expression, there: float, most: float) -> Expression:
        """A column for what is used beyond what is there."""
        slack = self.mip.column(0, most)
        self.mip.at_most(used - slack, there)
        self._derived.append((slack, lambda values: min(most, max(0.0, used.value(values) - there))))
        return slack


def _product(one: Expression, other: Expression, values: Values) -> float:
    return one.value(values) * other.value(values)


def _sum(parts: list[Expression]) -> Expression:
    terms: dict[int, float] = {}
    constant = 0.0
    for part in parts:
        constant += part.constant
        for column, coefficient in part.terms.items():
            terms[column] = terms.get(column, 0.0) + coefficient
    return Expression(terms, constant)
