"""Exact search for teams by CP-SAT over some columns of the team problem.

Over the columns whose reduced cost is at most the distance between incumbent and bound the search is
exact: a plan with any other column costs more than the incumbent.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from scheduler.result import SolveParams
from scheduler.team_assignment import Assignment
from scheduler.team_duals import Objective
from scheduler.team_model import Ints
from scheduler.team_rows import Row, RowKey, TeamRows
from scheduler.watched import solve_watched


def search(
    rows: TeamRows,
    columns: Ints,
    objective: Objective,
    incumbent: Assignment,
    params: SolveParams,
    seconds: float,
    is_done: Callable[[], bool],
    take: Callable[[Assignment], None],
) -> int | None:
    """Improve an incumbent.

    Parameters
    ----------
    columns
        The columns that may be used; those of the incumbent must be among them.
    take
        Gets every assignment found that keeps all rules when its seats are filled one after the other.

    Returns
    -------
    The solver's lower bound of the objective over the given columns, None if it has none.
    """
    from ortools.sat.python import cp_model

    built = _Built(rows, columns, objective)
    built.hint(incumbent)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.num_workers = params.num_workers
    solver.parameters.random_seed = params.seed
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0

    def rebuild(values: list[int]) -> None:
        assignment = Assignment(rows.model)
        if assignment.add_all(columns[np.flatnonzero(values)].tolist()):
            take(assignment)

    status = solve_watched(solver, built.cp, built.chosen, is_done, rebuild)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return built.constant + int(np.ceil(solver.best_objective_bound - 1e-6))


class _Built:
    """The CP-SAT model over some columns."""

    def __init__(self, rows: TeamRows, columns: Ints, objective: Objective) -> None:
        from ortools.sat.python import cp_model

        self.rows, self.model, self.columns, self.objective = rows, rows.model, columns, objective
        self.cp = cp_model.CpModel()
        self.chosen = [self.cp.new_bool_var("") for _ in columns]
        self.terms: list[Any] = []
        self.constant = rows.model.constant if objective.with_shares else 0
        self.excess: list[tuple[Any, Ints, int]] = []
        self.uncovered = self._add_seats()
        self._add_rows()
        costs = objective.costs[columns].tolist()
        weighted = cp_model.LinearExpr.weighted_sum(self.chosen, costs)
        self.cp.minimize(weighted + objective.uncovered_price * sum(self.uncovered) + sum(self.terms))

    def hint(self, incumbent: Assignment) -> None:
        """Start from an incumbent, complete with all auxiliary variables."""
        taken = np.isin(self.columns, incumbent.chosen)
        for variable, value in zip(self.chosen, taken.tolist(), strict=True):
            self.cp.add_hint(variable, value)
        for variable, value in zip(self.uncovered, incumbent.open_seats, strict=True):
            self.cp.add_hint(variable, value)
        for variable, positions, limit in self.excess:
            self.cp.add_hint(variable, max(0, int(taken[positions].sum()) - limit))

    def _add_seats(self) -> list[Any]:
        by_seat = _positions(self.model.seat[self.columns])
        limit = self.objective.uncovered_limit
        counts = self.model.counts.tolist()
        most = [min(count, count if limit is None else limit) for count in counts]
        uncovered = [self.cp.new_int_var(0, maximum, "") for maximum in most]
        for seat, count in enumerate(counts):
            filled = sum(self.chosen[position] for position in by_seat.get(seat, []))
            self.cp.add(filled + uncovered[seat] == count)
        if limit:
            self.cp.add(sum(uncovered) <= limit)
        return uncovered

    def _add_rows(self) -> None:
        by_person = _positions(self.model.person[self.columns])
        by_review = _positions(self.model.review[self.columns])
        seen: set[tuple[int, ...]] = set()
        for key in self.rows.keys(iter(by_person), iter(range(len(self.model.reviews)))):
            row = self.rows.row(key)
            own = (by_review if key.rule == "bodies" else by_person).get(key.owner, [])
            positions = self._belonging(key, row, np.array(own, dtype=np.int64))
            if key.rule == "clash":
                if len(positions) < 2 or tuple(positions) in seen:
                    continue
                seen.add(tuple(positions))
                self.cp.add_at_most_one(self.chosen[position] for position in positions)
            else:
                self._add_row(key, row, positions)

    def _belonging(self, key: RowKey, row: Row, positions: Ints) -> Ints:
        columns = self.columns[positions]
        if key.rule == "bodies":
            return positions[np.isin(self.model.person[columns], row.persons)]
        return positions[np.isin(self.model.review[columns], row.reviews)]

    def _add_row(self, key: RowKey, row: Row, positions: Ints) -> None:
        if row.sign > 0 and len(positions) <= row.limit:
            return
        taking = sum(self.chosen[position] for position in positions)
        if row.price is not None:
            if not self.objective.with_shares:
                return
            excess = self.cp.new_int_var(0, len(positions) - row.limit, "")
            self.cp.add(taking <= row.limit + excess)
            self.terms.append(row.price * excess)
            self.excess.append((excess, positions, row.limit))
        elif row.sign > 0:
            self.cp.add(taking <= row.limit)
        else:
            seats = np.flatnonzero(self.model.seats_review == key.owner).tolist()
            self.cp.add(taking + sum(self.uncovered[seat] for seat in seats) >= -row.limit)


def _positions(owners: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for position, owner in enumerate(owners.tolist()):
        found[owner].append(position)
    return found
