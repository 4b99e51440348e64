"""Areas as replanning sees them: units of activities that move together, and their timetables.

A **unit** joins the components (see `area_graph`) that share an activity, so that a published activity counts
as moved once, however its stages are joined.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs, is_allowed
from scheduler.areas.graph import Edge, Group
from scheduler.dates.pricing import Priced, all_within, price_group
from scheduler.nearby.shared_rows import shared_rows
from scheduler.values.arrays import Ints
from scheduler.values.problem import Problem
from scheduler.values.value import Week

Starts = Mapping[str, tuple[Week, ...]]

RADII = (10_000, 52, 26, 13, 8)
"""How far from the published weeks timetables are listed: the first radius with few enough of them."""

MOST_TIMETABLES = 60_000


@dataclass(frozen=True)
class Timetables:
    """Timetables of one unit.

    Attributes
    ----------
    nodes
        (activity, stage number) of each column of `starts`.
    starts
        Shape (timetables, nodes).
    costs, moves
        Shape (timetables,): own cost of dates; number of published activities with other dates.
    is_complete
        Whether there are no others.
    """

    unit: int
    nodes: tuple[tuple[str, int], ...]
    starts: Ints
    costs: Costs
    moves: Ints
    is_complete: bool = False

    def __len__(self) -> int:
        return len(self.costs)

    def part(self, chosen: Ints) -> "Timetables":
        """Some of them, by their numbers."""
        return Timetables(self.unit, self.nodes, self.starts[chosen], self.costs[chosen], self.moves[chosen])

    def starts_of(self, number: int) -> dict[str, tuple[Week, ...]]:
        """Start weeks by activity of one timetable."""
        weeks: dict[str, list[tuple[int, Week]]] = {}
        for (name, stage), week in zip(self.nodes, self.starts[number].tolist(), strict=True):
            weeks.setdefault(name, []).append((stage, week))
        return {name: tuple(week for _, week in sorted(own)) for name, own in weeks.items()}


class Units:
    """All units of a problem after an event.

    Attributes
    ----------
    rows
        What areas share apart from people.
    components
        For each unit the numbers of its components.
    names
        For each unit its activities.
    unit_of
        Unit of each activity.
    published
        Announced starts of each announced activity.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = shared_rows(problem)
        self.graph = self.rows.graph
        self.published = {own.id: own.published.starts for own in problem.activities if own.published}
        self.components, self.names = self._joined()
        self._fewest: dict[tuple[int, str | None], int | None] = {}
        self._uses: dict[tuple[object, ...], dict[int, int]] = {}
        self.unit_of = {name: number for number, own in enumerate(self.names) for name in own}

    def __len__(self) -> int:
        return len(self.components)

    @cached_property
    def forced(self) -> tuple[int, ...]:
        """Units that cannot keep their announced dates, or have none."""
        return tuple(number for number in range(len(self)) if not self.may_stay(number))

    def may_stay(self, unit: int) -> bool:
        """Whether a unit's rules allow the dates that were announced for it."""
        return all(name in self.published for name in self.names[unit]) and self._is_possible(
            unit, self.names[unit]
        )

    def fewest_moves(self, unit: int, moving: str | None = None) -> int | None:
        """The least number of announced activities that move, whatever other areas do; None if none is possible.

        Parameters
        ----------
        moving
            An activity that moves in any case.
        """
        if (unit, moving) not in self._fewest:
            self._fewest[unit, moving] = self._find_fewest(unit, moving)
        return self._fewest[unit, moving]

    def _find_fewest(self, unit: int, moving: str | None) -> int | None:
        known = [name for name in self.names[unit] if name in self.published and name != moving]
        total = sum(name in self.published for name in self.names[unit])
        for size in range(len(known), -1, -1):
            if any(self._is_possible(unit, kept, moving) for kept in combinations(known, size)):
                return total - size
        return None

    def timetables(self, unit: int) -> Timetables:
        """All timetables of a unit, as far as there are few enough near the published weeks."""
        for radius in RADII:
            found = self._timetables(unit, radius)
            if found is not None and (len(found) or radius == RADII[-1]):
                return found
        return self._timetables(unit, 0) or self._none(unit)

    def usage(self, starts: Starts) -> Ints:
        """What activities use of the shared rows together, shape (rows,)."""
        used = np.zeros(self.rows.num_rows, dtype=np.int64)
        for unit in range(len(self)):
            if all(name in starts for name in self.names[unit]):
                for row, use in self.uses(unit, starts).items():
                    used[row] += use
        return used

    def uses(self, unit: int, starts: Starts) -> dict[int, int]:
        """What one unit uses of each shared row."""
        key = (unit, *(starts[name] for name in self.names[unit]))
        if key not in self._uses:
            self._uses[key] = self._find_uses(unit, starts)
        return self._uses[key]

    def note_uses(self, found: Timetables) -> None:
        """Work out at once what each of many timetables uses, so that `uses` knows it."""
        column = {node: number for number, node in enumerate(found.nodes)}
        noted: list[dict[int, int]] = [{} for _ in range(len(found))]
        for component in self.components[found.unit]:
            number, position = self.graph.place[component]
            own = found.starts[:, [column[node] for node in self._nodes(component)]]
            entries = self.rows.entries(number, np.full(len(found), position), own, np.arange(len(found)))
            parts = (entries.column.tolist(), entries.row.tolist(), entries.coefficient.tolist())
            for timetable, row, use in zip(*parts, strict=True):
                noted[timetable][row] = noted[timetable].get(row, 0) + use
        for timetable, uses in enumerate(noted):
            starts = found.starts_of(timetable)
            self._uses[found.unit, *(starts[name] for name in self.names[found.unit])] = uses

    def _find_uses(self, unit: int, starts: Starts) -> dict[int, int]:
        total: dict[int, int] = {}
        for component in self.components[unit]:
            number, position = self.graph.place[component]
            own = np.array([self._weeks(component, starts)], dtype=np.int64)
            found = self.rows.entries(number, np.array([position]), own, np.array([0]))
            for row, use in zip(found.row.tolist(), found.coefficient.tolist(), strict=True):
                total[row] = total.get(row, 0) + use
        return total

    def _weeks(self, component: int, starts: Starts) -> list[Week]:
        activities = self.problem.activities
        return [
            starts[activities[index].id][stage] for index, stage in self.graph.components[component].nodes
        ]

    def _joined(self) -> tuple[list[tuple[int, ...]], list[tuple[str, ...]]]:
        unit: dict[str, set[int]] = {}
        for component in range(len(self.graph.components)):
            names = self.graph.names(component)
            merged = {component}.union(*(unit.get(name, set()) for name in names))
            touched = {name for own in merged for name in self.graph.names(own)}
            unit |= dict.fromkeys(touched, merged)
        sets = sorted({tuple(sorted(own)) for own in unit.values()})
        return sets, [tuple(dict.fromkeys(n for own in part for n in self.graph.names(own))) for part in sets]

    def _is_possible(self, unit: int, kept: tuple[str, ...], moving: str | None = None) -> bool:
        """Whether some timetable keeps the announced dates of some activities, and moves another one."""
        moved_somewhere = moving is None
        for component in self.components[unit]:
            if not is_allowed(self._priced(component, 10_000, kept).cheapest())[0]:
                return False
            if moving is not None and not moved_somewhere:
                moved_somewhere = self._can_move(component, kept, moving)
        return moved_somewhere

    def _can_move(self, component: int, kept: tuple[str, ...], moving: str) -> bool:
        """Whether a stage of `moving` in this component can leave its announced week."""
        group, position = self._group(component)
        for node, (name, stage) in enumerate(self._nodes(component)):
            if name != moving:
                continue
            costs = self._costs(component, 10_000, kept)
            costs[node, self.published[name][stage]] = FORBIDDEN
            if is_allowed(self._price(component, group, position, costs).cheapest())[0]:
                return True
        return False

    def _timetables(self, unit: int, radius: int) -> Timetables | None:
        parts: list[tuple[list[tuple[str, int]], Ints, Costs]] = []
        for component in self.components[unit]:
            priced = self._priced(component, radius, ())
            found = all_within(priced, np.array([FORBIDDEN // 4]), MOST_TIMETABLES)
            if found is None:
                return None
            parts.append((self._nodes(component), found.starts, found.values))
        nodes, starts, costs = parts[0]
        for other_nodes, other_starts, other_costs in parts[1:]:
            if len(costs) * len(other_costs) > MOST_TIMETABLES:
                return None
            one, other = (own.ravel() for own in np.indices((len(costs), len(other_costs))))
            nodes = nodes + other_nodes
            starts = np.concatenate([starts[one], other_starts[other]], axis=1)
            costs = costs[one] + other_costs[other]
        is_complete = radius == RADII[0]
        return Timetables(unit, tuple(nodes), starts, costs, self._moves(nodes, starts), is_complete)

    def _moves(self, nodes: list[tuple[str, int]], starts: Ints) -> Ints:
        moves = np.zeros(len(starts), dtype=np.int64)
        for name in dict.fromkeys(name for name, _ in nodes):
            if name in self.published:
                own = [number for number, node in enumerate(nodes) if node[0] == name]
                announced = [self.published[name][nodes[number][1]] for number in own]
                moves += (starts[:, own] != np.array(announced)).any(axis=1)
        return moves

    def _none(self, unit: int) -> Timetables:
        nodes = [node for component in self.components[unit] for node in self._nodes(component)]
        none = np.zeros(0, dtype=np.int64)
        return Timetables(unit, tuple(nodes), np.zeros((0, len(nodes)), dtype=np.int64), none, none)

    def _nodes(self, component: int) -> list[tuple[str, int]]:
        activities = self.problem.activities
        return [(activities[index].id, stage) for index, stage in self.graph.components[component].nodes]

    def _group(self, component: int) -> tuple[Group, int]:
        number, position = self.graph.place[component]
        return self.graph.groups[number], position

    def _priced(self, component: int, radius: int, kept: tuple[str, ...]) -> Priced:
        group, position = self._group(component)
        return self._price(component, group, position, self._costs(component, radius, kept))

    def _costs(self, component: int, radius: int, kept: tuple[str, ...]) -> Costs:
        """Node costs, forbidden off the announced week of kept activities and far from that of others."""
        group, position = self._group(component)
        costs = group.node_costs[:, :, [position]].copy()
        weeks = np.arange(costs.shape[1])
        for node, (name, stage) in enumerate(self._nodes(component)):
            if name in self.published:
                reach = 0 if name in kept else radius
                costs[node, np.abs(weeks - self.published[name][stage]) > reach] = FORBIDDEN
        return costs

    def _price(self, component: int, group: Group, position: int, costs: Costs) -> Priced:
        number = self.graph.place[component][0]
        alone = Group(group.members[[position]], tuple(self._edges(group, position)), costs)
        return price_group(number, alone, self._no_prices, self.rows.profile[number][:, [position]], 1)

    def _edges(self, group: Group, position: int) -> Iterator[Edge]:
        for edge in group.edges:
            yield Edge(edge.parent, edge.child, edge.band.for_member(position))

    @cached_property
    def _no_prices(self) -> Ints:
        return np.zeros((len(self.rows.profiles), self.rows.num_weeks), dtype=np.int64)
