"""Finds unions of skills whose places exceed the people who have one of them (Hall's theorem).

There are 2^n unions of n skills a week, so they are never listed: a maximum flow from places over skills
to people finds, for each week, the most violated one or proves that there is none.
"""

import numpy as np
from numpy.typing import NDArray

from scheduler.capacity import People, Skills
from scheduler.rows import Rows, pool_name

PRECISION = 10**6
"""Demand may be fractional; flows are integers."""


def demand_by_skill(rows: Rows, usage: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places demanded by skill and week, shape (skills, weeks), from the use of all rows."""
    demand = np.zeros((len(rows.people.skills), rows.num_weeks))
    for number, line in enumerate(rows.lines):
        for skill, own in enumerate(rows.people.skills):
            if line.name == pool_name(rows.people, frozenset([own])):
                first = rows.first[number]
                demand[skill] = usage[first : first + rows.num_weeks]
    return demand


def violated_unions(
    people: People, demand: NDArray[np.float64], tolerance: float = 1e-6
) -> dict[Skills, tuple[int, ...]]:
    """For each violated union the weeks in which it was found.

    Parameters
    ----------
    demand
        Shape (skills, weeks), in the order of `people.skills`.
    """
    found: dict[Skills, tuple[int, ...]] = {}
    for week in np.flatnonzero(demand.sum(axis=0) > tolerance).tolist():
        supply = {own: int(counts[week]) for own, counts in people.counts.items()}
        union = violated_union(people.skills, demand[:, week], supply, tolerance)
        if union is not None:
            found[union] = (*found.get(union, ()), week)
    return found


def violated_union(
    skills: tuple[str, ...], demand: NDArray[np.float64], supply: dict[Skills, int], tolerance: float
) -> Skills | None:
    """The union that a minimum cut separates, None if all demand can be met.

    Parameters
    ----------
    demand
        Units by skill, shape (skills,).
    supply
        Units of people by the set of skills that they have.
    """
    from ortools.graph.python import max_flow

    num_skills = len(skills)
    wanted = np.rint(demand * PRECISION).astype(np.int64)
    kinds = [(own, units) for own, units in supply.items() if units > 0]
    if not kinds:
        short = frozenset(name for skill, name in enumerate(skills) if wanted[skill] > 0)
        return short if wanted.sum() > tolerance * PRECISION else None
    arcs = [(0, 1 + skill, int(units)) for skill, units in enumerate(wanted) if units > 0]
    sink = 1 + num_skills + len(kinds)
    for number, (own, units) in enumerate(kinds):
        node = 1 + num_skills + number
        arcs.append((node, sink, units * PRECISION))
        arcs += [(1 + s, node, int(wanted[s])) for s, name in enumerate(skills) if name in own and wanted[s] > 0]
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(*(np.array(part) for part in zip(*arcs, strict=True)))
    flow.solve(0, sink)
    if flow.optimal_flow() >= int(wanted.sum()) - tolerance * PRECISION:
        return None
    side = set(flow.get_source_side_min_cut())
    return frozenset(name for skill, name in enumerate(skills) if 1 + skill in side and wanted[skill] > 0)
