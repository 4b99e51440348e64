"""The cheapest timetables of an area, also where its links run in circles.

A tree that joins all stages is priced by dynamic programming. Links that close a circle are its **chords**: without
them the tree tells, for each week of each stage, what no timetable costs less than. Timetables that are improved one
stage at a time, chords included, tell what the cheapest one costs at most. So few weeks of each stage are left, and
among them the stages at which chords end (**cuts**) are fixed one after the other, while the tree does not say that
nothing cheaper can come of it. Where the effort is used up, the tree's bound of what is left holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.edges import FORBIDDEN, Band, Costs, is_allowed

Ints = NDArray[np.int64]

FIRST_WEEKS = 4
"""From so many weeks of its first stage a component's timetables are improved."""

SWEEPS = 6
"""So often all stages of a timetable are moved, one at a time."""

EFFORT = 4_000_000
"""Pairs of weeks that are looked at for one component, before the tree's bound must do."""

PORTION = 1_000_000
"""Pairs of weeks that are looked at together."""

KEPT = 6
"""Timetables of a component that a search tells at most."""


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
    values = [costs.copy() for costs in alone]
    below = fill_tables(edges, values)
    positions, starts, costs = _improved(edges, chords, alone, values)
    num_members = alone[0].shape[1]
    found = Cheapest(
        values[0].min(axis=0),
        np.full(num_members, FORBIDDEN),
        np.full((num_members, len(alone)), -1, dtype=np.int64),
        [(positions, starts, costs)],
    )
    _keep(found, positions, starts, costs)
    bounds = _bounds(edges, values, below)
    for member in np.flatnonzero((found.least < found.best) & is_allowed(found.least)).tolist():
        search = _Search(edges, chords, alone, [bound[:, member] for bound in bounds], member)
        found.least[member] = search.least(int(found.best[member]))
        if search.starts:
            several = np.array(search.starts), np.array(search.costs)
            found.tried.append((np.full(len(search.costs), member), *several))
            _keep(found, *found.tried[-1])
    return found


def _keep(found: Cheapest, positions: Ints, starts: Ints, costs: Costs) -> None:
    """Keep the cheapest of some timetables for each member."""
    order = np.argsort(-costs, kind="stable")
    better = order[costs[order] < found.best[positions[order]]]
    found.best[positions[better]], found.starts[positions[better]] = costs[better], starts[better]


def _improved(
    edges: Sequence[Edge], chords: Sequence[Chord], alone: list[Costs], values: list[Costs]
) -> tuple[Ints, Ints, Costs]:
    """Timetables of all members, improved one stage at a time: members, starts and costs."""
    first = np.argsort(values[0], axis=0, kind="stable")[:FIRST_WEEKS]
    positions = np.broadcast_to(np.arange(first.shape[1]), first.shape).ravel()
    weeks = first.ravel()
    real = is_allowed(values[0][weeks, positions])
    positions, weeks = positions[real], weeks[real]
    starts = read_tables(edges, values, positions, weeks)
    joints = [_Joint.of_edge(edge) for edge in edges] + [_Joint.of_chord(chord) for chord in chords]
    for _ in range(SWEEPS):
        before = starts.copy()
        for node in range(starts.shape[1]):
            total = alone[node][:, positions]
            for joint in joints:
                if node in (joint.first, joint.second):
                    total = total + joint.beside(node, starts, positions)
            starts[:, node] = total.argmin(axis=0)
        if (starts == before).all():
            break
    costs = sum(
        (alone[node][starts[:, node], positions] for node in range(starts.shape[1])),
        start=np.zeros(len(positions), dtype=np.int64),
    )
    for joint in joints:
        costs = costs + joint.costs_of(starts, positions)
    real = is_allowed(costs)
    return positions[real], starts[real], costs[real]


@dataclass(frozen=True)
class _Joint:
    """What two nodes cost together, shape (weeks of first, weeks of second); `barred` by member besides."""

    first: int
    second: int
    cost: Costs
    barred: Costs | None = None

    @staticmethod
    def of_edge(edge: Edge) -> "_Joint":
        """That of an edge, the parent first."""
        return _Joint(edge.parent, edge.child, edge.band.dense, edge.band.dense_barred)

    @staticmethod
    def of_chord(chord: Chord) -> "_Joint":
        """That of a chord."""
        return _Joint(chord.first, chord.second, chord.cost)

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


def _bounds(edges: Sequence[Edge], values: list[Costs], below: list[Costs]) -> list[Costs]:
    """For each node what the tree alone costs at least by its start week, shape (weeks, members)."""
    bounds = list(values)
    for edge, costs in zip(edges, below, strict=True):
        above = bounds[edge.parent]
        real = is_allowed(above) & is_allowed(costs)
        without = np.where(real, above - costs, FORBIDDEN)
        bounds[edge.child] = np.minimum(values[edge.child] + edge.band.turned.cheapest(without), FORBIDDEN)
    return bounds


