"""Picks one column for each component by a mixed-integer program, as OR-Tools ships its solvers: SCIP.

The rows of the master are few and its relaxation is almost integral, so branch and cut ends near the root where
CP-SAT, which sees little of the relaxation, goes on for minutes (docs/decisions/0004). CP-SAT searches the same
program where SCIP says that there is no plan at all.
"""

from collections import defaultdict
from math import ceil
from typing import Any

from scheduler.dates.choose import Choice, NeededRow, needed_rows
from scheduler.dates.columns import Columns
from scheduler.run.cpsat import watched
from scheduler.run.progress import Progress
from scheduler.values.arrays import Ints
from scheduler.values.result import SolveParams

SCIP_SETTINGS = "misc/catchctrlc = FALSE\ntiming/clocktype = 2\n"
"""Ctrl-C is ours: SCIP would swallow it, end its own search only, and write a word on stdout. It otherwise counts the
time of its thread only."""

SLACK = 1e-4
"""Costs are whole numbers, a bound within this distance above one is that one: SCIP computes in floating point."""


def pick_by_mip(
    columns: Columns, candidates: Ints, hint: dict[int, int], seconds: float, progress: Progress
) -> tuple[Choice, list[int]]:
    """The cheapest plan made of candidate columns (their numbers), and the columns it is made of.

    Parameters
    ----------
    hint
        A column for each component to start from.
    """
    model = _Model(columns, candidates, "SCIP", SCIP_SETTINGS)
    model.add_hint(set(hint.values()))
    return model.solve(seconds, progress)


def pick_by_cpsat(
    columns: Columns, candidates: Ints, params: SolveParams, progress: Progress
) -> tuple[Choice, list[int]]:
    """The same by CP-SAT without presolve, in whole numbers: a word of 'impossible' alone is never believed."""
    settings = f"cp_model_presolve: false random_seed: {params.seed + 1} num_workers: {params.num_workers}"
    model = _Model(columns, candidates, "SAT", f"{settings} catch_sigint_signal: false")
    return model.solve(progress.seconds_left(), progress)


class _Model:
    def __init__(self, columns: Columns, numbers: Ints, solver: str, settings: str) -> None:
        from ortools.linear_solver import pywraplp

        self.columns, self.numbers = columns, numbers.tolist()
        self.solver: Any = pywraplp.Solver.CreateSolver(solver)
        self.solver.SetSolverSpecificParametersAsString(settings)
        self.variables = {number: self.solver.BoolVar("") for number in self.numbers}
        self.modes: dict[int, Any] = {}
        self.objective: Any = self.solver.Objective()
        self.objective.SetMinimization()
        self._add_components(columns)
        for row in needed_rows(columns, numbers):
            self._add_row(row)

    def _add_components(self, columns: Columns) -> None:
        exactly_one: dict[int, Any] = defaultdict(lambda: self.solver.Constraint(1, 1))
        component_of, cost = columns.component, columns.cost
        for number, variable in self.variables.items():
            exactly_one[int(component_of[number])].SetCoefficient(variable, 1)
            self.objective.SetCoefficient(variable, int(cost[number]))
        for modes in columns.rows.graph.modes.alternatives():
            whole = self.solver.Constraint(1, 1)
            for number, components in modes:
                mode = self.modes[number] = self.solver.BoolVar("")
                whole.SetCoefficient(mode, 1)
                for component in components:
                    exactly_one[component].SetBounds(0, 0)
                    exactly_one[component].SetCoefficient(mode, -1)

    def _add_row(self, needed: NeededRow) -> None:
        row = self.solver.Constraint(-self.solver.infinity(), needed.rhs)
        for number, coefficient in zip(needed.columns, needed.coefficients, strict=True):
            row.SetCoefficient(self.variables[number], coefficient)
        if needed.max_excess:
            slack = self.solver.IntVar(0, needed.max_excess, "")
            row.SetCoefficient(slack, -1)
            self.objective.SetCoefficient(slack, needed.price)

    def add_hint(self, chosen: set[int]) -> None:
        if chosen <= set(self.variables):
            taken = {int(self.columns.mode[number]) for number in chosen}
            values = [float(number in chosen) for number in self.numbers]
            values += [float(number in taken) for number in self.modes]
            self.solver.SetHint([*self.variables.values(), *self.modes.values()], values)

    def solve(self, seconds: float, progress: Progress) -> tuple[Choice, list[int]]:
        from ortools.linear_solver import pywraplp

        self.solver.SetTimeLimit(max(1, int(1000 * seconds)))
        parameters = pywraplp.MPSolverParameters()
        parameters.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, 0.0)
        status = watched(lambda: self.solver.Solve(parameters), self.solver.InterruptSolve, progress.is_done)
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return Choice(None, status == pywraplp.Solver.INFEASIBLE), []
        chosen = [number for number, variable in self.variables.items() if variable.solution_value() > 0.5]
        bound, cost = ceil(self.objective.BestBound() - SLACK), round(self.objective.Value())
        return Choice(cost, status == pywraplp.Solver.OPTIMAL, bound), chosen
