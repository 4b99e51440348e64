"""Exact pricing: for given prices of what areas share, every component's cheapest timetables.

Dynamic programming over the weeks of the tree of stages (and a search where links run in circles, see
`scheduler.areas.circles`), for all components of a group at once, in
64-bit integers: costs and prices are multiplied by a `scale`, so nothing is ever rounded and the
resulting bound is exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scheduler.areas.circles import Cheapest, cheapest_with_chords
from scheduler.areas.edges import Costs, dearest, is_allowed
from scheduler.areas.graph import AreaGraph, Group
from scheduler.areas.joints import Chord, Edge, fill_tables, read_tables
from scheduler.dates.rows import Rows
from scheduler.values.arrays import Ints

LARGEST_SCALE = 10**6
ROOM = 2**46
"""Scaled costs of a timetable stay below this, so that prices and sums with `FORBIDDEN` fit into 64 bits."""


@dataclass(frozen=True)
class Timetables:
    """Some timetables of one group: positions (timetables,), starts (timetables, nodes), values (timetables,)."""

    group: int
    positions: Ints
    starts: Ints
    values: Costs

    def part(self, chosen: Ints) -> "Timetables":
        """Some of them."""
        return Timetables(self.group, self.positions[chosen], self.starts[chosen], self.values[chosen])


@dataclass
class Priced:
    """The tables of one group at given prices.

    Attributes
    ----------
    values
        For each node, shape (weeks, members): cheapest cost of the node's subtree if it starts then.
    below
        For each edge, shape (weeks, members): cheapest cost of the child's subtree and the edge by the
        parent's start week.
    chords
        What joins nodes beside the tree; the tables leave it out, so with chords they are lower bounds.
    alone
        With chords, for each node, shape (weeks, members): what it costs alone.
    """

    group: int
    edges: tuple[Edge, ...]
    values: list[Costs]
    below: list[Costs]
    chords: tuple[Chord, ...] = ()
    alone: list[Costs] = field(default_factory=list)

    def cheapest(self) -> Costs:
        """What each member's cheapest timetable costs at least, exactly where there are no chords, shape (members,)."""
        cheapest: Costs = self._closed.least if self.chords else self.values[0].min(axis=0)
        return cheapest

    def best(self) -> Timetables:
        """The cheapest timetable found of each member that has any."""
        if self.chords:
            found = self._closed
            positions = np.flatnonzero(found.starts[:, 0] >= 0)
            return Timetables(self.group, positions, found.starts[positions], found.best[positions])
        weeks = self.values[0].argmin(axis=0)
        positions = np.flatnonzero(is_allowed(self.values[0].min(axis=0)))
        return self.best_by_week(positions, weeks[positions])

    def tried(self) -> Timetables:
        """With chords: all timetables that the search for the cheapest ones came upon."""
        positions, starts, values = (np.concatenate(part) for part in zip(*self._closed.tried, strict=True))
        return Timetables(self.group, positions, starts, values)

    @cached_property
    def _closed(self) -> Cheapest:
        return cheapest_with_chords(self.edges, self.chords, self.alone)

    def best_by_week(self, positions: Ints, weeks: Ints) -> Timetables:
        """The timetables whose first node starts in the given weeks that are cheapest but for chords."""
        starts = read_tables(self.edges, self.values, positions, weeks)
        return Timetables(self.group, positions, starts, self.values[0][weeks, positions])


def choose_scale(graph: AreaGraph) -> int:
    """The largest power of ten up to `LARGEST_SCALE` with which every timetable's cost has room."""
    most = max((_most_expensive(group) for group in graph.groups), default=0)
    scale = LARGEST_SCALE
    while scale > 1 and most * scale >= ROOM:
        scale //= 10
    return scale


def price_group(number: int, group: Group, prices: Ints, profile: Ints, scale: int) -> Priced:
    """Fill the tables of a group.

    Parameters
    ----------
    prices
        Shape (profiles, weeks), from `Rows.start_prices`.
    profile
        Shape (nodes, members): profile of each stage.
    """
    costs, edges = group.scaled(scale)
    by_week = np.ascontiguousarray(prices.T)
    alone = [costs[node] + by_week[:, profile[node]] for node in range(group.num_nodes)]
    return filled(number, edges, alone, group.scaled_chords(scale))


def filled(
    group: int, edges: tuple[Edge, ...], values: list[Costs], chords: tuple[Chord, ...] = ()
) -> Priced:
    """The tables of some edges, where each node alone costs `values`, which become those of its subtree."""
    alone = [costs.copy() for costs in values] if chords else []
    below = fill_tables(edges, values)
    return Priced(group, edges, values, below, chords, alone)


