"""How the stages of a component are joined: the edges of a tree, and chords beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Band, Costs, free, scaled
from scheduler.values.arrays import Ints


@dataclass(frozen=True)
class Edge:
    """From a parent node to a child node, by their numbers within the component."""

    parent: int
    child: int
    band: Band

    def scaled(self, scale: int) -> "Edge":
        """The same with all allowed costs multiplied."""
        return replace(self, band=self.band.scaled(scale))

    def without_costs(self) -> "Edge":
        """The same where everything that is allowed costs nothing."""
        return replace(self, band=replace(self.band, cost=free(self.band.cost)))


@dataclass(frozen=True)
class Chord:
    """What two nodes cost together that the tree does not join, shape (weeks of first, weeks of second)."""

    first: int
    second: int
    cost: Costs

    def scaled(self, scale: int) -> "Chord":
        """The same with all allowed costs multiplied."""
        return replace(self, cost=scaled(self.cost, scale))

    def without_costs(self) -> "Chord":
        """The same where everything that is allowed costs nothing."""
        return replace(self, cost=free(self.cost))

    def costs_of(self, starts: Ints) -> Costs:
        """What it costs in timetables, shape (timetables, nodes)."""
        costs: Costs = self.cost[starts[:, self.first], starts[:, self.second]]
        return costs


def fill_tables(edges: Sequence[Edge], values: list[Costs]) -> list[Costs]:
    """Turn what each node costs alone into what its subtree costs at least.

    Parameters
    ----------
    values
        For each node, shape (weeks, members); they become those of subtrees.

    Returns
    -------
    For each edge the cheapest cost of the child's subtree and the edge, by the parent's week.
    """
    below: list[Costs] = [np.zeros(0, dtype=np.int64)] * len(edges)
    for number in reversed(range(len(edges))):
        edge = edges[number]
        below[number] = edge.band.cheapest(values[edge.child])
        values[edge.parent] += below[number]
    return below


def read_tables(edges: Sequence[Edge], values: list[Costs], positions: Ints, weeks: Ints) -> Ints:
    """The cheapest timetables whose first node starts in given weeks, from filled tables, shape (timetables, nodes)."""
    starts = np.zeros((len(positions), len(values)), dtype=np.int64)
    starts[:, 0] = weeks
    for edge in edges:
        child, cost = edge.band.candidates(values[edge.child], starts[:, edge.parent], positions)
        best = cost.argmin(axis=1)
        starts[:, edge.child] = child[np.arange(len(best)), best]
    return starts


@dataclass(frozen=True)
class Joint:
    """What two nodes cost together, shape (weeks of first, weeks of second); `barred` by member besides."""

    first: int
    second: int
    cost: Costs
    barred: Costs | None = None

    @staticmethod
    def of_edge(edge: Edge) -> "Joint":
        """That of an edge, the parent first."""
        return Joint(edge.parent, edge.child, edge.band.dense, edge.band.dense_barred)

    @staticmethod
    def of_chord(chord: Chord) -> "Joint":
        """That of a chord."""
        return Joint(chord.first, chord.second, chord.cost)

    def beside(self, node: int, starts: Ints, positions: Ints) -> Costs:
        """Costs by week of a node with the other one where it is, shape (weeks, timetables)."""
        other = starts[:, self.second if node == self.first else self.first]
        costs = self.cost[:, other] if node == self.first else self.cost[other].T
        if self.barred is None:
            return costs
        if node == self.first:
            return costs + self.barred[:, other, positions]
        return costs + self.barred[other, :, positions].T

    def costs_of(self, starts: Ints, positions: Ints) -> Costs:
        """What it costs in timetables, shape (timetables,)."""
        pairs = starts[:, self.first], starts[:, self.second]
        costs: Costs = self.cost[pairs]
        if self.barred is not None:
            costs = costs + self.barred[pairs[0], pairs[1], positions]
        return costs

    def among(self, first: Ints, second: Ints, member: int) -> Costs:
        """Costs of some weeks of both for one member."""
        table = self.cost[np.ix_(first, second)]
        if self.barred is not None:
            table = table + self.barred[:, :, member][np.ix_(first, second)]
        return np.minimum(table, FORBIDDEN)
