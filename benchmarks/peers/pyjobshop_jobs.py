"""PyJobShop, as far as its modelling language reaches; it runs where `make peers` has installed it.

Stated: windows, pins, calendars (resources with breaks), lags and links whose window does not change its width,
'within', pools by week (fixed tasks take what is missing), hard maxima of periods (a marker task with a mode for
each span, which uses a consumable), hard maxima of partners, urgency, stretch and sequencing prices (weighted
tardiness and earliness).

Not expressible, so left out: lag tables whose width varies (replaced by their widest constant window), prices of
distance between stages ('apart', 'near'), prices of stability, priced or minimal period limits, the price of
'partners'. Leaving them out keeps the bound valid; the plan is charged in full. Nor does it report on the way.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pyjobshop import Model, ScheduledTask, Solution
from pyjobshop import solve as solve_data

from benchmarks.peers.answer import PeerAnswer
from benchmarks.peers.course import Course, run_in_rounds
from benchmarks.peers.facts import Facts, Node, Pool, Relation, members
from benchmarks.peers.judge import Starts
from scheduler.values.problem import ApartLink, NearLink, PartnerLimit, Problem, Stage

REMARKS = "left out: priced limits and distances, minima, changing widths of lag tables"


def solve(problem: Problem, seconds: float, seed: int = 0, num_workers: int = 8) -> PeerAnswer:
    """Dates for every activity within a time limit."""
    return run_in_rounds(problem, seconds, lambda course: _round(course, seed, num_workers), REMARKS)


def _round(course: Course, seed: int, num_workers: int) -> None:
    jobs = Jobs(Facts(course.problem), course)
    data = jobs.model.data()
    first = None if course.best is None else Solution(data, jobs.scheduled(course.best))
    result = solve_data(
        data,
        time_limit=course.seconds_left(),
        num_workers=num_workers,
        initial_solution=first,
        random_seed=seed,
    )
    if math.isfinite(result.lower_bound):
        course.proved(math.ceil(result.lower_bound + jobs.constant - 1e-6))
    if math.isfinite(result.objective):
        course.plan(jobs.starts(result.best))


@dataclass(frozen=True)
class Placed:
    """Where a task stands in a plan: it starts with a stage, or in a fixed week; each mode serves a span of starts."""

    node: Node | None
    week: int
    modes: tuple[tuple[int, int, int], ...]


class Jobs:
    """The model of one problem.

    Attributes
    ----------
    constant
        What has to be added to PyJobShop's objective.
    """

    def __init__(self, facts: Facts, course: Course) -> None:
        self.facts, self.problem = facts, facts.problem
        self.model = Model()
        self.constant = 0
        self._placed: list[Placed] = []
        self._calendars: dict[tuple[str, ...], Any] = {}
        self._demand: dict[Node, list[tuple[Any, int]]] = {node: [] for node in facts.stages}
        self._windows = {node: (min(weeks), max(weeks)) for node, weeks in facts.extra.items()}
        self._slopes = dict.fromkeys(facts.stages, 0) | facts.urgency
        kept = [
            relation for relation in facts.relations if not isinstance(relation.link, ApartLink | NearLink)
        ]
        offsets = [(relation, *self._offsets(relation)) for relation in kept]
        for pool in facts.pools(course.unions):
            self._add_pool(pool)
        for partner in self.problem.partner_limits:
            self._add_partner(partner)
        self._tasks = {node: self._add_stage(node) for node in facts.stages}
        for relation, least, most in offsets:
            one, other = self._tasks[relation.one], self._tasks[relation.other]
            self.model.add_start_before_start(one, other, delay=least)
            self.model.add_start_before_start(other, one, delay=-most)
        self._add_periods()
        self.model.set_objective(weight_total_tardiness=1, weight_total_earliness=1)

    def starts(self, solution: Any) -> Starts:
        """Start weeks by activity."""
        week = {placed.node: task.start for placed, task in zip(self._placed, solution.tasks, strict=True)}
        return {
            activity.id: tuple(week[activity.id, stage.id] for stage in activity.stages)
            for activity in self.problem.activities
        }

    def scheduled(self, starts: Starts) -> list[Any]:
        """A plan in PyJobShop's words, to begin with."""
        week = {
            (activity.id, stage.id): start
            for activity in self.problem.activities
            for stage, start in zip(activity.stages, starts[activity.id], strict=True)
        }
        tasks = []
        for placed in self._placed:
            begin = placed.week if placed.node is None else week[placed.node]
            number = next(mode for mode, first, end in placed.modes if first <= begin < end)
            mode = self.model.modes[number]
            tasks.append(ScheduledTask(number, mode.resources, begin, begin + mode.duration))
        return tasks

    def _offsets(self, relation: Relation) -> tuple[int, int]:
        """Least and most weeks from one start to the other, over all weeks; the price becomes one of either start."""
        weeks = self.facts.extra[relation.one]
        windows = {week: self.facts.window(relation, week) for week in weeks}
        usable = {
            week: (first - week, end - 1 - week) for week, (first, end) in windows.items() if first < end
        }
        self._windows[relation.one] = (min(usable), max(usable))
        price = self.facts.price(relation)
        self._slopes[relation.other] += price
        self._slopes[relation.one] -= price
        self.constant -= price * max(first for first, _ in usable.values())
        return min(first for first, _ in usable.values()), max(last for _, last in usable.values())

    def _add_pool(self, pool: Pool) -> None:
        """A resource of the largest size; tasks in fixed weeks take what is missing."""
        top = max(pool.units)
        resource = self.model.add_renewable(top, name=pool.name)
        for node, units in pool.demand.items():
            self._demand[node].append((resource, units))
        for week, there in enumerate(pool.units):
            if there < top:
                task = self.model.add_task(earliest_start=week, latest_start=week)
                self._place(task, None, week, [([resource], 1, [top - there], week, week + 1)])

    def _add_partner(self, limit: PartnerLimit) -> None:
        resource = self.model.add_renewable(limit.maximum + limit.max_excess, name=limit.id)
        for activity in self.problem.activities:
            if activity.kind in limit.kinds and activity.area in limit.areas:
                for stage in activity.stages:
                    if stage.on_site:
                        self._demand[activity.id, stage.id].append((resource, 1))

    def _add_stage(self, node: Node) -> Any:
        """A task; if its start has a price, a job of its own whose lateness or earliness is the start."""
        stage, slope, horizon = self.facts.stages[node], self._slopes[node], self.problem.num_weeks
        job = None
        if slope:
            due = stage.duration_weeks if slope > 0 else horizon
            job = self.model.add_job(weight=abs(slope), due_date=due)
            self.constant += 0 if slope > 0 else slope * (horizon - stage.duration_weeks)
        first, last = self._windows[node]
        task = self.model.add_task(job, earliest_start=first, latest_start=last)
        used = [*self._demand[node], *self._calendar(stage)]
        self._place(
            task,
            node,
            0,
            [
                (
                    [resource for resource, _ in used],
                    stage.duration_weeks,
                    [units for _, units in used],
                    0,
                    horizon,
                )
            ],
        )
        return task

    def _calendar(self, stage: Stage) -> list[tuple[Any, int]]:
        """A resource that nobody uses up, with a break in each closed week."""
        if stage.calendars and stage.calendars not in self._calendars:
            calendars = [calendar for calendar in self.problem.calendars if calendar.id in stage.calendars]
            weeks = {
                week
                for calendar in calendars
                for closure in calendar.closures
                for week in closure.span.weeks()
            }
            breaks = [(week, week + 1) for week in sorted(weeks) if 0 <= week < self.problem.num_weeks]
            self._calendars[stage.calendars] = self.model.add_renewable(0, breaks)
        return [(self._calendars[stage.calendars], 0)] if stage.calendars else []

    def _add_periods(self) -> None:
        """For each first stage that is counted a marker; each of its modes serves the weeks between two borders."""
        counted = members(self.problem)
        hard = [
            limit for limit in self.problem.period_limits if limit.price is None and limit.maximum is not None
        ]
        stock = {limit.id: self.model.add_consumable(limit.maximum) for limit in hard}
        horizon, spans = self.problem.num_weeks, {}
        for node in dict.fromkeys(node for limit in hard for node in counted[limit.id]):
            limits = [limit for limit in hard if node in counted[limit.id]]
            borders = {0, horizon} | {week for limit in limits for week in (limit.span.first, limit.span.end)}
            modes = []
            for first, end in pairwise(sorted(week for week in borders if 0 <= week <= horizon)):
                outside = [part for part in ((0, first), (end, horizon)) if part[0] < part[1]]
                if (first, end) not in spans:
                    spans[first, end] = self.model.add_renewable(0, outside)
                used = [stock[limit.id] for limit in limits if first in limit.span]
                modes.append(([spans[first, end], *used], 1, [0] + [1] * len(used), first, end))
            marker = self.model.add_task()
            self._place(marker, node, 0, modes, is_marker=True)

    def _place(
        self,
        task: Any,
        node: Node | None,
        week: int,
        modes: list[tuple[list[Any], int, list[int], int, int]],
        is_marker: bool = False,
    ) -> None:
        numbers = []
        for resources, duration, demands, first, end in modes:
            numbers.append((len(self.model.modes), first, end))
            self.model.add_mode(task, resources, duration, demands)
        self._placed.append(Placed(node, week, tuple(numbers)))
        if is_marker and node is not None:
            self.model.add_start_at_start(self._tasks[node], task)
