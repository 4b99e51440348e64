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

from scheduler.areas.circle_search import Search
from scheduler.areas.edges import FORBIDDEN, Costs, is_allowed
from scheduler.areas.joints import Chord, Edge, Joint, fill_tables, read_tables
from scheduler.values.arrays import Ints

FIRST_WEEKS = 4
"""From so many weeks of its first stage a component's timetables are improved."""

SWEEPS = 6
"""So often all stages of a timetable are moved, one at a time."""


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
        search = Search(edges, chords, alone, [bound[:, member] for bound in bounds], member)
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
    joints = [Joint.of_edge(edge) for edge in edges] + [Joint.of_chord(chord) for chord in chords]
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


def _bounds(edges: Sequence[Edge], values: list[Costs], below: list[Costs]) -> list[Costs]:
    """For each node what the tree alone costs at least by its start week, shape (weeks, members)."""
    bounds = list(values)
    for edge, costs in zip(edges, below, strict=True):
        above = bounds[edge.parent]
        real = is_allowed(above) & is_allowed(costs)
        without = np.where(real, above - costs, FORBIDDEN)
        bounds[edge.child] = np.minimum(values[edge.child] + edge.band.turned.cheapest(without), FORBIDDEN)
    return bounds
