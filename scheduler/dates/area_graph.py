"""The stages of an area as trees: nodes with a cost per start week, edges with a cost per pair of weeks.

Stages are joined by the lags within an activity, by links between activities and by saved places. A stage that can
start in one week only is **fixed**: what it has to do with another stage becomes part of the other's
cost per week. A stage without any week (pinned to one in which no whole team is there, say) has no timetable
whatever others do: it stands alone. The movable stages that remain joined form a tree (`validate` has made sure
of that), a component (`scheduler.dates.components`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from scheduler.dates.components import AreaGraph, Component, Edge, Group, Node
from scheduler.dates.edges import (
    FORBIDDEN,
    Band,
    Costs,
    Mask,
    chain_table,
    is_allowed,
    link_table,
    order_table,
)
from scheduler.dates.orienting import oriented
from scheduler.dates.saved_order import saved_orders
from scheduler.dates.start_costs import closed_weeks, start_costs
from scheduler.dates.whole_teams import WholeTeams
from scheduler.problem import Link, Problem, Stage, StageRef

Dependence = Link | Literal["lag", "order"]
"""What joins two stages: a link, the lag between stages of an activity, or the order that a saved place asks for."""


def link_ends(link: Link) -> tuple[StageRef, StageRef]:
    """The two ends of a link, in the order in which `link_table` takes them."""
    if link.kind == "lag":
        return link.before, link.after
    if link.kind == "within":
        return link.inner, link.outer
    return link.one, link.other


def build_graph(problem: Problem, whole_teams: bool = False) -> AreaGraph:
    """Components, groups and all costs that depend on one area's dates only.

    Parameters
    ----------
    whole_teams
        Leave out weeks for which no whole team could be there (see `scheduler.dates.whole_teams`).

    Raises
    ------
    ValueError
        If lags and links of movable stages form a cycle; `validate` says so in a planner's words beforehand.
    """
    stages = _Stages(problem, WholeTeams(problem) if whole_teams else None)
    components = [Component(nodes) for nodes in stages.joined()]
    by_shape: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, component in enumerate(components):
        by_shape[stages.shape(component)].append(number)
    groups = [stages.group([components[number] for number in own], own) for own in by_shape.values()]
    return AreaGraph(problem, tuple(components), tuple(groups), whole_teams)


class _Stages:
    """All stages, their costs per week, and the tables of costs between those that can move."""

    def __init__(self, problem: Problem, teams: WholeTeams | None) -> None:
        self.problem, self.teams = problem, teams
        self.lag_tables = {table.id: table for table in problem.lag_tables}
        self.known_tables: dict[object, Costs] = {}
        self.costs = self._own_costs()
        self.fixed = {
            node: week for node, cost in self.costs.items() if (week := _only_week(cost)) is not None
        }
        self.weekless = {node for node, cost in self.costs.items() if not is_allowed(cost).any()}
        self.joints: dict[tuple[Node, Node], list[tuple[object, bool]]] = defaultdict(list)
        for one, other, dependence in self._dependences():
            self._join(one, other, dependence)
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
            own, pending = [first], [first]
            while pending:
                for one, other in self.near[pending.pop()]:
                    fresh = {one, other} - seen
                    seen |= fresh
                    own += fresh
                    pending += fresh
            found.append(tuple(sorted(own)))
        return found

    def shape(self, component: Component) -> tuple[object, ...]:
        """Equal for components whose edges are equal."""
        return (len(component.nodes), *((one, other, *keys) for one, other, keys in self._edges(component)))

    def group(self, own: list[Component], numbers: list[int]) -> Group:
        """The group of components of one shape."""
        near: dict[int, list[tuple[int, Costs]]] = defaultdict(list)
        for one, other, keys in self._edges(own[0]):
            tables = [self.known_tables[key].T if turned else self.known_tables[key] for key, turned in keys]
            table = np.minimum(np.sum(tables, axis=0), FORBIDDEN)
            near[one].append((other, table))
            near[other].append((one, table.T))
        costs = np.stack([np.stack([self.costs[node] for node in part.nodes]) for part in own], axis=2)
        edges = oriented(near, len(own[0].nodes))
        return Group(np.array(numbers), tuple(self._barred(edge, own) for edge in edges), costs)

    def _barred(self, edge: Edge, own: list[Component]) -> Edge:
        """The edge without pairs of weeks in which no whole team could be there."""
        ends = [(part.nodes[edge.parent], part.nodes[edge.child]) for part in own]
        barred = [self._missing_teams(one, other, edge.band) for one, other in ends]
        if not any(part.any() for part in barred):
            return edge
        costs = np.where(np.stack(barred, axis=2).transpose(1, 0, 2), FORBIDDEN, 0)
        return replace(edge, band=replace(edge.band, barred=np.ascontiguousarray(costs)))

    def _missing_teams(self, one: Node, other: Node, band: Band) -> Mask:
        """Pairs of weeks of two stages of an activity that no team could do, shape (weeks, width)."""
        first, second = self._stage(one), self._stage(other)
        if self.teams is None or one[0] != other[0] or not (first.uses_team and second.uses_team):
            return np.zeros(band.child.shape, dtype=bool)
        durations = (first.duration_weeks, second.duration_weeks)
        missing: Mask = ~self.teams.pairs(self.problem.activities[one[0]], durations, band.child)
        return missing

    def _edges(self, component: Component) -> list[tuple[int, int, tuple[tuple[object, bool], ...]]]:
        number = {node: index for index, node in enumerate(component.nodes)}
        pairs = {pair for node in component.nodes for pair in self.near[node]}
        return [(number[one], number[other], tuple(self.joints[one, other])) for one, other in sorted(pairs)]

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
            one, other = link_ends(link)
            yield named[one.activity, one.stage], named[other.activity, other.stage], link
        for ends, begins in saved_orders(self.problem):
            yield named[ends.activity, ends.stage], named[begins.activity, begins.stage], "order"

    def _join(self, one: Node, other: Node, dependence: Dependence) -> None:
        if one in self.weekless or other in self.weekless:
            return
        key = self._key(one, other, dependence)
        table = self.known_tables[key]
        if one in self.fixed:
            self.costs[other] = np.minimum(self.costs[other] + table[self.fixed[one]], FORBIDDEN)
        elif other in self.fixed:
            self.costs[one] = np.minimum(self.costs[one] + table[:, self.fixed[other]], FORBIDDEN)
        elif one < other:
            self.joints[one, other].append((key, False))
        else:
            self.joints[other, one].append((key, True))

    def _key(self, one: Node, other: Node, dependence: Dependence) -> object:
        """Identifies the table of a dependence, which is computed if it is new."""
        ends = (self._stage(one), self._stage(other))
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


def _only_week(cost: Costs) -> int | None:
    """The only week in which a stage can start, None if there are more or none."""
    weeks = np.flatnonzero(is_allowed(cost))
    return int(weeks[0]) if len(weeks) == 1 else None
