"""Trees of stages that are planned together, and the groups of equal shape among them.

A component gets one timetable (one column). Components whose edges are equal differ only in their nodes'
costs: they form a group and are priced in one sweep of array operations. `scheduler.dates.area_graph` builds them.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.dates.edges import FORBIDDEN, Band, Costs, is_allowed
from scheduler.values.problem import Problem

Node = tuple[int, int]
"""A stage: (index of its activity, index of the stage within the activity)."""


@dataclass(frozen=True)
class Component:
    """Stages that are planned together, as (activity index, stage index) pairs, sorted."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Edge:
    """From a parent node to a child node, by their numbers within the component."""

    parent: int
    child: int
    band: Band


@dataclass
class Group:
    """Components of equal shape.

    Attributes
    ----------
    members
        Numbers of the components.
    edges
        Parents before their children; the tree hangs at node 0.
    node_costs
        Shape (nodes, weeks, members): what a start week of a node costs, `FORBIDDEN` where not allowed.
    """

    members: NDArray[np.int64]
    edges: tuple[Edge, ...]
    node_costs: Costs
    _scaled: dict[int, tuple[Costs, tuple[Edge, ...]]] = field(default_factory=dict)

    @property
    def num_nodes(self) -> int:
        """Number of stages in a component."""
        return int(self.node_costs.shape[0])

    def scaled(self, scale: int) -> tuple[Costs, tuple[Edge, ...]]:
        """Node costs and edges with all costs multiplied; kept for the next call."""
        if scale not in self._scaled:
            nodes = np.where(is_allowed(self.node_costs), self.node_costs * scale, FORBIDDEN)
            edges = tuple(Edge(e.parent, e.child, e.band.scaled(scale)) for e in self.edges)
            self._scaled[scale] = (nodes, edges)
        return self._scaled[scale]

    def own_costs(self, positions: NDArray[np.int64], starts: NDArray[np.int64]) -> Costs:
        """What timetables cost on their own, without prices for what areas share.

        Parameters
        ----------
        positions
            Shape (timetables,): position of the component within the group.
        starts
            Shape (timetables, nodes).
        """
        total = np.zeros(len(positions), dtype=np.int64)
        for node in range(self.num_nodes):
            total += self.node_costs[node, starts[:, node], positions]
        for edge in self.edges:
            total += edge.band.costs_of(starts[:, edge.parent], starts[:, edge.child], positions)
        return np.minimum(total, FORBIDDEN)


@dataclass
class AreaGraph:
    """All components of a problem, and the groups of equal shape among them."""

    problem: Problem
    components: tuple[Component, ...]
    groups: tuple[Group, ...]
    whole_teams: bool = False

    @cached_property
    def place(self) -> tuple[tuple[int, int], ...]:
        """For each component the number of its group and its position therein."""
        found: list[tuple[int, int]] = [(0, 0)] * len(self.components)
        for number, group in enumerate(self.groups):
            for position, component in enumerate(group.members):
                found[int(component)] = (number, position)
        return tuple(found)

    def starts_by_activity(self, starts: dict[int, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        """Translate starts by component into starts by activity."""
        weeks: dict[Node, int] = {}
        for component, own in starts.items():
            weeks.update(zip(self.components[component].nodes, own, strict=True))
        return {
            activity.id: tuple(int(weeks[index, stage]) for stage in range(len(activity.stages)))
            for index, activity in enumerate(self.problem.activities)
            if all((index, stage) in weeks for stage in range(len(activity.stages)))
        }

    def starts_by_component(self, starts: dict[str, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
        """The reverse of `starts_by_activity`; what is incomplete or no timetable of a component is left out."""
        found = {}
        for number, component in enumerate(self.components):
            names = [self.problem.activities[activity].id for activity, _ in component.nodes]
            if all(name in starts for name in names):
                stages = [stage for _, stage in component.nodes]
                own = [starts[name][stage : stage + 1] for name, stage in zip(names, stages, strict=True)]
                weeks = tuple(week for part in own for week in part)
                if len(weeks) == len(names) and self._is_timetable(number, weeks):
                    found[number] = weeks
        return found

    def _is_timetable(self, component: int, weeks: tuple[int, ...]) -> bool:
        if not all(0 <= week < self.problem.num_weeks for week in weeks):
            return False
        group, position = self.place[component]
        cost = self.groups[group].own_costs(np.array([position]), np.array([weeks], dtype=np.int64))
        return bool(is_allowed(cost)[0])

    def names(self, component: int) -> tuple[str, ...]:
        """Identifiers of the activities of which stages belong to a component."""
        indices = dict.fromkeys(activity for activity, _ in self.components[component].nodes)
        return tuple(self.problem.activities[index].id for index in indices)