def price_all(rows: Rows, duals: Ints, scale: int) -> list[Priced]:
    """Fill the tables of all groups at the given prices of rows (scaled integers, non-negative)."""
    prices = rows.start_prices(duals)
    groups = enumerate(rows.graph.groups)
    return [price_group(number, group, prices, rows.profile[number], scale) for number, group in groups]


def cheapest_timetables(rows: Rows, priced: list[Priced]) -> Costs:
    """Priced cost of each component's cheapest timetable, shape (components,)."""
    cheapest = np.zeros(len(rows.graph.components), dtype=np.int64)
    for table in priced:
        cheapest[rows.graph.groups[table.group].members] = table.cheapest()
    return cheapest


def lagrangian_value(
    rows: Rows, priced: list[Priced], duals: Ints, scale: int, missing_price: int | None = None
) -> int | None:
    """`scale` times a lower bound on the cost of any plan of dates; None if a component has no timetable.

    The cheapest mode of each item, a mode at its components' cheapest priced timetables, less the price of what is
    there, plus what bounded slack of priced rows earns where the price of the row exceeds that of the slack. Exact
    integers, valid for all non-negative duals: a plan takes one mode of each item and one timetable of each of its
    components. With a `missing_price` components may go without a timetable at that price.
    """
    modes, cheapest = rows.graph.modes, cheapest_timetables(rows, priced)
    if missing_price is not None:
        cheapest = np.minimum(cheapest, missing_price * scale)
    least = modes.least(modes.costs(cheapest))
    if not is_allowed(least).all():
        return None
    total = int(least.sum())
    used = np.flatnonzero(duals)
    there = zip(duals[used].tolist(), rows.rhs[used].tolist(), strict=True)
    total -= sum(int(dual) * int(rhs) for dual, rhs in there)
    for row in np.flatnonzero((rows.max_excess > 0) & (duals > rows.price * scale)):
        total += int(rows.max_excess[row]) * (int(rows.price[row]) * scale - int(duals[row]))
    return total


def rounded_up(value: int, scale: int) -> int:
    """The least cost that is not below a scaled value; all costs are integers."""
    return -((-value) // scale)


def all_within(priced: Priced, slack: Ints, limit: int) -> Timetables | None:
    """All timetables of a group that cost at most its member's cheapest plus a slack.

    Parameters
    ----------
    slack
        Shape (members,): scaled, negative to leave a member out.
    limit
        Give up, and return None, if there are more.
    """
    best = priced.cheapest()
    week, position = np.nonzero(priced.values[0] <= (best + slack)[None, :])
    keep = (slack[position] >= 0) & is_allowed(best)[position]
    week, position = week[keep], position[keep]
    starts = np.zeros((len(week), len(priced.values)), dtype=np.int64)
    starts[:, 0] = week
    room = (best + slack)[position] - priced.values[0][week, position]
    reached = {edge.child: number for number, edge in enumerate(priced.edges)} | {0: -1}
    last_of = {
        (chord.first, chord.second): max(chord.first, chord.second, key=reached.__getitem__)
        for chord in priced.chords
    }
    for number, edge in enumerate(priced.edges):
        if len(position) > limit:
            return None
        parts = list(_expanded(priced, number, edge, position, starts, room))
        position, starts, room = (np.concatenate([part[i] for part in parts]) for i in range(3))
        closed = [chord for chord in priced.chords if edge.child == last_of[chord.first, chord.second]]
        if closed:
            room = room - np.sum([chord.costs_of(starts) for chord in closed], axis=0)
            position, starts, room = position[room >= 0], starts[room >= 0], room[room >= 0]
    if len(position) > limit:
        return None
    return Timetables(priced.group, position, starts, (best + slack)[position] - room)


def _expanded(
    priced: Priced, number: int, edge: Edge, position: Ints, starts: Ints, room: Ints
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """All choices of the child's week that keep within the room, in portions that fit into memory."""
    portion = max(1, 10**6 // edge.band.child.shape[1])
    for first in range(0, max(1, len(position)), portion):
        part = slice(first, first + portion)
        weeks = starts[part, edge.parent]
        child, cost = edge.band.candidates(priced.values[edge.child], weeks, position[part])
        left = room[part, None] - (cost - priced.below[number][weeks, position[part]][:, None])
        which, choice = np.nonzero(left >= 0)
        chosen = starts[part][which]
        chosen[:, edge.child] = child[which, choice]
        yield position[part][which], chosen, left[which, choice]


def _most_expensive(group: Group) -> int:
    return sum(map(dearest, group.node_costs)) + group.dearest_joints()
