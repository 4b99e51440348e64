"""The master problem: which mix of columns is cheapest, and what a unit of each row is worth.

A linear program for GLOP that grows by columns and rows and keeps its basis. Rows are only there once
they were violated. Each component may leave its row unfilled at a price above all costs, and so may a minimum,
so that there is always an answer. Where an item has several modes it takes a mix of them, and each component as much
as its mode.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.rows import Rows
from scheduler.values.arrays import Floats, Ints

VIOLATION = 1e-6

SOLVES_A_ROUND = 2
"""Rows that are violated after so many solves wait until new columns are there as well."""


@dataclass(frozen=True)
class MasterAnswer:
    """Amount of each column, dual of each component's row, price of each row (non-negative), and the cost.

    `missing` is the amount by which components' rows and minima are not filled by columns, `open_places` the uncovered
    places where people fill them.
    """

    amounts: Floats
    component_duals: Floats
    prices: Floats
    cost: float
    missing: float
    open_places: float = 0.0
    is_complete: bool = False


class Master:
    """The linear program over the columns found so far.

    Parameters
    ----------
    missing_price
        Price of a component without timetable, and of a unit that is missing from a minimum.
    """

    def __init__(self, rows: Rows, columns: Columns, missing_price: int) -> None:
        from ortools.linear_solver import pywraplp

        self.rows, self.columns = rows, columns
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.parameters = pywraplp.MPSolverParameters()
        self.parameters.SetIntegerParam(self.parameters.PRESOLVE, self.parameters.PRESOLVE_OFF)
        self.optimal = {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}
        num_components = len(rows.graph.components)
        self.filled = [self.solver.Constraint(1, 1) for _ in range(num_components)]
        self.missing_price = missing_price
        self.missing = [self._variable(missing_price) for _ in range(num_components)]
        for constraint, variable in zip(self.filled, self.missing, strict=True):
            constraint.SetCoefficient(variable, 1)
        self._add_modes()
        self.variables: list[Any] = []
        self.active: dict[int, Any] = {}

    def _add_modes(self) -> None:
        """Shares of the modes of an item that has several; their components are filled as far as they are taken."""
        for modes in self.rows.graph.modes.alternatives():
            whole = self.solver.Constraint(1, 1)
            for _, components in modes:
                share = self._variable(0)
                whole.SetCoefficient(share, 1)
                for component in components:
                    self.filled[component].SetBounds(0, 0)
                    self.filled[component].SetCoefficient(share, -1)

    def add_columns(self, numbers: list[int]) -> None:
        """Take columns in; their numbers must follow those already there."""
        if not numbers:
            return
        cost, component = self.columns.cost, self.columns.component
        wanted = np.zeros(len(self.columns), dtype=bool)
        for number in numbers:
            variable = self._variable(int(cost[number]))
            self.filled[int(component[number])].SetCoefficient(variable, 1)
            self.variables.append(variable)
            wanted[number] = True
        self._set_coefficients(self.columns.entries_of_columns(wanted), set(self.active))

    def solve(self) -> MasterAnswer | None:
        """Solve, and take in rows that the answer violates; None if GLOP fails.

        An answer that is not `is_complete` is better than any mix of columns, yet its prices are as good as
        others for finding columns and bounds.
        """
        answer = None
        for _ in range(SOLVES_A_ROUND):
            answer = self._solve_once()
            if answer is None:
                return None
            violated = np.flatnonzero(self.columns.usage(answer.amounts) > self.rows.rhs + VIOLATION)
            fresh = [int(row) for row in violated if int(row) not in self.active]
            if not fresh:
                return replace(answer, is_complete=True)
            self.activate(fresh)
        return answer

    def activate(self, numbers: list[int]) -> None:
        """Take rows in, with bounded slack where they are priced; minima may be missed for the missing price."""
        wanted = np.zeros(self.rows.num_rows, dtype=bool)
        for row in numbers:
            constraint = self.solver.Constraint(-self.solver.infinity(), float(self.rows.rhs[row]))
            self.active[row] = constraint
            wanted[row] = True
            if self.rows.max_excess[row] > 0:
                price = int(self.rows.price[row])
                slack = self._variable(price, float(self.rows.max_excess[row]))
                constraint.SetCoefficient(slack, -1)
            if self.rows.rhs[row] + self.rows.max_excess[row] < 0:
                self.missing.append(self._variable(self.missing_price))
                constraint.SetCoefficient(self.missing[-1], -1)
        self._set_coefficients(self.columns.entries_of_rows(wanted), set(numbers))

    def _set_coefficients(self, entries: Any, rows: set[int]) -> None:
        triples = zip(
            entries.column.tolist(), entries.row.tolist(), entries.coefficient.tolist(), strict=True
        )
        for column, row, coefficient in triples:
            if row in rows:
                self.active[row].SetCoefficient(self.variables[column], coefficient)

    def _solve_once(self) -> MasterAnswer | None:
        if self.solver.Solve(self.parameters) not in self.optimal:
            return None
        prices = np.zeros(self.rows.num_rows)
        for row, constraint in self.active.items():
            prices[row] = max(0.0, -constraint.dual_value())
        amounts = np.array([variable.solution_value() for variable in self.variables])
        return MasterAnswer(
            amounts=amounts,
            component_duals=np.array([constraint.dual_value() for constraint in self.filled]),
            prices=prices,
            cost=self.solver.Objective().Value(),
            missing=sum(variable.solution_value() for variable in self.missing),
        )

    def _variable(self, price: float, most: float | None = None) -> Any:
        variable = self.solver.NumVar(0, self.solver.infinity() if most is None else most, "")
        self.solver.Objective().SetCoefficient(variable, price)
        return variable


def scaled_prices(prices: Floats, scale: int) -> Ints:
    """Prices of rows as non-negative integers."""
    return np.maximum(0, np.rint(prices * scale)).astype(np.int64)
