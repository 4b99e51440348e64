"""The cheapest timetables of an area, also where its links run in circles.

A tree that joins all stages is priced by dynamic programming. Links that close a circle are its **chords**: without
them the tree tells what no timetable costs less than. So the week of one end of chords (a **cut**) is fixed after the
other, in the order of what the tree tells, until no week that is left can be cheaper: then the chords of that stage are
costs of the other ends. What is left when the effort is used up still has the tree's bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.edges import FORBIDDEN, Band, Costs, is_allowed

Ints = NDArray[np.int64]

CASES_EACH = 80
CASES_AT_LEAST = 4_000
"""So many weeks of cuts are tried for each component, and so many at least for all of a group together."""

MOST_AT_ONCE = 2_000
"""Cases that are priced together."""


@dataclass(frozen=True)
class Edge:
    """From a parent node to a child node, by their numbers within the component."""

    parent: int
    child: int
    band: Band


@dataclass(frozen=True)
class Chord:
    """What two nodes cost together that the tree does not join, shape (weeks of first, weeks of second)."""

    first: int
    second: int
    cost: Costs

    def scaled(self, scale: int) -> "Chord":
        """The same with all allowed costs multiplied."""
        return Chord(self.first, self.second, np.where(is_allowed(self.cost), self.cost * scale, FORBIDDEN))

    def costs_of(self, starts: Ints) -> Costs:
        """What it costs in timetables, shape (timetables, nodes)."""
        costs: Costs = self.cost[starts[:, self.first], starts[:, self.second]]
        return costs

    def beside(self, node: int, weeks: Ints) -> tuple[int, Costs]:
        """The other end, and its costs by week if `node` starts in the given weeks, shape (weeks, cases)."""
        if node == self.first:
            return self.second, self.cost[weeks].T
        return self.first, self.cost[:, weeks]


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


@dataclass
class Cheapest:
    """What the search finds for some members.

    Attributes
    ----------
    least
        Shape (members,): no timetable costs less; `FORBIDDEN` or more if there is none.
    best
        Shape (members,): what the cheapest timetable found costs.
    starts
        Shape (members, nodes): that timetable; -1 where none was found.
    tried
        (members, starts, costs) of further timetables that were found on the way.
    """

    least: Costs
    best: Costs
    starts: Ints
    tried: list[tuple[Ints, Ints, Costs]] = field(default_factory=list)


def cheapest_with_chords(edges: Sequence[Edge], chords: Sequence[Chord], alone: list[Costs]) -> Cheapest:
    """The cheapest timetable of each member of a group.

    Parameters
    ----------
    alone
        For each node what it costs alone, shape (weeks, members).
    """
    members = np.arange(alone[0].shape[1])
    search = _Search(edges, max(CASES_AT_LEAST, CASES_EACH * len(members)))
    none = np.full(len(members), FORBIDDEN // 2)
    return search.cheapest(tuple(chords), alone, members, none)


class _Search:
    def __init__(self, edges: Sequence[Edge], cases: int) -> None:
        self.edges, self.cases_left = edges, cases
        self.tried: list[tuple[Ints, Ints, Costs]] = []

    def cheapest(
        self, chords: tuple[Chord, ...], alone: list[Costs], members: Ints, limit: Costs
    ) -> Cheapest:
        """The cheapest timetable below a limit of each case.

        Parameters
        ----------
        alone
            For each node, shape (weeks, cases).
        members, limit
            Shape (cases,).
        """
        if not chords:
            return self._of_tree(alone, members)
        cut = _cut(chords)
        bounds = self._bounds(alone, members, cut)
        order = np.argsort(bounds, axis=0, kind="stable")
        bounds = np.take_along_axis(bounds, order, axis=0)
        found = Cheapest(
            np.full(len(members), FORBIDDEN),
            limit.copy(),
            np.full((len(members), len(alone)), -1, dtype=np.int64),
            self.tried,
        )
        rank, width = 0, 1
        while rank < len(order):
            part = slice(rank, min(rank + width, len(order)))
            ranks, cases = np.nonzero((bounds[part] < found.best) & is_allowed(bounds[part]))
            if len(cases) == 0:
                break
            if self.cases_left <= 0:
                found.least = np.minimum(found.least, bounds[rank])
                break
            weeks = order[part][ranks, cases]
            self._fix(found, chords, alone, members, cut, cases, weeks)
            rank, width = part.stop, max(1, min(8, 2 * width, MOST_AT_ONCE // max(1, len(members))))
        found.least = np.minimum(found.least, found.best)
        return found

    def _of_tree(self, alone: list[Costs], members: Ints) -> Cheapest:
        self.cases_left -= len(members)
        edges = [Edge(edge.parent, edge.child, edge.band.of_members(members)) for edge in self.edges]
        values = [costs.copy() for costs in alone]
        fill_tables(edges, values)
        weeks, cases = values[0].argmin(axis=0), np.arange(len(members))
        best: Costs = values[0][weeks, cases]
        starts = read_tables(edges, values, cases, weeks)
        real = is_allowed(best)
        starts[~real] = -1
        self.tried.append((members[real], starts[real], best[real]))
        return Cheapest(best, best, starts)

    def _fix(
        self,
        found: Cheapest,
        chords: tuple[Chord, ...],
        alone: list[Costs],
        members: Ints,
        cut: int,
        cases: Ints,
        weeks: Ints,
    ) -> None:
        """Fix the cut of some cases in some weeks, and keep what is cheaper than before."""
        fixed = [costs[:, cases] for costs in alone]
        only = np.full_like(fixed[cut], FORBIDDEN)
        only[weeks, np.arange(len(cases))] = alone[cut][weeks, cases]
        fixed[cut] = only
        for chord in chords:
            if cut in (chord.first, chord.second):
                other, costs = chord.beside(cut, weeks)
                fixed[other] = np.minimum(fixed[other] + costs, FORBIDDEN)
        rest = tuple(chord for chord in chords if cut not in (chord.first, chord.second))
        inner = self.cheapest(rest, fixed, members[cases], found.best[cases])
        np.minimum.at(found.least, cases, inner.least)
        for number in np.argsort(-inner.best, kind="stable").tolist():
            case = cases[number]
            if inner.best[number] < found.best[case] and inner.starts[number, 0] >= 0:
                found.best[case], found.starts[case] = inner.best[number], inner.starts[number]

    def _bounds(self, alone: list[Costs], members: Ints, node: int) -> Costs:
        """What the tree alone costs at least by the week of a node, shape (weeks, cases)."""
        edges = [Edge(edge.parent, edge.child, edge.band.of_members(members)) for edge in self.edges]
        values = [costs.copy() for costs in alone]
        below = fill_tables(edges, values)
        above: dict[int, int] = {edge.child: number for number, edge in enumerate(edges)}
        path: list[int] = []
        while node in above:
            path.append(above[node])
            node = edges[above[node]].parent
        bounds = values[0]
        for number in reversed(path):
            edge = edges[number]
            real = is_allowed(bounds) & is_allowed(below[number])
            without = np.where(real, bounds - below[number], FORBIDDEN)
            bounds = np.minimum(values[edge.child] + edge.band.turned.cheapest(without), FORBIDDEN)
        return bounds


def _cut(chords: Sequence[Chord]) -> int:
    """The node at which most chords end."""
    ends = [node for chord in chords for node in (chord.first, chord.second)]
    return max(sorted(set(ends)), key=ends.count)
