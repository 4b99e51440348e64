"""A CP-SAT model over columns: one of each component, one mode of each item, and the rows that they could exceed."""

from collections import defaultdict
from collections.abc import Callable
from math import ceil
from typing import Any

from scheduler.dates.choose import Choice, needed_rows
from scheduler.dates.columns import Columns
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.values.arrays import Ints
from scheduler.values.result import SolveParams


class ColumnChoice:
    """The model over candidate columns; whoever decides more than dates adds it to `cp` and `terms`.

    Parameters
    ----------
    numbers
        Candidate columns.

    Attributes
    ----------
    taken
        A literal for each candidate.
    terms
        What is minimised.
    """

    def __init__(self, columns: Columns, numbers: Ints) -> None:
        from ortools.sat.python import cp_model

        self.columns, self.numbers = columns, numbers.tolist()
        self.cp = cp_model.CpModel()
        self.taken = {number: self.cp.new_bool_var("") for number in self.numbers}
        self.terms: list[Any] = []
        self._add_components()
        self._add_rows(numbers)

    def hint(self, chosen: list[int]) -> None:
        """Hint at a plan of dates."""
        for number, literal in self.taken.items():
            self.cp.add_hint(literal, number in chosen)

    def solve(
        self,
        params: SolveParams,
        seconds: float,
        is_done: Callable[[], bool],
        take: Callable[[list[int]], None],
        presolve: bool = True,
    ) -> Choice:
        """The best choice there is, if time suffices.

        Parameters
        ----------
        take
            Gets the values of `literals` of every better choice.
        """
        from ortools.sat.python import cp_model

        self.cp.minimize(sum(self.terms))
        solver = new_solver(params, seconds)
        solver.parameters.cp_model_presolve = presolve
        status = solve_watched(solver, self.cp, self.literals(), is_done, take)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bound = ceil(solver.best_objective_bound - 1e-6)
            return Choice(round(solver.objective_value), status == cp_model.OPTIMAL, bound)
        return Choice(None, status == cp_model.INFEASIBLE)

    def literals(self) -> list[Any]:
        """What tells of a choice: first the literals of the candidates."""
        return list(self.taken.values())

    def columns_of(self, values: list[int]) -> list[int]:
        """The columns that were chosen, by the values of `literals`."""
        return [number for number, value in zip(self.numbers, values, strict=False) if value]

    def _add_components(self) -> None:
        component_of, cost = self.columns.component, self.columns.cost
        by_component: dict[int, list[Any]] = defaultdict(list)
        for number, literal in self.taken.items():
            by_component[int(component_of[number])].append(literal)
            self.terms.append(int(cost[number]) * literal)
        for modes in self.columns.rows.graph.modes.alternatives():
            literals = [self.cp.new_bool_var("") for _ in modes]
            self.cp.add_exactly_one(literals)
            for literal, (_, components) in zip(literals, modes, strict=True):
                for component in components:
                    by_component[component].append(~literal)
        for literals in by_component.values():
            self.cp.add_exactly_one(literals)

    def _add_rows(self, numbers: Ints) -> None:
        for row in needed_rows(self.columns.rows, self.columns, numbers):
            used = sum(
                units * self.taken[number]
                for number, units in zip(row.columns, row.coefficients, strict=True)
            )
            if row.max_excess == 0:
                self.cp.add(used <= row.rhs)
                continue
            slack = self.cp.new_int_var(0, row.max_excess, "")
            self.cp.add(used <= row.rhs + slack)
            self.terms.append(row.price * slack)
