"""The first model one writes: CP-SAT with one interval per stage and a cumulative constraint per pool.

It states windows, closures, lags, links, pins, pools, unions, period limits and all terms of the cost of
dates except 'partners', which would need a Boolean per area and week (its hard maximum is stated); leaving a
non-negative term out keeps its bound valid. It begins with the plan of the planner's rule.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.peers.answer import PeerAnswer
from benchmarks.peers.course import Course, run_in_rounds
from benchmarks.peers.facts import Facts, Node, Pool, Relation, members
from benchmarks.peers.judge import Starts
from scheduler.values.problem import ApartLink, LagLink, NearLink, PartnerLimit, PeriodLimit, Problem

REMARKS = "the price of 'partners' is not in the model"


def solve(problem: Problem, seconds: float, seed: int = 0, num_workers: int = 8) -> PeerAnswer:
    """Dates for every activity within a time limit.

    Eight workers share two cores: CP-SAT's portfolio is made for eight, and proves more with them than with two.
    """
    return run_in_rounds(problem, seconds, lambda course: _round(course, seed, num_workers), REMARKS)


def _round(course: Course, seed: int, num_workers: int) -> None:
    model = Intervals(Facts(course.problem), course)
    solver = cp_model.CpSolver()
    solver.best_bound_callback = lambda bound: course.proved(math.ceil(bound - 1e-6))
    solver.parameters.max_time_in_seconds = course.seconds_left()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = num_workers
    status = solver.solve(model.cp, _Watch(model, course))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
        course.proved(math.ceil(solver.best_objective_bound - 1e-6))


class _Watch(cp_model.CpSolverSolutionCallback):
    """Charges every plan on the way with its full cost."""

    def __init__(self, model: "Intervals", course: Course) -> None:
        super().__init__()
        self.model, self.course = model, course

    def on_solution_callback(self) -> None:
        """Called by the solver for each plan that is better in its own terms."""
        self.course.plan(self.model.starts(self.value))


class Intervals:
    """The model of one problem."""

    def __init__(self, facts: Facts, course: Course) -> None:
        self.facts, self.problem = facts, facts.problem
        self.cp = cp_model.CpModel()
        self.cost: list[Any] = []
        self.start = {node: self._add_start(node, weeks) for node, weeks in facts.extra.items()}
        for relation in facts.relations:
            self._add_relation(relation)
        for pool in facts.pools(course.unions):
            self._add_cumulative(pool)
        for partner in self.problem.partner_limits:
            self._add_partner_limit(partner)
        counted = members(self.problem)
        for limit in self.problem.period_limits:
            self._add_period_limit(limit, counted[limit.id])
        self.cp.minimize(sum(self.cost))
        if course.best is not None:
            self._add_hint(course.best)

    def starts(self, value: Callable[[Any], int]) -> Starts:
        """Start weeks by activity of a plan, from the values of its variables."""
        return {
            activity.id: tuple(value(self.start[activity.id, stage.id]) for stage in activity.stages)
            for activity in self.problem.activities
        }

    def _add_start(self, node: Node, weeks: dict[int, int]) -> Any:
        start = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(list(weeks)), "/".join(node))
        self.cost.append(self.facts.urgency.get(node, 0) * start)
        if any(weeks.values()):
            table = [weeks.get(week, 0) for week in range(max(weeks) + 1)]
            extra = self.cp.new_int_var(0, max(table), "")
            self.cp.add_element(start, table, extra)
            self.cost.append(extra)
        return start

    def _add_relation(self, relation: Relation) -> None:
        link = relation.link
        if isinstance(link, ApartLink | NearLink):
            self._add_distance(relation, link)
            return
        one, other = self.start[relation.one], self.start[relation.other]
        first, end = (self._looked_up(relation, part) for part in (0, 1))
        if not isinstance(link, LagLink):
            first, end = (one + self.facts.window(relation, 0)[part] for part in (0, 1))
        self.cp.add(other >= first)
        self.cp.add(other < end)
        self.cost.append(self.facts.price(relation) * (other - first))

    def _looked_up(self, relation: Relation, part: int) -> Any:
        """First week or end of a window that differs from week to week, 0 otherwise."""
        if not isinstance(relation.link, LagLink):
            return 0
        weeks = self.facts.extra[relation.one]
        table = [self.facts.window(relation, week)[part] for week in range(max(weeks) + 1)]
        found = self.cp.new_int_var(0, max(table), "")
        self.cp.add_element(self.start[relation.one], table, found)
        return found

    def _add_distance(self, relation: Relation, link: ApartLink | NearLink) -> None:
        one, other = self.start[relation.one], self.start[relation.other]
        ends = [self.facts.stages[node].duration_weeks for node in (relation.one, relation.other)]
        clear = self.cp.new_int_var(0, self.problem.num_weeks, "")
        self.cp.add_max_equality(clear, [0, other - one - ends[0], one - other - ends[1]])
        counted = self.cp.new_int_var(0, link.cap_weeks, "")
        self.cp.add_min_equality(counted, [clear, link.cap_weeks])
        paid = counted if isinstance(link, NearLink) else link.cap_weeks - counted
        self.cost.append(link.price_per_week * paid)

    def _add_cumulative(self, pool: Pool) -> None:
        # A cumulative has one capacity: what is missing in a week is taken by a fixed interval.
        top = max(pool.units)
        intervals = [self._interval(node) for node in pool.demand]
        sizes = list(pool.demand.values())
        for week, there in enumerate(pool.units):
            if there < top:
                intervals.append(self.cp.new_fixed_size_interval_var(week, 1, ""))
                sizes.append(top - there)
        self.cp.add_cumulative(intervals, sizes, top)

    def _add_partner_limit(self, limit: PartnerLimit) -> None:
        intervals = [
            self._interval((activity.id, stage.id))
            for activity in self.problem.activities
            if activity.kind in limit.kinds and activity.area in limit.areas
            for stage in activity.stages
            if stage.on_site
        ]
        self.cp.add_cumulative(intervals, [1] * len(intervals), limit.maximum + limit.max_excess)

    def _interval(self, node: Node) -> Any:
        return self.cp.new_fixed_size_interval_var(
            self.start[node], self.facts.stages[node].duration_weeks, ""
        )

    def _add_period_limit(self, limit: PeriodLimit, counted: Iterable[Node]) -> None:
        inside = []
        for node in counted:
            literal = self.cp.new_bool_var("")
            span = cp_model.Domain(limit.span.first, limit.span.end - 1)
            self.cp.add_linear_expression_in_domain(self.start[node], span).only_enforce_if(literal)
            outside = span.complement()
            self.cp.add_linear_expression_in_domain(self.start[node], outside).only_enforce_if(~literal)
            inside.append(literal)
        slack_top = limit.max_excess if limit.price is not None else 0
        for bound, sign in ((limit.maximum, 1), (limit.minimum, -1)):
            if bound is not None:
                slack = self.cp.new_int_var(0, slack_top, "")
                self.cp.add(sign * sum(inside) <= sign * bound + slack)
                self.cost.append((limit.price or 0) * slack)

    def _add_hint(self, best: Starts) -> None:
        for activity in self.problem.activities:
            for stage, week in zip(activity.stages, best[activity.id], strict=True):
                self.cp.add_hint(self.start[activity.id, stage.id], week)
