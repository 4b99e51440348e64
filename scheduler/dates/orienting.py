"""Hangs a tree of stages at its first: edges from the root outwards."""

from collections.abc import Mapping, Sequence

from scheduler.dates.components import Edge
from scheduler.dates.edges import Band, Costs


def oriented(near: Mapping[int, Sequence[tuple[int, Costs]]], num_nodes: int) -> tuple[Edge, ...]:
    """Edges from the root (node 0) outwards.

    Parameters
    ----------
    near
        For each node its neighbours, with a table of costs over both start weeks, its own first.

    Raises
    ------
    ValueError
        If the nodes are no tree.
    """
    edges: list[Edge] = []
    reached, pending = {0}, [0]
    while pending:
        parent = pending.pop(0)
        for child, table in near[parent]:
            if child not in reached:
                reached.add(child)
                pending.append(child)
                edges.append(Edge(parent, child, Band.of(table)))
    if len(edges) != num_nodes - 1 or sum(map(len, near.values())) != 2 * len(edges):
        raise ValueError("Lags and links of movable stages form a cycle. Maybe remove one of the links.")
    return tuple(edges)
