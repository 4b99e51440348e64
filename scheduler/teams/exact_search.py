"""Exact search for teams by CP-SAT over some columns of the team problem.

Over the columns whose reduced cost is at most the distance between incumbent and bound the search is
exact: a plan with any other column costs more than the incumbent.
"""

from collections.abc import Callable

import numpy as np

from scheduler.people.quick_teams import Assignment
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.teams.duals import Objective
from scheduler.teams.part import TeamPart
from scheduler.teams.rows import TeamRows
from scheduler.values.arrays import Ints
from scheduler.values.result import SolveParams


def search_teams(
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

    cp = cp_model.CpModel()
    people = TeamPart(cp, rows, columns, objective.with_shares)
    if objective.uncovered_limit is not None:
        cp.add(sum(people.uncovered) <= objective.uncovered_limit)
    costs = cp_model.LinearExpr.weighted_sum(people.chosen, objective.costs[columns].tolist())
    cp.minimize(costs + objective.uncovered_price * sum(people.uncovered) + sum(people.share_terms))
    people.hint(np.isin(columns, incumbent.chosen), incumbent.open_seats)
    solver = new_solver(params, seconds)

    def rebuild(values: list[int]) -> None:
        assignment = Assignment(rows.model)
        if assignment.add_all(columns[np.flatnonzero(values)].tolist()):
            take(assignment)

    status = solve_watched(solver, cp, people.chosen, is_done, rebuild)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    constant = rows.model.constant if objective.with_shares else 0
    return constant + int(np.ceil(solver.best_objective_bound - 1e-6))
