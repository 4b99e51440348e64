"""Picks one column for each component: CP-SAT over some or all columns that can be part of a better plan."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.dates.choose import Choice, needed_rows
from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.rows import Rows
from scheduler.run.cpsat import solve_watched
from scheduler.run.progress import Progress
from scheduler.values.result import SolveParams


def pick_columns(
    rows: Rows,
    columns: Columns,
    candidates: NDArray[np.bool_],
    hint: dict[int, int],
    seconds: float,
    progress: Progress,
    params: SolveParams,
    take: Callable[[list[int]], None],
    presolve: bool = True,
) -> Choice:
    """The cheapest plan made of candidate columns.

    Parameters
    ----------
    candidates
        Shape (columns,): which columns may be taken.
    hint
        A column for each component to start from.
    take
        Gets the columns of every better plan as soon as it is found.
    """
    from ortools.sat.python import cp_model

    model = _Model(rows, columns, np.flatnonzero(candidates))
    model.add_hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = params.num_workers
    solver.parameters.random_seed = params.seed
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.cp_model_presolve = presolve
    status = solve_watched(
        solver,
        model.model,
        model.variables,
        progress.is_done,
        lambda values: take(model.numbers[np.flatnonzero(values)].tolist()),
    )
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        cost = round(solver.objective_value) + model.offset
        return Choice(cost, status == cp_model.OPTIMAL)
    return Choice(None, status == cp_model.INFEASIBLE)


class _Model:
    """One Boolean a column, one row each for components and for rows that the candidates could exceed."""

    def __init__(self, rows: Rows, columns: Columns, numbers: Ints) -> None:
        from ortools.sat.python import cp_model

        self.numbers = numbers
        self.model = cp_model.CpModel()
        self.variables = [self.model.new_bool_var("") for _ in numbers]
        self.index = {int(number): index for index, number in enumerate(numbers)}
        self.offset = 0
        self.terms: list[Any] = []
        self.prices: list[int] = []
        self._add_components(columns)
        self._add_rows(rows, columns)
        self.model.minimize(cp_model.LinearExpr.weighted_sum(self.terms, self.prices))

    def add_hint(self, hint: dict[int, int]) -> None:
        chosen = set(hint.values())
        for number, variable in zip(self.numbers.tolist(), self.variables, strict=True):
            self.model.add_hint(variable, int(number) in chosen)

    def _add_components(self, columns: Columns) -> None:
        by_component: dict[int, list[int]] = defaultdict(list)
        for index, component in enumerate(columns.component[self.numbers].tolist()):
            by_component[component].append(index)
        cost = columns.cost[self.numbers]
        for own in by_component.values():
            self.model.add_exactly_one([self.variables[index] for index in own])
            least = int(cost[own].min())
            self.offset += least
            self.terms += [self.variables[index] for index in own]
            self.prices += (cost[own] - least).tolist()

    def _add_rows(self, rows: Rows, columns: Columns) -> None:
        from ortools.sat.python import cp_model

        for row in needed_rows(rows, columns, self.numbers):
            own = [self.variables[self.index[number]] for number in row.columns]
            use = cp_model.LinearExpr.weighted_sum(own, row.coefficients)
            self._add_row(use, row.rhs, row.price, row.max_excess)

    def _add_row(self, use: Any, rhs: int, price: int, max_excess: int) -> None:
        if max_excess == 0:
            self.model.add(use <= rhs)
            return
        slack = self.model.new_int_var(0, max_excess, "")
        self.model.add(use - slack <= rhs)
        self.terms.append(slack)
        self.prices.append(price)
