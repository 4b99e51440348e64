"""The joint model that one writes for a small programme: dates and people of all areas in one CP-SAT model at once.

It has every timetable of every area, no bound, and no prices that leave anything out. It begins with the plan of the
planner's rule and its quick teams, and does without probing, which takes long on such models. Rules are those of the
model that repair and replanning use (`scheduler.nearby.model`): what differs from ours is the method.
"""

import time
from dataclasses import dataclass
from math import ceil
from typing import Any

from scheduler.cost import date_terms, uncovered_places
from scheduler.dates.prepared import Prepared
from scheduler.dates.quick_plans import greedy
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.people.quick_teams import quick_members
from scheduler.people.staff import Staff
from scheduler.run.cpsat import solve_watched
from scheduler.values.problem import Problem

MOST_TIMETABLES = 10**6


@dataclass(frozen=True)
class JointAnswer:
    """Uncovered places, the cost of dates, and what no plan with as few uncovered places undercuts; None is unknown."""

    uncovered: int | None
    cost: int | None
    bound: int | None
    seconds: float


def solve(problem: Problem, seconds: float, seed: int = 0, num_workers: int = 8) -> JointAnswer:
    """Dates and people within a time limit, building the model included; eight workers as for intervals."""
    from ortools.sat.python import cp_model

    began = time.monotonic()
    units = Units(problem, Prepared(problem).shared)
    listed = {unit: units.listed(unit, {}, MOST_TIMETABLES) for unit in range(len(units))}
    everything = {unit: found for unit, found in listed.items() if found is not None}
    starts = greedy(problem) or {}
    members = quick_members(problem, starts) if starts else ()
    model = JointModel(units, Staff(problem), Schedule(starts, members), everything)
    price = model.dates.spread + 1
    model.cp.minimize(price * sum(model.people.uncovered) + model.dates.cost)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - began))
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = num_workers
    solver.parameters.cp_model_probing_level = 0
    found: list[Schedule] = []
    values: Any = model.variables
    solve_watched(
        solver, model.cp, values, lambda: False, lambda taken: found.append(model.schedule_of(taken))
    )
    took = round(time.monotonic() - began, 2)
    if not found:
        return JointAnswer(None, None, None, took)
    uncovered = uncovered_places(problem, found[-1].members)
    cost = sum(date_terms(problem, found[-1].starts).values())
    bound = ceil(solver.best_objective_bound - 1e-6) - price * uncovered
    return JointAnswer(uncovered, cost, max(0, bound), took)
