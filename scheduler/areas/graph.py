"""The stages of an area: nodes with a cost per start week, edges with a cost per pair of weeks.

Stages are joined by the lags within an activity, by links between activities and by saved places. Movable stages that
are joined are a **component** and get one timetable (one column). It is priced along a tree, hung at its first stage;
what closes circles are the tree's chords (see `circles`). Components whose edges are equal differ only in their nodes'
costs: they form a group and are priced in one sweep. How a graph is made: `graph_making`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from scheduler.areas.edges import (
    FORBIDDEN,
    Costs,
    dearest,
    free,
    is_allowed,
    scaled,
)
from scheduler.areas.joints import Chord, Edge
from scheduler.areas.modes import Mode, Modes
from scheduler.values.arrays import Ints
from scheduler.values.problem import Problem

Node = tuple[int, int]
"""A stage: (index of its activity, index of the stage within the activity)."""


@dataclass(frozen=True)
class Component:
    """Stages that are planned together, as (activity index, stage index) pairs, sorted."""

    nodes: tuple[Node, ...]


@dataclass
class Group:
    """Components of equal shape.

    Attributes
    ----------
    members
        Numbers of the components.
    edges
        Parents before their children; the tree hangs at node 0.
    chords
        What joins nodes beside the tree.
    node_costs
        Shape (nodes, weeks, members): what a start week of a node costs, `FORBIDDEN` where not allowed.
    """

    members: Ints
    edges: tuple[Edge, ...]
    node_costs: Costs
    chords: tuple[Chord, ...] = ()
    _scaled: dict[int, tuple[Costs, tuple[Edge, ...]]] = field(default_factory=dict)

    @property
    def num_nodes(self) -> int:
        """Number of stages in a component."""
        return int(self.node_costs.shape[0])

    def scaled(self, scale: int) -> tuple[Costs, tuple[Edge, ...]]:
        """Node costs and edges with all costs multiplied; kept for the next call."""
        if scale not in self._scaled:
            edges = tuple(edge.scaled(scale) for edge in self.edges)
            self._scaled[scale] = (scaled(self.node_costs, scale), edges)
        return self._scaled[scale]

    def scaled_chords(self, scale: int) -> tuple[Chord, ...]:
        """The chords with all costs multiplied."""
        return tuple(chord.scaled(scale) for chord in self.chords)

    def at_scaled_costs(self, scale: int, node_costs: Costs, edges: tuple[Edge, ...]) -> "Group":
        """The same components at other costs, which are given for one scale."""
        return replace(self, edges=edges, _scaled={scale: (node_costs, edges)})

    def without_costs(self) -> "Group":
        """The same components where everything that is allowed costs nothing."""
        edges = tuple(edge.without_costs() for edge in self.edges)
        chords = tuple(chord.without_costs() for chord in self.chords)
        return replace(self, node_costs=free(self.node_costs), edges=edges, chords=chords, _scaled={})

    def dearest_joints(self) -> int:
        """The most that the edges and chords of a component can cost together."""
        costs = [edge.band.cost for edge in self.edges] + [chord.cost for chord in self.chords]
        return sum(map(dearest, costs))

    def own_costs(self, positions: Ints, starts: Ints) -> Costs:
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
        for chord in self.chords:
            total += chord.costs_of(starts)
        return np.minimum(total, FORBIDDEN)


@dataclass
class AreaGraph:
    """All components of a problem, and the groups of equal shape among them.

    Attributes
    ----------
    alternatives
        For each item its modes (see `scheduler.areas.modes`); empty where every component is planned.
    """

    problem: Problem
    components: tuple[Component, ...]
    groups: tuple[Group, ...]
    whole_teams: bool = False
    alternatives: tuple[tuple[Mode, ...], ...] = ()

    @cached_property
    def modes(self) -> Modes:
        """What a plan takes one mode of each of."""
        return Modes(self.alternatives or tuple(((number,),) for number in range(len(self.components))))

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
        for component, timetable in starts.items():
            weeks.update(zip(self.components[component].nodes, timetable, strict=True))
        return {
            activity.id: tuple(int(weeks[index, stage]) for stage in range(len(activity.stages)))
            for index, activity in enumerate(self.problem.activities)
            if all((index, stage) in weeks for stage in range(len(activity.stages)))
        }

    def starts_by_component(self, starts: Mapping[str, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
        """The reverse of `starts_by_activity`; what is incomplete or no timetable of a component is left out."""
        found = {}
        for number, component in enumerate(self.components):
            names = [self.problem.activities[activity].id for activity, _ in component.nodes]
            if all(name in starts for name in names):
                stages = [stage for _, stage in component.nodes]
                parts = [starts[name][stage : stage + 1] for name, stage in zip(names, stages, strict=True)]
                weeks = tuple(week for part in parts for week in part)
                if len(weeks) == len(names) and self.is_timetable(number, weeks):
                    found[number] = weeks
        return found

    def costs_of(self, component: int, node: int) -> Costs:
        """What each start week of a node of a component costs, shape (weeks,)."""
        group, position = self.place[component]
        costs: Costs = self.groups[group].node_costs[node, :, position]
        return costs

    def is_timetable(self, component: int, weeks: tuple[int, ...]) -> bool:
        """Whether a component may have these start weeks as far as its own area goes."""
        if not all(0 <= week < self.problem.num_weeks for week in weeks):
            return False
        group, position = self.place[component]
        cost = self.groups[group].own_costs(np.array([position]), np.array([weeks], dtype=np.int64))
        return bool(is_allowed(cost)[0])

    def names(self, component: int) -> tuple[str, ...]:
        """Identifiers of the activities of which stages belong to a component."""
        indices = dict.fromkeys(activity for activity, _ in self.components[component].nodes)
        return tuple(self.problem.activities[index].id for index in indices)
