"""Candidate timetables of one area near its present one, with their exact costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.edges import FORBIDDEN, Costs
from scheduler.areas.graph import AreaGraph, Group
from scheduler.dates.pricing import all_within, price_group
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
    group = rows.graph.groups[number]
    nodes = _team_nodes(rows.graph, component)
    nearby = _only_near(group, position, nodes, present, radius_weeks)
    no_prices = np.zeros((len(rows.profiles), rows.num_weeks), dtype=np.int64)
    priced = price_group(0, nearby, no_prices, rows.profile[number][:, [position]], 1)
    found = all_within(priced, np.array([FORBIDDEN // 4]), MOST_TIMETABLES)
    own = np.array([present], dtype=np.int64)
    starts = np.unique(own if found is None else np.concatenate([own, found.starts]), axis=0)
    costs = group.own_costs(np.full(len(starts), position), starts)
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


def _only_near(
    group: Group, position: int, nodes: list[int], present: Sequence[Week], radius_weeks: int
) -> Group:
    """A group of one member whose given nodes may start near their present weeks only."""
    costs = group.node_costs[:, :, [position]].copy()
    weeks = np.arange(costs.shape[1])
    for node in nodes:
        costs[node, np.abs(weeks - present[node]) > radius_weeks] = FORBIDDEN
    return Group(group.members[[position]], group.edges, costs)


def _cheapest_by_pattern(patterns: Ints, costs: Costs, number: int) -> NDArray[np.bool_]:
    """Which timetables are among the cheapest of those with the same pattern, shape (timetables,)."""
    _, pattern = np.unique(patterns, axis=0, return_inverse=True)
    order = np.lexsort((costs, pattern))
    rank = np.arange(len(order)) - np.searchsorted(pattern[order], pattern[order])
    kept = np.zeros(len(costs), dtype=bool)
    kept[order[rank < number]] = True
    return kept
