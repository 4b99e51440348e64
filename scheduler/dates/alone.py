"""One component alone: what its timetables cost whatever others do, all of them or the cheapest ones."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs, is_allowed
from scheduler.areas.graph import AreaGraph
from scheduler.areas.joints import Edge
from scheduler.dates.pricing import Priced, all_within, filled
from scheduler.values.arrays import Ints


def node_costs(graph: AreaGraph, component: int) -> Costs:
    """What each start week of each node costs, shape (nodes, weeks); a copy."""
    number, position = graph.place[component]
    return graph.groups[number].node_costs[:, :, position].copy()


def priced_alone(graph: AreaGraph, component: int, costs: Costs) -> Priced:
    """The tables of a component at certain costs of its nodes, or at several.

    Parameters
    ----------
    costs
        Shape (nodes, weeks), as of `node_costs`, or (nodes, weeks, variants): each variant is a member of the tables.
    """
    number, position = graph.place[component]
    group = graph.groups[number]
    edges = tuple(Edge(edge.parent, edge.child, edge.band.for_member(position)) for edge in group.edges)
    alone = list((costs if costs.ndim == 3 else costs[:, :, None]).copy())
    return filled(number, edges, alone, group.chords)


def timetables_alone(
    graph: AreaGraph, component: int, limit: int, costs: Costs | None = None
) -> tuple[Ints, Costs] | None:
    """All timetables of a component and their own costs; None if they are more than a limit.

    Parameters
    ----------
    costs
        Of the nodes, where they are not those of `node_costs`, shape (nodes, weeks).

    Returns
    -------
    Shapes (timetables, nodes) and (timetables,).
    """
    priced = priced_alone(graph, component, node_costs(graph, component) if costs is None else costs)
    found = all_within(priced, np.array([FORBIDDEN // 4]), limit)
    return None if found is None else (found.starts, found.values)


def best_by_week(graph: AreaGraph, component: int, node: int) -> Ints:
    """The cheapest timetable for each possible week of a node, shape (timetables, nodes)."""
    alone = node_costs(graph, component)
    weeks = np.flatnonzero(is_allowed(alone[node]))
    costs = np.repeat(alone[:, :, None], len(weeks), axis=2)
    costs[node] = FORBIDDEN
    costs[node, weeks, np.arange(len(weeks))] = alone[node, weeks]
    return priced_alone(graph, component, costs).best().starts
