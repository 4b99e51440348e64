"""All timetables of one component beside others that stay: what each costs there and how much is short for it."""

from dataclasses import dataclass

import numpy as np

from scheduler.areas.edges import Costs
from scheduler.dates.alone import best_by_week, timetables_alone
from scheduler.dates.remaining import Room
from scheduler.values.arrays import Ints

MOST_TIMETABLES = 150_000
"""Of a component with more of them, only the cheapest one for each week of the first stage is looked at."""


@dataclass(frozen=True)
class Choices:
    """Timetables of one component.

    Attributes
    ----------
    starts
        Shape (timetables, nodes).
    costs
        Shape (timetables,): what each adds to the cost of the others, priced excess included, however much.
    short
        Shape (timetables,): units of rows that are short for it. People do not count here.
    """

    starts: Ints
    costs: Costs
    short: Ints

    def part(self, chosen: Ints) -> "Choices":
        """Some of them."""
        return Choices(self.starts[chosen], self.costs[chosen], self.short[chosen])

    def cheapest_by(self, nodes: list[int]) -> "Choices":
        """Of those with equal starts of some nodes only the cheapest one, ordered by cost."""
        order = np.lexsort((self.short, self.costs))
        if not nodes:
            return self.part(order[:1])
        _, first = np.unique(self.starts[order][:, nodes], axis=0, return_index=True)
        return self.part(order[np.sort(first)])


def choices_of(room: Room, component: int, node: int) -> Choices:
    """All timetables of a component, or the cheapest one for each week of a node.

    Parameters
    ----------
    room
        The others; the component itself must not be among them.
    """
    found = timetables_alone(room.rows.graph, component, MOST_TIMETABLES)
    starts = best_by_week(room.rows.graph, component, node) if found is None else found[0]
    return evaluated(room, component, starts)


def evaluated(room: Room, component: int, starts: Ints) -> Choices:
    """What timetables cost beside the others, and what they lack."""
    rows = room.rows
    number, position = rows.graph.place[component]
    positions = np.full(len(starts), position)
    costs = rows.graph.groups[number].own_costs(positions, starts)
    entries = rows.entries(number, positions, starts, np.arange(len(starts)))
    before = room.used[entries.row] - rows.rhs[entries.row]
    after = before + entries.coefficient
    more = np.maximum(after, 0) - np.maximum(before, 0)
    excess = rows.max_excess[entries.row]
    lack = np.maximum(after - excess, 0) - np.maximum(before - excess, 0)
    priced = np.maximum(rows.price[entries.row], 0) * more
    np.add.at(costs, entries.column, priced)
    # What others lack already (a minimum that this component could help with) counts for all alike.
    short = np.full(len(starts), room.lack(), dtype=np.int64)
    np.add.at(short, entries.column, lack)
    return Choices(starts, costs, short)
