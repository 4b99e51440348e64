"""Making the graph of a problem: which stages hang together, by what tables, along which tree.

A stage that can start in one week only is **fixed**: what it has to do with another stage becomes part of the other's
cost per week. A stage without any week (pinned to one in which no whole team is there, say) has no timetable whatever
others do: it stands alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from scheduler.areas.edges import (
    FORBIDDEN,
    Band,
    Costs,
    chain_table,
    dearest,
    is_allowed,
    link_table,
    only_week,
    order_table,
)
from scheduler.areas.graph import AreaGraph, Component, Group, Node
from scheduler.areas.joints import Chord, Edge
from scheduler.areas.saved_order import saved_orders
from scheduler.areas.stage_costs import closed_weeks, start_costs
from scheduler.areas.whole_teams import WholeTeams
from scheduler.values.arrays import Mask
from scheduler.values.problem import Link, Problem, Stage

Pair = tuple[int, int]
"""Two nodes of a component by number, the smaller one first."""

Dependence = Link | Literal["lag", "order"]
"""What joins two stages: a link, the lag between stages of an activity, or the order that a saved place asks for."""


def build_graph(problem: Problem, whole_teams: bool = False) -> AreaGraph:
    """Components, groups and all costs that depend on one area's dates only.

    Parameters
    ----------
    whole_teams
        Leave out weeks for which no whole team could be there (see `scheduler.areas.whole_teams`).
    """
    stages = _Stages(problem, WholeTeams(problem) if whole_teams else None)
    components = [Component(nodes) for nodes in stages.joined()]
    by_shape: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, component in enumerate(components):
        by_shape[stages.shape(component)].append(number)
    groups = [stages.group([components[number] for number in alike], alike) for alike in by_shape.values()]
    return AreaGraph(problem, tuple(components), tuple(groups), whole_teams)


def oriented(near: Mapping[int, Sequence[tuple[int, Costs]]], num_nodes: int) -> tuple[Edge, ...]:
    """Edges from the root (node 0) outwards.

    Parameters
    ----------
    near
        For each node its neighbours in the tree, with a table of costs over both start weeks, its own first.
    """
    edges: list[Edge] = []
    reached, pending = {0}, [0]
    while pending:
        parent = pending.pop(0)
        for child, table in near[parent]:
            if child not in reached:
                reached.add(child)
                pending.append(child)
                edges.append(Edge(parent, child, Band.of(table)))
    assert len(edges) == num_nodes - 1
    return tuple(edges)


def spanning_tree(tables: Mapping[Pair, Costs], nodes: Sequence[Node]) -> set[Pair]:
    """The pairs that join all nodes without a circle: stages of one activity first, then what matters most.

    Parameters
    ----------
    tables
        Costs of pairs of nodes, by their numbers.
    nodes
        The stages that the numbers stand for.
    """
    if len(tables) < len(nodes):
        return set(tables)
    highest = max(map(dearest, tables.values()))

    def rank(pair: Pair) -> tuple[bool, float, Pair]:
        is_chain = nodes[pair[0]][0] == nodes[pair[1]][0]
        return not is_chain, -float(np.minimum(tables[pair], 4 * max(1, highest)).mean()), pair

    tree: set[Pair] = set()
    part = list(range(len(nodes)))
    for first, second in sorted(tables, key=rank):
        if part[first] != part[second]:
            tree.add((first, second))
            part = [part[first] if group == part[second] else group for group in part]
    return tree


class _Stages:
    """All stages, their costs per week, and the tables of costs between those that can move."""

    def __init__(self, problem: Problem, teams: WholeTeams | None) -> None:
        self.problem, self.teams = problem, teams
        self.lag_tables = {table.id: table for table in problem.lag_tables}
        self.known_tables: dict[object, Costs] = {}
        self.costs = self._own_costs()
        self.fixed = {
            node: week for node, cost in self.costs.items() if (week := only_week(cost)) is not None
        }
        self.weekless = {node for node, cost in self.costs.items() if not is_allowed(cost).any()}
        self.joints: dict[tuple[Node, Node], list[tuple[object, bool]]] = defaultdict(list)
        for first, second, dependence in self._dependences():
            self._join(first, second, dependence)
        self.near: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        for pair in self.joints:
            for node in pair:
                self.near[node].append(pair)

    def joined(self) -> list[tuple[Node, ...]]:
        """Sets of stages that hang together, in the order of their first stages."""
        seen: set[Node] = set()
        found = []
        for first in self.costs:
            if first in seen:
                continue
            seen.add(first)
            tree, pending = [first], [first]
            while pending:
                for pair in self.near[pending.pop()]:
                    fresh = set(pair) - seen
                    seen |= fresh
                    tree += fresh
                    pending += fresh
            found.append(tuple(sorted(tree)))
        return found

    def shape(self, component: Component) -> tuple[object, ...]:
        """Equal for components whose edges are equal."""
        return (
            len(component.nodes),
            *((first, second, *keys) for first, second, keys in self._edges(component)),
        )

    def group(self, components: list[Component], numbers: list[int]) -> Group:
        """The group of components of one shape."""
        near: dict[int, list[tuple[int, Costs]]] = defaultdict(list)
        tables = {(first, second): self._sum_of(keys) for first, second, keys in self._edges(components[0])}
        nodes = components[0].nodes
        tree = spanning_tree(tables, nodes)
        for (first, second), table in tables.items():
            if (first, second) in tree:
                near[first].append((second, table))
                near[second].append((first, table.T))
        chords = tuple(Chord(*pair, table) for pair, table in tables.items() if pair not in tree)
        costs = np.stack([np.stack([self.costs[node] for node in part.nodes]) for part in components], axis=2)
        edges = tuple(self._barred(edge, components) for edge in oriented(near, len(nodes)))
        return Group(np.array(numbers), edges, costs, chords)

    def _sum_of(self, keys: tuple[tuple[object, bool], ...]) -> Costs:
        """All that joins two stages in one table, the first one's week first."""
        tables = [self.known_tables[key].T if turned else self.known_tables[key] for key, turned in keys]
        total: Costs = np.minimum(np.sum(tables, axis=0), FORBIDDEN)
        return total

    def _barred(self, edge: Edge, components: list[Component]) -> Edge:
        """The edge without pairs of weeks in which no whole team could be there."""
        ends = [(part.nodes[edge.parent], part.nodes[edge.child]) for part in components]
        barred = [self._missing_teams(parent, child, edge.band) for parent, child in ends]
        if not any(part.any() for part in barred):
            return edge
        costs = np.where(np.stack(barred, axis=2).transpose(1, 0, 2), FORBIDDEN, 0)
        return replace(edge, band=replace(edge.band, barred=np.ascontiguousarray(costs)))

    def _missing_teams(self, parent: Node, child: Node, band: Band) -> Mask:
        """Pairs of weeks of two stages of an activity that no team could do, shape (weeks, width)."""
        first, second = self._stage(parent), self._stage(child)
        if self.teams is None or parent[0] != child[0] or not (first.uses_team and second.uses_team):
            return np.zeros(band.child.shape, dtype=bool)
        durations = (first.duration_weeks, second.duration_weeks)
        missing: Mask = ~self.teams.pairs(self.problem.activities[parent[0]], durations, band.child)
        return missing

    def _edges(self, component: Component) -> list[tuple[int, int, tuple[tuple[object, bool], ...]]]:
        number = {node: index for index, node in enumerate(component.nodes)}
        pairs = {pair for node in component.nodes for pair in self.near[node]}
        return [(number[pair[0]], number[pair[1]], tuple(self.joints[pair])) for pair in sorted(pairs)]

    def _own_costs(self) -> dict[Node, Costs]:
        closed = closed_weeks(self.problem)
        costs = {}
        for index, activity in enumerate(self.problem.activities):
            for number, cost in enumerate(start_costs(self.problem, activity, closed)):
                stage = activity.stages[number]
                if self.teams is not None and stage.uses_team and activity.team is not None:
                    cost[~self.teams.weeks(activity, stage.duration_weeks)] = FORBIDDEN
                costs[index, number] = cost
        return costs

    def _dependences(self) -> Iterator[tuple[Node, Node, Dependence]]:
        """(stage, stage, what joins them): lags within activities, links between them, saved places."""
        for index, stage in self.costs:
            if stage > 0:
                yield (index, stage - 1), (index, stage), "lag"
        named = {
            (self.problem.activities[index].id, self.problem.activities[index].stages[stage].id): (
                index,
                stage,
            )
            for index, stage in self.costs
        }
        for link in self.problem.links:
            first, second = link.ends
            yield named[first.activity, first.stage], named[second.activity, second.stage], link
        for ends, begins in saved_orders(self.problem):
            yield named[ends.activity, ends.stage], named[begins.activity, begins.stage], "order"

    def _join(self, first: Node, second: Node, dependence: Dependence) -> None:
        if first in self.weekless or second in self.weekless:
            return
        key = self._key(first, second, dependence)
        table = self.known_tables[key]
        if first in self.fixed:
            self.costs[second] = np.minimum(self.costs[second] + table[self.fixed[first]], FORBIDDEN)
        elif second in self.fixed:
            self.costs[first] = np.minimum(self.costs[first] + table[:, self.fixed[second]], FORBIDDEN)
        elif first < second:
            self.joints[first, second].append((key, False))
        else:
            self.joints[second, first].append((key, True))

    def _key(self, first: Node, second: Node, dependence: Dependence) -> object:
        """Identifies the table of a dependence, which is computed if it is new."""
        ends = (self._stage(first), self._stage(second))
        if dependence == "lag":
            rule: object = (ends[1].lag_min_weeks, ends[1].lag_max_weeks, ends[1].stretch_price)
        elif dependence == "order":
            rule = dependence
        else:
            rule = dependence.model_dump_json(exclude={"before", "after", "inner", "outer", "one", "other"})
        key = (ends[0].duration_weeks, ends[1].duration_weeks, rule)
        if key not in self.known_tables:
            self.known_tables[key] = self._table(ends, dependence)
        return key

    def _table(self, ends: tuple[Stage, Stage], dependence: Dependence) -> Costs:
        """Costs of (start of the first stage, start of the second)."""
        if dependence == "lag":
            return chain_table(*ends, self.problem.num_weeks)
        if dependence == "order":
            return order_table(ends[0], self.problem.num_weeks)
        return link_table(dependence, ends, self.lag_tables, self.problem.num_weeks)

    def _stage(self, node: Node) -> Stage:
        return self.problem.activities[node[0]].stages[node[1]]
