"""The first model one writes: CP-SAT with one interval per stage and a cumulative constraint per pool.

It states windows, closures, lags, links, pins, pools, period limits and all terms of the cost of
dates except 'partners', which would need a Boolean per area and week; leaving a non-negative term out
keeps its bound valid, and its plan is charged with the full cost like every other.
"""

import time
from collections import defaultdict

from ortools.sat.python import cp_model

from benchmarks.peers.answer import PeerAnswer
from scheduler.problem import Activity, ApartLink, LagLink, NearLink, PeriodLimit, Problem, Stage, WithinLink
from scheduler.value import LEADER


def solve(problem: Problem, seconds: float, seed: int = 0, num_workers: int = 2) -> PeerAnswer:
    """Dates for every activity within a time limit."""
    began = time.monotonic()
    model = _Intervals(problem)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - began))
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = num_workers
    status = solver.solve(model.cp)
    bound = max(0, round(solver.best_objective_bound)) if status != cp_model.MODEL_INVALID else None
    starts = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        starts = {
            activity.id: tuple(solver.value(model.start[activity.id, stage.id]) for stage in activity.stages)
            for activity in problem.activities
        }
    return PeerAnswer(starts, bound, time.monotonic() - began, "the term 'partners' is not in the model")


class _Intervals:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.start: dict[tuple[str, str], cp_model.IntVar] = {}
        self.stages: dict[tuple[str, str], Stage] = {}
        self.cost: list[cp_model.LinearExprT] = []
        self._closed = {
            calendar.id: {week for closure in calendar.closures for week in closure.span.weeks()}
            for calendar in problem.calendars
        }
        for activity in problem.activities:
            self._add_activity(activity)
        for link in problem.links:
            self._add_link(link)
        self._add_pools()
        for limit in problem.period_limits:
            self._add_period_limit(limit)
        self.cp.minimize(sum(self.cost))

    def _add_activity(self, activity: Activity) -> None:
        previous: Stage | None = None
        for position, stage in enumerate(activity.stages):
            key = (activity.id, stage.id)
            weeks = [
                week
                for week in range(self.problem.num_weeks)
                if self._may_start(activity, position, stage, week)
            ]
            self.stages[key] = stage
            self.start[key] = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(weeks), str(key))
            if previous is not None:
                clear = self.start[key] - self.start[activity.id, previous.id] - previous.duration_weeks
                self.cp.add(clear >= stage.lag_min_weeks)
                self.cp.add(clear <= stage.lag_max_weeks)
                self.cost.append(stage.stretch_price * (clear - stage.lag_min_weeks))
            if activity.published is not None:
                self._add_stability(activity, position, self.start[key])
            previous = stage
        self.cost.append(activity.urgency_price * self.start[activity.id, activity.stages[0].id])

    def _may_start(self, activity: Activity, position: int, stage: Stage, week: int) -> bool:
        if activity.pinned_starts is not None and week != activity.pinned_starts[position]:
            return False
        if position == 0 and week not in activity.start_window:
            return False
        span = range(week, week + stage.duration_weeks)
        return span.stop <= self.problem.num_weeks and not any(
            week in self._closed[calendar] for calendar in stage.calendars for week in span
        )

    def _add_stability(self, activity: Activity, position: int, start: cp_model.IntVar) -> None:
        published = activity.published
        assert published is not None
        distance = self.cp.new_int_var(0, self.problem.num_weeks, "")
        moved = self.cp.new_bool_var("")
        self.cp.add_abs_equality(distance, start - published.starts[position])
        self.cp.add(distance == 0).only_enforce_if(~moved)
        self.cost.append(published.move_price * moved + published.move_price_per_week * distance)

    def _add_link(self, link: LagLink | WithinLink | ApartLink | NearLink) -> None:
        if isinstance(link, LagLink):
            self._add_lag(link)
        elif isinstance(link, WithinLink):
            inner, outer = (self.start[ref.activity, ref.stage] for ref in (link.inner, link.outer))
            room = self._weeks(link.outer.activity, link.outer.stage) - self._weeks(
                link.inner.activity, link.inner.stage
            )
            self.cp.add(inner >= outer)
            self.cp.add(inner <= outer + max(0, room))
        else:
            self._add_distance(link)

    def _weeks(self, activity: str, stage: str) -> int:
        return self.stages[activity, stage].duration_weeks

    def _add_lag(self, link: LagLink) -> None:
        table = next(table for table in self.problem.lag_tables if table.id == link.table)
        before, after = (
            self.start[link.before.activity, link.before.stage],
            self.start[link.after.activity, link.after.stage],
        )
        first = self.cp.new_int_var(0, self.problem.num_weeks, "")
        end = self.cp.new_int_var(0, self.problem.num_weeks, "")
        last_week = before + self._weeks(link.before.activity, link.before.stage) - 1
        top = self.problem.num_weeks
        self.cp.add_element(last_week, [min(week, top) for week in table.first], first)
        self.cp.add_element(last_week, [min(week, top) for week in table.end], end)
        self.cp.add(after >= first)
        self.cp.add(after < end)
        self.cost.append(link.price_per_week * (after - first))

    def _add_distance(self, link: ApartLink | NearLink) -> None:
        one, other = (
            self.start[link.one.activity, link.one.stage],
            self.start[link.other.activity, link.other.stage],
        )
        clear = self.cp.new_int_var(0, self.problem.num_weeks, "")
        self.cp.add_max_equality(
            clear,
            [
                0,
                other - one - self._weeks(link.one.activity, link.one.stage),
                one - other - self._weeks(link.other.activity, link.other.stage),
            ],
        )
        counted = self.cp.new_int_var(0, link.cap_weeks, "")
        self.cp.add_min_equality(counted, [clear, link.cap_weeks])
        self.cost.append(
            link.price_per_week * (counted if isinstance(link, NearLink) else link.cap_weeks - counted)
        )

    def _add_pools(self) -> None:
        used = defaultdict(list)
        for activity in self.problem.activities:
            for stage in activity.stages:
                interval = self.cp.new_fixed_size_interval_var(
                    self.start[activity.id, stage.id], stage.duration_weeks, ""
                )
                for pool, units in stage.pool_demand.items():
                    used["pool", pool].append((interval, units))
                if stage.uses_team and activity.team is not None:
                    team = activity.team
                    for place in team.places:
                        used["skill", place.skill].append((interval, place.count))
                    if team.needs_leader:
                        used["skill", LEADER].append((interval, 1))
                    used["skill", ""].append((interval, team.members()))
        for (kind, name), demands in used.items():
            self._add_cumulative(
                demands, [self._units(kind, name, week) for week in range(self.problem.num_weeks)]
            )

    def _units(self, kind: str, name: str, week: int) -> int:
        if kind == "pool":
            return next(pool for pool in self.problem.pools if pool.id == name).units_in(week)
        return sum(
            (not name or name in inspector.skills or (name == LEADER and inspector.is_leader))
            and week >= inspector.trained_from
            and min([inspector.percent, *(a.percent_available for a in inspector.absences if week in a.span)])
            >= self.problem.min_percent
            for inspector in self.problem.inspectors
        )

    def _add_cumulative(self, demands: list[tuple[cp_model.IntervalVar, int]], units: list[int]) -> None:
        # A cumulative has one capacity: what is missing in a week is taken by a fixed interval.
        top = max(units)
        intervals, sizes = [interval for interval, _ in demands], [size for _, size in demands]
        for week, there in enumerate(units):
            if there < top:
                intervals.append(self.cp.new_fixed_size_interval_var(week, 1, ""))
                sizes.append(top - there)
        self.cp.add_cumulative(intervals, sizes, top)

    def _add_period_limit(self, limit: PeriodLimit) -> None:
        inside = []
        for activity in self.problem.activities:
            if activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas):
                literal = self.cp.new_bool_var("")
                span = cp_model.Domain(limit.span.first, limit.span.end - 1)
                start = self.start[activity.id, activity.stages[0].id]
                self.cp.add_linear_expression_in_domain(start, span).only_enforce_if(literal)
                self.cp.add_linear_expression_in_domain(start, span.complement()).only_enforce_if(~literal)
                inside.append(literal)
        slack_top = limit.max_excess if limit.price is not None else 0
        for bound, sign in ((limit.maximum, 1), (limit.minimum, -1)):
            if bound is not None:
                slack = self.cp.new_int_var(0, slack_top, "")
                self.cp.add(sign * sum(inside) <= sign * bound + slack)
                self.cost.append((limit.price or 0) * slack)
