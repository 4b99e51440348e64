"""Areas as replanning sees them: units of activities that move together, and their timetables.

A **unit** joins the components (see `area_graph`) that share an activity, so that a published activity counts
as moved once, however its stages are joined.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs
from scheduler.dates.alone import node_costs, priced_alone, timetables_alone
from scheduler.dates.prepared import Prepared
from scheduler.dates.rows import Rows
from scheduler.nearby.timetables import Node, Timetables
from scheduler.values.arrays import Ints
from scheduler.values.problem import Problem
from scheduler.values.value import Starts, Week

RADII = (None, 52, 26, 13, 8)
"""How far from the published weeks timetables are listed, at first all: the first radius with few enough of them."""

MOST_TIMETABLES = 60_000


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

    def __init__(self, problem: Problem, rows: Rows | None = None) -> None:
        self.problem = problem
        self.rows = rows or Prepared(problem).shared
        self.graph = self.rows.graph
        self.published = {
            activity.id: activity.published.starts for activity in problem.activities if activity.published
        }
        names = [activity.id for activity in problem.activities]
        parts = self.graph.components
        self._nodes: list[list[Node]] = [[(names[index], n) for index, n in part.nodes] for part in parts]
        self.components, self.names = self._joined()
        self._nodes_of = [tuple(n for part in unit for n in self._nodes[part]) for unit in self.components]
        self._fewest: dict[tuple[int, str | None], int | None] = {}
        self._uses: dict[tuple[object, ...], dict[int, int]] = {}
        self.unit_of = {name: number for number, names in enumerate(self.names) for name in names}

    def __len__(self) -> int:
        return len(self.components)

    @cached_property
    def forced(self) -> tuple[int, ...]:
        """Units that cannot keep their announced dates, or have none."""
        return tuple(number for number in range(len(self)) if not self.may_stay(number))

    def may_stay(self, unit: int) -> bool:
        """Whether a unit's rules allow the dates that were announced for it."""
        return self.has_dates(unit, self.published) and self._is_possible(unit, self.names[unit])

    def has_dates(self, unit: int, starts: Starts) -> bool:
        """Whether all activities of a unit are among those with dates."""
        return all(name in starts for name in self.names[unit])

    def may_move(self, unit: int) -> bool:
        """Whether anything of a unit that was announced can take other dates."""
        return bool(self._moves_of_leaving(unit))

    def fewest_of_leaving(self, unit: int) -> int:
        """The least number of announced activities of a unit that move if any does, whatever other areas do."""
        return min(self._moves_of_leaving(unit), default=1)

    def _moves_of_leaving(self, unit: int) -> list[int]:
        """For each announced activity of a unit that can move the fewest that move then."""
        names = (name for name in self.names[unit] if name in self.published)
        counts = (self.fewest_moves(unit, moving=name) for name in names)
        return [count for count in counts if count is not None]

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
            within = {} if radius is None else _within(self.published, self.names[unit], radius)
            found = self.listed(unit, within, MOST_TIMETABLES)
            if found is not None and (len(found) or radius == RADII[-1]):
                return found
        return self.timetables_at(unit, self.published)

    def timetables_at(self, unit: int, starts: Starts) -> Timetables:
        """The timetable of a unit with the given dates (of some activities at least); none if rules forbid it."""
        within = _within(starts, self.names[unit], 0)
        return self.listed(unit, within, MOST_TIMETABLES) or self._none(unit)

    def usage(self, starts: Starts) -> Ints:
        """What activities use of the shared rows together, shape (rows,)."""
        used = np.zeros(self.rows.num_rows, dtype=np.int64)
        for unit in range(len(self)):
            if self.has_dates(unit, starts):
                for row, use in self.uses(unit, starts).items():
                    used[row] += use
        return used

    def uses(self, unit: int, starts: Starts) -> dict[int, int]:
        """What one unit uses of each shared row."""
        key = (unit, *(starts[name] for name in self.names[unit]))
        if key not in self._uses:
            self._uses[key] = self._find_uses(unit, starts)
        return self._uses[key]

    def entries(self, found: Timetables) -> tuple[Ints, Ints, Ints]:
        """What timetables use of the shared rows: (timetable, row, use) where it is not zero, each pair once."""
        numbers, keys, uses, end = np.arange(len(found)), [], [], 0
        for component in self.components[found.unit]:
            group, position = self.graph.place[component]
            first, end = end, end + len(self._nodes[component])
            starts = found.starts[:, first:end]
            part = self.rows.entries(group, np.full(len(found), position), starts, numbers)
            keys.append(part.column * self.rows.num_rows + part.row)
            uses.append(part.coefficient)
        pairs, which = np.unique(np.concatenate(keys), return_inverse=True)
        total = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(total, which.ravel(), np.concatenate(uses))
        return (*np.divmod(pairs, max(1, self.rows.num_rows)), total)

    def _find_uses(self, unit: int, starts: Starts) -> dict[int, int]:
        nodes, none = self._nodes_of[unit], np.zeros(1, dtype=np.int64)
        weeks = np.array([[starts[name][stage] for name, stage in nodes]], dtype=np.int64)
        _, row, use = self.entries(Timetables(unit, nodes, weeks, none, none))
        return dict(zip(row.tolist(), use.tolist(), strict=True))

    def _joined(self) -> tuple[list[tuple[int, ...]], list[tuple[str, ...]]]:
        unit: dict[str, set[int]] = {}
        for component in range(len(self.graph.components)):
            names = self.graph.names(component)
            merged = {component}.union(*(unit.get(name, set()) for name in names))
            touched = {name for member in merged for name in self.graph.names(member)}
            unit |= dict.fromkeys(touched, merged)
        sets = sorted({tuple(sorted(components)) for components in unit.values()})
        found = ((name for component in part for name in self.graph.names(component)) for part in sets)
        return sets, [tuple(dict.fromkeys(names)) for names in found]

    def _is_possible(self, unit: int, kept: tuple[str, ...], moving: str | None = None) -> bool:
        """Whether some timetable keeps the announced dates of some activities, and moves another one."""
        moved_somewhere = moving is None
        for component in self.components[unit]:
            costs = self._costs(component, _within(self.published, kept, 0))
            if not self._has_timetable(component, costs):
                return False
            if moving is not None and not moved_somewhere:
                moved_somewhere = self._can_move(component, costs, moving)
        return moved_somewhere

    def _can_move(self, component: int, costs: Costs, moving: str) -> bool:
        """Whether a stage of `moving` in this component can leave its announced week."""
        for node, (name, stage) in enumerate(self._nodes[component]):
            if name == moving:
                elsewhere = costs.copy()
                elsewhere[node, self.published[name][stage]] = FORBIDDEN
                if self._has_timetable(component, elsewhere):
                    return True
        return False

    def _has_timetable(self, component: int, costs: Costs) -> bool:
        return len(priced_alone(self.graph, component, costs).best().positions) > 0

    def listed(self, unit: int, within: Mapping[Node, tuple[Week, int]], limit: int) -> Timetables | None:
        """All timetables of a unit in which some stages start near a week; None if they are more than a limit.

        Parameters
        ----------
        within
            For some (activity, stage number) a week, and by how many weeks the start may differ.
        """
        alone = (
            timetables_alone(self.graph, component, limit, self._costs(component, within))
            for component in self.components[unit]
        )
        return self.joined(unit, alone, limit, is_complete=not within)

    def joined(
        self, unit: int, parts: Iterable[tuple[Ints, Costs] | None], limit: int, is_complete: bool = False
    ) -> Timetables | None:
        """The timetables of a unit that those of its components make; None if they are more than a limit.

        Parameters
        ----------
        parts
            For each component the starts, shape (timetables, nodes), and own costs of some timetables; None if they
            are too many.
        """
        starts, costs = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
        for found in parts:
            if found is None or len(costs) * len(found[1]) > limit:
                return None
            before, other = (index.ravel() for index in np.indices((len(costs), len(found[1]))))
            starts = np.concatenate([starts[before], found[0][other]], axis=1)
            costs = costs[before] + found[1][other]
        moves = self._moves(unit, starts)
        return Timetables(unit, self._nodes_of[unit], starts, costs, moves, is_complete)

    def _moves(self, unit: int, starts: Ints) -> Ints:
        """How many published activities have other dates, shape (timetables,)."""
        moves = np.zeros(len(starts), dtype=np.int64)
        for name in self.names[unit]:
            if name in self.published:
                stages = {column: n for column, (of, n) in enumerate(self._nodes_of[unit]) if of == name}
                announced = np.array([self.published[name][stage] for stage in stages.values()])
                moves += (starts[:, list(stages)] != announced).any(axis=1)
        return moves

    def _none(self, unit: int) -> Timetables:
        nodes, none = self._nodes_of[unit], np.zeros(0, dtype=np.int64)
        return Timetables(unit, nodes, np.zeros((0, len(nodes)), dtype=np.int64), none, none)

    def _costs(self, component: int, within: Mapping[Node, tuple[Week, int]]) -> Costs:
        """Costs of nodes, forbidden where they would start too far from the given weeks."""
        costs = node_costs(self.graph, component)
        weeks = np.arange(costs.shape[1])
        for index, node in enumerate(self._nodes[component]):
            if node in within:
                week, radius = within[node]
                costs[index, np.abs(weeks - week) > radius] = FORBIDDEN
        return costs


def _within(starts: Starts, names: Iterable[str], radius: int) -> dict[Node, tuple[Week, int]]:
    """The weeks of the stages of some activities, as far as they have any, and how far from them they may start."""
    return {
        (name, stage): (week, radius) for name in names for stage, week in enumerate(starts.get(name, ()))
    }
