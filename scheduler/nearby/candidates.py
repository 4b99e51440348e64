"""Candidate timetables of one area near its present one, with their exact costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.edges import FORBIDDEN, Costs
from scheduler.areas.graph import AreaGraph
from scheduler.dates.alone import all_timetables, node_costs
from scheduler.dates.rows import Rows
from scheduler.values.arrays import Ints
from scheduler.values.value import Week

MOST_TIMETABLES = 200_000
"""An area with more of them near its present one does not move."""

MOST_KEPT = 3_000
"""An area chooses among at most so many: a model of more would take longer to build than there is time."""


@dataclass(frozen=True)
class Candidates:
    """Timetables of one component: `starts` of shape (timetables, nodes), their own `costs` (timetables,)."""

    component: int
    starts: Ints
    costs: Costs


def candidates_near(
    rows: Rows, component: int, present: Sequence[Week], radius_weeks: int, per_pattern: int
) -> Candidates:
    """Timetables whose team weeks lie near the present ones, the present one among them.

    Parameters
    ----------
    present
        Start weeks of the component's nodes.
    radius_weeks
        Stages with a team start at most so many weeks earlier or later; other stages move freely.
    per_pattern
        Of the timetables with the same starts of team stages so many are kept, the cheapest ones.
    """
    number, position = rows.graph.place[component]
    nodes = _team_nodes(rows.graph, component)
    only_near = node_costs(rows.graph, component)
    for node in nodes:
        only_near[node, np.abs(np.arange(only_near.shape[1]) - present[node]) > radius_weeks] = FORBIDDEN
    found = all_timetables(rows.graph, component, MOST_TIMETABLES, only_near)
    own = np.array([present], dtype=np.int64)
    starts = np.unique(own if found is None else np.concatenate([own, found[0]]), axis=0)
    costs = rows.graph.groups[number].own_costs(np.full(len(starts), position), starts)
    kept = _cheapest_by_pattern(starts[:, nodes], costs, per_pattern) | (starts == own).all(axis=1)
    few = _first(starts[kept], costs[kept], own)
    return Candidates(component, starts[kept][few], costs[kept][few])


def _first(starts: Ints, costs: Costs, own: Ints) -> Ints:
    """Numbers of the present timetable and of the cheapest others, of equal ones the nearest to it."""
    distance = np.abs(starts - own).sum(axis=1)
    return np.sort(np.lexsort((distance, costs, distance > 0))[:MOST_KEPT])


def _team_nodes(graph: AreaGraph, component: int) -> list[int]:
    """Numbers of the nodes of a component that are stages with a team."""
    activities = graph.problem.activities
    return [
        number
        for number, (activity, stage) in enumerate(graph.components[component].nodes)
        if activities[activity].team is not None and activities[activity].stages[stage].uses_team
    ]


def _cheapest_by_pattern(patterns: Ints, costs: Costs, number: int) -> NDArray[np.bool_]:
    """Which timetables are among the cheapest of those with the same pattern, shape (timetables,)."""
    _, pattern = np.unique(patterns, axis=0, return_inverse=True)
    order = np.lexsort((costs, pattern))
    rank = np.arange(len(order)) - np.searchsorted(pattern[order], pattern[order])
    kept = np.zeros(len(costs), dtype=bool)
    kept[order[rank < number]] = True
    return kept
