"""Finds unions of skills whose places exceed the people who have one of them (Hall's theorem).

There are 2^n unions of n skills a week, so they are never listed: a maximum flow from places over skills
to people finds, for each week, the most violated one or proves that there is none.
"""

from collections.abc import Iterator

import numpy as np

from scheduler.dates.lines import pool_name, yearly_name
from scheduler.dates.rows import Rows
from scheduler.people.capacity import Skills
from scheduler.values.arrays import TOLERANCE, Floats

PRECISION = 10**6
"""Demand may be fractional; flows are integers."""

MANY = 10**6
"""Stands for a supply without bound."""


def separate_unions(rows: Rows, usage: Floats) -> bool:
    """Add the lines of all unions of skills that are violated if the rows are used so much; whether there are any."""
    found = set(_violated_by_week(rows, usage)) | set(_violated_by_year(rows, usage))
    added = [rows.add_union(union) for union in sorted(found, key=sorted)]
    return any(added)


def _violated_by_week(rows: Rows, usage: Floats) -> Iterator[Skills]:
    people = rows.people
    for prefix, counts in (("", people.counts), ("rest:", people.lately)):
        demand = _demand(rows, usage, prefix)
        for week in np.flatnonzero(demand.sum(axis=0) > TOLERANCE).tolist():
            supply = {skills: int(units[week]) for skills, units in counts.items()}
            union = violated_union(people.skills, demand[:, week], supply)
            if union is not None:
                yield union


def _violated_by_year(rows: Rows, usage: Floats) -> Iterator[Skills]:
    people = rows.people
    for period in rows.problem.periods:
        demand = np.zeros(len(people.skills))
        for number, skill in enumerate(people.skills):
            line = rows.number.get(yearly_name(period, people, frozenset([skill])))
            demand[number] = 0 if line is None else usage[rows.first[line]]
        if demand.any():
            most = people.yearly_counts(period.kind)
            supply = {skills: MANY if units is None else units for skills, units in most.items()}
            union = violated_union(people.skills, demand, supply)
            if union is not None:
                yield union


def _demand(rows: Rows, usage: Floats, prefix: str) -> Floats:
    """Use of the lines of single skills, shape (skills, weeks); zero for lines that are not there."""
    demand = np.zeros((len(rows.people.skills), rows.num_weeks))
    for number, skill in enumerate(rows.people.skills):
        line = rows.number.get(prefix + pool_name(rows.people, frozenset([skill])))
        if line is not None:
            first = rows.first[line]
            demand[number] = usage[first : first + rows.num_weeks]
    return demand


def violated_union(
    skills: tuple[str, ...],
    demand: Floats,
    supply: dict[Skills, int],
    tolerance: float = TOLERANCE,
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
    kinds = [(known, units) for known, units in supply.items() if units > 0]
    if not kinds:
        short = frozenset(name for skill, name in enumerate(skills) if wanted[skill] > 0)
        return short if wanted.sum() > tolerance * PRECISION else None
    arcs = [(0, 1 + skill, int(units)) for skill, units in enumerate(wanted) if units > 0]
    sink = 1 + num_skills + len(kinds)
    for number, (known, units) in enumerate(kinds):
        node = 1 + num_skills + number
        arcs.append((node, sink, units * PRECISION))
        arcs += [
            (1 + s, node, int(wanted[s])) for s, name in enumerate(skills) if name in known and wanted[s] > 0
        ]
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(*(np.array(part) for part in zip(*arcs, strict=True)))
    flow.solve(0, sink)
    if flow.optimal_flow() >= int(wanted.sum()) - tolerance * PRECISION:
        return None
    side = set(flow.get_source_side_min_cut())
    return frozenset(name for skill, name in enumerate(skills) if 1 + skill in side and wanted[skill] > 0)
