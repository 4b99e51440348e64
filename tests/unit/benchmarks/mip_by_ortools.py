"""Solves the arrays of a program by the SCIP inside OR-Tools, so that tests need no further package."""

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from benchmarks.peers.mip import MipBuilder


def solved(mip: MipBuilder) -> tuple[int, NDArray[np.float64]] | None:
    """Optimal cost and values of the columns, None if there is no solution."""
    solver = pywraplp.Solver.CreateSolver("SCIP")
    columns = [
        solver.IntVar(lower, upper, "") if is_integer else solver.NumVar(lower, upper, "")
        for lower, upper, is_integer in zip(mip.lower, mip.upper, mip.is_integer, strict=True)
    ]
    for row, (lower, upper) in enumerate(zip(mip.row_lower, mip.row_upper, strict=True)):
        constraint = solver.Constraint(max(lower, -solver.infinity()), min(upper, solver.infinity()))
        for entry in range(mip.first[row], mip.first[row + 1]):
            constraint.SetCoefficient(columns[mip.index[entry]], mip.value[entry])
    objective = solver.Objective()
    objective.SetMinimization()
    objective.SetOffset(mip.offset)
    for column, cost in zip(columns, mip.cost, strict=True):
        objective.SetCoefficient(column, cost)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return round(objective.Value()), np.array([column.solution_value() for column in columns])
