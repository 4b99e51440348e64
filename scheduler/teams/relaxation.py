"""The linear relaxation of the team problem by GLOP, grown by the rows and columns that matter.

It starts with the seats and the cheapest persons for each; then rows that its solution violates and
columns that would improve it are added until there are none. GLOP keeps its basis in between.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.people.team_model import TeamModel
from scheduler.run.progress import Progress
from scheduler.teams.duals import SCALE, Duals, Objective, reduced_costs, rounded, scaled_bound
from scheduler.teams.rows import Row, RowKey, TeamRows
from scheduler.values.arrays import Floats, Ints, indexes, rank_within

FIRST_COLUMNS = 12
"""Persons for each seat to start with."""

MOST_NEW_COLUMNS = 5000
"""Columns added in one round at most."""

PRICING_TOLERANCE = SCALE // 100


@dataclass(frozen=True)
class Relaxed:
    """What a relaxation found: `bound` (scaled, proven), its `duals`, and the `value` of each column (columns,)."""

    bound: int
    duals: Duals
    value: Floats
    rounds: int
    num_columns: int


class Relaxation:
    """A growing linear programme over one model and objective."""

    def __init__(self, model: TeamModel, rows: TeamRows, objective: Objective) -> None:
        from ortools.linear_solver import pywraplp

        self.model, self.rows, self.objective = model, rows, objective
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.Objective().SetMinimization()
        self._seats = [self._solver.Constraint(count, count) for count in model.counts.tolist()]
        self._variables: dict[int, Any] = {}
        self._constraints: dict[RowKey, tuple[Row, Any]] = {}
        self._columns_of: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._keys_of: dict[tuple[str, int], list[RowKey]] = defaultdict(list)
        self._uncovered: list[Any] = []
        self._limit: Any | None = None
        if objective.uncovered_limit != 0:
            self._add_uncovered()
        self._add_columns(self._cheapest(FIRST_COLUMNS))

    def solve(self, progress: Progress) -> Relaxed | None:
        """Grow and solve until nothing is missing or time is up; the best bound seen, None if there is none."""
        best: Relaxed | None = None
        rounds = 0
        while not progress.must_end():
            self._solver.set_time_limit(max(1, int(progress.seconds_left() * 1000)))
            if self._solver.Solve() != self._solver.OPTIMAL:
                break
            rounds += 1
            found = self._read(rounds)
            if best is None or found.bound >= best.bound:
                best = found
            if not self._grow(found):
                return found if found.bound >= best.bound else best
        return best

    def _read(self, rounds: int) -> Relaxed:
        rows = [(row, -constraint.dual_value()) for row, constraint in self._constraints.values()]
        limit = -self._limit.dual_value() if self._limit is not None else 0.0
        seats = np.array([constraint.dual_value() for constraint in self._seats])
        duals = rounded(seats, rows, limit)
        value = np.zeros(self.model.num_columns)
        value[list(self._variables)] = [variable.solution_value() for variable in self._variables.values()]
        bound = scaled_bound(self.model, self.objective, duals)
        return Relaxed(bound, duals, value, rounds, len(self._variables))

    def _grow(self, found: Relaxed) -> bool:
        """Add what the solution violates or lacks; whether there was anything."""
        part = np.zeros((self.model.num_persons, len(self.model.reviews)))
        np.add.at(part, (self.model.person, self.model.review), found.value)
        uncovered = np.zeros(len(self.model.reviews))
        if self._uncovered:
            np.add.at(uncovered, self.model.seats_review, [v.solution_value() for v in self._uncovered])
        leading = np.zeros_like(part)
        np.add.at(leading, (self.model.person, self.model.review), found.value * self.model.leads)
        violated = self.rows.violated(part, leading, uncovered, self.objective.with_shares)
        fresh = [key for key in violated if key not in self._constraints]
        for key in fresh:
            self._add_row(key)
        missing = self._improving(found.duals)
        self._add_columns(missing)
        return bool(fresh) or len(missing) > 0

    def _improving(self, duals: Duals) -> Ints:
        """Absent columns with the most negative reduced costs."""
        reduced = reduced_costs(self.model, self.objective, duals)
        reduced[list(self._variables)] = 0
        found = np.flatnonzero(reduced < -PRICING_TOLERANCE)
        return found[np.argsort(reduced[found], kind="stable")[:MOST_NEW_COLUMNS]]

    def _cheapest(self, number: int) -> Ints:
        """The cheapest columns of each entry of seats, `number` for each of its seats."""
        rank = rank_within(self.model.seat, self.objective.costs)
        return np.flatnonzero(rank < number * self.model.counts[self.model.seat])

    def _add_uncovered(self) -> None:
        limit = self.objective.uncovered_limit
        if limit is not None:
            self._limit = self._solver.Constraint(-self._solver.infinity(), limit)
        for seat, most in zip(self._seats, self.model.most_open.tolist(), strict=True):
            variable = self._solver.NumVar(0, most, "")
            self._solver.Objective().SetCoefficient(variable, self.objective.uncovered_price)
            seat.SetCoefficient(variable, 1)
            if self._limit is not None:
                self._limit.SetCoefficient(variable, 1)
            self._uncovered.append(variable)

    def _add_columns(self, columns: Ints) -> None:
        for column in columns.tolist():
            person, review = int(self.model.person[column]), int(self.model.review[column])
            variable = self._solver.NumVar(0, self._solver.infinity(), "")
            self._solver.Objective().SetCoefficient(variable, int(self.objective.costs[column]))
            self._seats[self.model.seat[column]].SetCoefficient(variable, 1)
            self._variables[column] = variable
            for owner in (("person", person), ("review", review)):
                self._columns_of[owner].append(column)
                for key in self._keys_of[owner]:
                    self._enter(key, [column])

    def _add_row(self, key: RowKey) -> None:
        row = self.rows.row(key)
        constraint = self._solver.Constraint(-self._solver.infinity(), row.limit)
        self._constraints[key] = (row, constraint)
        if row.price is not None:
            excess = self._solver.NumVar(0, self._solver.infinity(), "")
            self._solver.Objective().SetCoefficient(excess, row.price)
            constraint.SetCoefficient(excess, -1)
        if row.counts_uncovered and self._uncovered:
            for seat in np.flatnonzero(self.model.seats_review == key.owner).tolist():
                constraint.SetCoefficient(self._uncovered[seat], -1)
        owner = ("review" if key.of_team else "person", key.owner)
        self._keys_of[owner].append(key)
        self._enter(key, self._columns_of[owner])

    def _enter(self, key: RowKey, columns: list[int]) -> None:
        """Enter those columns of the row's owner that belong to the row."""
        row, constraint = self._constraints[key]
        owned = indexes(columns)
        for column in owned[self.rows.belonging(key, row, owned)].tolist():
            constraint.SetCoefficient(self._variables[column], row.sign)