class _Search:
    """Looks for cheaper timetables of one member, among the weeks that the tree leaves.

    Attributes
    ----------
    starts, costs
        The cheapest that were found.
    """

    def __init__(
        self,
        edges: Sequence[Edge],
        chords: Sequence[Chord],
        alone: list[Costs],
        bounds: list[Costs],
        member: int,
    ) -> None:
        self.edges, self.chords, self.alone = edges, chords, [costs[:, member] for costs in alone]
        self.bounds, self.member = bounds, member
        self.effort = EFFORT
        self.starts: list[list[int]] = []
        self.costs: list[int] = []

    def least(self, limit: int) -> int:
        """What no timetable costs less than; `limit` if none is cheaper than that."""
        most = min(limit, FORBIDDEN // 2)
        self.weeks = [np.flatnonzero(bound < most) for bound in self.bounds]
        if any(len(weeks) == 0 for weeks in self.weeks):
            return limit
        self.limit = self.open = most
        self.trees = [self._table(_Joint.of_edge(edge)) for edge in self.edges]
        costs = [self.alone[node][weeks][None, :] for node, weeks in enumerate(self.weeks)]
        self._branch(tuple(self.chords), costs, np.array([self.bounds[0].min()]))
        return min(self.open, self.limit) if min(self.open, self.limit) < most else limit

    def _table(self, joint: _Joint) -> Costs:
        return joint.among(self.weeks[joint.first], self.weeks[joint.second], self.member)

    def _branch(self, chords: tuple[Chord, ...], costs: list[Costs], floor: Costs) -> None:
        """Fix one cut after the other, in cases that are looked at together.

        Parameters
        ----------
        costs
            For each node, shape (cases, weeks).
        floor
            What each case costs at least, shape (cases,).
        """
        if not chords:
            self._read(costs)
            return
        cut = self._cut(chords)
        rest = tuple(chord for chord in chords if cut not in (chord.first, chord.second))
        fixed = self._fixed(chords, costs, cut)
        bounds = self._portioned(fixed, np.repeat(floor, len(fixed[0]) // len(floor)))
        order = np.argsort(bounds, kind="stable")
        order = order[bounds[order] < self.limit]
        size = max(1, PORTION // self._pairs())
        for first in range(0, len(order), size):
            part = order[first : first + size]
            part = part[bounds[part] < self.limit]
            if len(part) and self.effort <= 0:
                self.open = min(self.open, int(bounds[part[0]]))
                return
            if len(part):
                self._branch(rest, [known[part] for known in fixed], bounds[part])

    def _fixed(self, chords: tuple[Chord, ...], costs: list[Costs], cut: int) -> list[Costs]:
        """Each case once for each week of the cut, with what its chords cost the other ends."""
        cases, count = len(costs[0]), len(self.weeks[cut])
        fixed = [np.repeat(known, count, axis=0) for known in costs]
        which = np.tile(np.arange(count), cases)
        only = np.full_like(fixed[cut], FORBIDDEN)
        only[np.arange(len(which)), which] = fixed[cut][np.arange(len(which)), which]
        fixed[cut] = only
        for chord in chords:
            if cut in (chord.first, chord.second):
                table = self._table(_Joint.of_chord(chord))
                other = chord.second if cut == chord.first else chord.first
                rows = table[which] if cut == chord.first else table.T[which]
                fixed[other] = np.minimum(fixed[other] + rows, FORBIDDEN)
        return fixed

    def _pairs(self) -> int:
        """Pairs of weeks of the tree's edges."""
        return max(1, sum(table.size for table in self.trees))

    def _portioned(self, costs: list[Costs], floor: Costs) -> Costs:
        """What each case costs at least by the tree alone, as long as there is effort left."""
        size, bounds = max(1, PORTION // self._pairs()), floor.copy()
        for first in range(0, len(bounds), size):
            if self.effort <= 0:
                break
            part = slice(first, first + size)
            bounds[part] = self._filled([known[part] for known in costs])[0].min(axis=1)
        return bounds

    def _filled(self, costs: list[Costs]) -> list[Costs]:
        """Costs of subtrees, shape (cases, weeks) each."""
        self.effort -= len(costs[0]) * self._pairs()
        values = list(costs)
        for number in reversed(range(len(self.edges))):
            edge, table = self.edges[number], self.trees[number]
            below = (values[edge.child][:, None, :] + table[None, :, :]).min(axis=2)
            values[edge.parent] = values[edge.parent] + below
        return values

    def _read(self, costs: list[Costs]) -> None:
        """The cheapest timetables of cases in which all cuts are fixed."""
        values = self._filled(costs)
        least = values[0].min(axis=1)
        for case in np.argsort(least, kind="stable")[:KEPT].tolist():
            if least[case] >= self.limit and (self.starts or not is_allowed(least[case])):
                break
            chosen = [0] * len(values)
            chosen[0] = int(values[0][case].argmin())
            for edge, table in zip(self.edges, self.trees, strict=True):
                chosen[edge.child] = int((values[edge.child][case] + table[chosen[edge.parent]]).argmin())
            self.starts.append([int(weeks[index]) for weeks, index in zip(self.weeks, chosen, strict=True)])
            self.costs.append(int(least[case]))
        self.limit = min(self.limit, int(least.min()))

    def _cut(self, chords: Sequence[Chord]) -> int:
        """The node at which most chords end, of several the one with the fewest weeks."""
        ends = [node for chord in chords for node in (chord.first, chord.second)]
        return max(sorted(set(ends)), key=lambda node: (ends.count(node), -len(self.weeks[node])))
