"""Stages that depend on each other: trees, and the cheapest timetable of each by dynamic programming."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import add
from typing import Protocol

from scheduler.values.errors import Refusal
from scheduler.values.problem import ClearLink, LagLink, Link, Problem, StageRef, WithinLink
from scheduler.verifying.nodes import ABSENT, Node, StageCosts, is_allowed, nodes_of
from scheduler.verifying.pairs import Table, added, column, lag_pairs, link_pairs, order_pairs, scaled, turned
from scheduler.verifying.people import Staff
from scheduler.verifying.presence import Presence, are_one_team

Costs = list[int]
Key = tuple[object, ...]
Prices = Callable[[Node], Costs]
PairCost = Callable[[int, int], int]
"""A further cost of a parent's and a child's start week."""


@dataclass(frozen=True)
class Branch:
    """A child below its parent: the sum of the tables of all that joins them, the parent's week first."""

    parent: int
    child: int
    tables: tuple[Key, ...]


class TeamCosts(Protocol):
    """What teams add to the costs of stages, by their numbers in a forest."""

    def alone(self, number: int) -> Costs | None:
        """By start week of a stage that is looked at alone."""

    def together(self, parent: int, child: int) -> PairCost | None:
        """By start weeks of two stages that are looked at together."""


class Forest:
    """The trees of all stages that can move, with what is fixed taken into their costs.

    Attributes
    ----------
    trees
        Each the numbers of its nodes, parents before their children.
    near
        For each node those that it is joined with, and the keys of their tables.
    """

    def __init__(self, problem: Problem, staff: Staff, whole_teams: bool) -> None:
        self.problem = problem
        self.nodes = list(nodes_of(problem))
        self.presence = Presence(staff) if whole_teams else None
        self._tables: dict[Key, Table] = {}
        self._lag_tables = {table.id: table for table in problem.lag_tables}
        alone = StageCosts(problem)
        self.costs = [self._with_teams(node, alone.of(node)) for node in self.nodes]
        self.near: dict[int, dict[int, list[Key]]] = defaultdict(lambda: defaultdict(list))
        self._join_all()
        self.trees: list[list[int]] = []
        self.branches: list[list[Branch]] = []
        self._grow()

    def cheapest(
        self, prices: Prices, scale: int, teams: TeamCosts | None = None
    ) -> Iterator[tuple[list[Node], int]]:
        """The stages of each tree and their cheapest timetable at some prices.

        Parameters
        ----------
        prices
            By start week of a stage, multiplied by `scale`.
        scale
            What costs are multiplied by; 0 makes all timetables free.
        teams
            Adds to the costs of stages with a team.

        Returns
        -------
        Multiplied by `scale`; `ABSENT` or thereabouts if a tree has no timetable.
        """
        tables: dict[tuple[Key, ...], Table] = {}
        for tree, branches in zip(self.trees, self.branches, strict=True):
            values = {number: self._priced(number, prices, scale, teams) for number in tree}
            for branch in reversed(branches):
                if branch.tables not in tables:
                    tables[branch.tables] = scaled(added(map(self._table, branch.tables)), scale)
                further = self._further(branch, teams)
                below = self._below(branch, tables[branch.tables], values[branch.child], further)
                values[branch.parent] = list(map(add, values[branch.parent], below))
            yield [self.nodes[number] for number in tree], min(values[tree[0]])

    def _priced(self, number: int, prices: Prices, scale: int, teams: TeamCosts | None) -> Costs:
        asked = prices(self.nodes[number])
        alone = None if teams is None else teams.alone(number)
        if alone is not None:
            asked = list(map(add, asked, alone))
        return [
            cost * scale + price if cost < ABSENT else ABSENT
            for cost, price in zip(self.costs[number], asked, strict=True)
        ]

    def _further(self, branch: Branch, teams: TeamCosts | None) -> PairCost | None:
        """What two stages of one team cost beside the tables that join them."""
        if teams is not None:
            return teams.together(branch.parent, branch.child)
        parent, child, presence = self.nodes[branch.parent], self.nodes[branch.child], self.presence
        if presence is None or not are_one_team(parent, child):
            return None
        return lambda week, second: 0 if presence.is_possible_pair(parent, week, child, second) else ABSENT

    def _below(self, branch: Branch, table: Table, values: Costs, further: PairCost | None) -> Costs:
        """The cheapest cost of a child and what joins it, for each week of its parent."""
        below = [ABSENT] * len(table)
        for week, (first, costs) in enumerate(table):
            if self.costs[branch.parent][week] < ABSENT:
                totals: Iterable[int] = map(add, values[first : first + len(costs)], costs)
                if further is not None:
                    pairs = enumerate(totals, first)
                    totals = (t + further(week, second) for second, t in pairs if is_allowed(t))
                below[week] = min(totals, default=ABSENT)
        return below

    def _with_teams(self, node: Node, costs: Costs) -> Costs:
        if self.presence is None:
            return costs
        presence = self.presence
        return [
            cost if cost < ABSENT and presence.is_possible(node, week) else ABSENT
            for week, cost in enumerate(costs)
        ]

    def _join_all(self) -> None:
        """Take what fixed stages ask of others into the others' costs; remember what joins the rest.

        A stage without any week has no timetable, whatever it is joined with: it is a tree of its own.
        """
        only = {
            number: week for number, costs in enumerate(self.costs) if (week := only_week(costs)) is not None
        }
        weekless = {number for number, costs in enumerate(self.costs) if min(costs) >= ABSENT}
        for first, second, key in self._dependences():
            if first in weekless or second in weekless:
                continue
            if first in only:
                self._add(second, self._table(key)[only[first]])
            elif second in only:
                self._add(first, column(self._table(key), only[second]))
            else:
                self.near[first][second].append(key)
                self.near[second][first].append((*key, "turned"))

    def _add(self, number: int, row: tuple[int, list[int]]) -> None:
        first, costs = row
        added_up = [ABSENT] * self.problem.num_weeks
        for week, cost in enumerate(costs, first):
            added_up[week] = min(ABSENT, self.costs[number][week] + cost)
        self.costs[number] = added_up

    def _dependences(self) -> Iterator[tuple[int, int, Key]]:
        """Pairs of stages, by number, and the key of their table."""
        number = {node.key: index for index, node in enumerate(self.nodes)}
        for index, node in enumerate(self.nodes):
            if node.index > 0:
                yield index - 1, index, self._know_lag(self.nodes[index - 1], node)
        for link in self.problem.links:
            first, second = (number[end.activity, end.stage] for end in ends(link))
            yield first, second, self._know_link(link, self.nodes[first], self.nodes[second])
        yield from self._saved_orders(number)

    def _saved_orders(self, number: dict[tuple[str, str], int]) -> Iterator[tuple[int, int, Key]]:
        """What saves a place and the team's first stage, where no lag link keeps their order anyway (R033)."""
        lags: dict[tuple[str, str], list[LagLink]] = defaultdict(list)
        for link in self.problem.links:
            if isinstance(link, LagLink):
                lags[link.before.activity, link.after.activity].append(link)
        for team_first, node in enumerate(self.nodes):
            team = node.activity.team
            for place in team.saved if team is not None and node.is_first_team else ():
                saving = number[place.after.activity, place.after.stage]
                links = lags.get((place.after.activity, node.activity.id), ())
                if not any(self._keeps_order(link, self.nodes[saving], node) for link in links):
                    yield saving, team_first, self._know_order(self.nodes[saving])

    def _keeps_order(self, link: LagLink, saving: Node, first: Node) -> bool:
        """Whether a link lets the team's first stage begin after the saving one only."""
        before = [stage.id for stage in saving.activity.stages[saving.index :]]
        after = [stage.id for stage in first.activity.stages[: first.index + 1]]
        if link.before.stage not in before or link.after.stage not in after:
            return False
        table = self._lag_tables[link.table]
        windows = enumerate(zip(table.first, table.end, strict=False))
        return all(begin >= end or begin > week for week, (begin, end) in windows)

    def _know_order(self, before: Node) -> Key:
        key = ("order", before.stage.duration_weeks)
        return self._know(key, lambda: order_pairs(before.stage, self.problem.num_weeks))

    def _know_lag(self, before: Node, after: Node) -> Key:
        stage = after.stage
        key = before.stage.duration_weeks, stage.lag_min_weeks, stage.lag_max_weeks, stage.stretch_price
        return self._know(key, lambda: lag_pairs(before.stage, stage, self.problem.num_weeks))

    def _know_link(self, link: Link, first: Node, second: Node) -> Key:
        if isinstance(link, LagLink):
            facts: Key = (link.table, link.price_per_week)
        elif isinstance(link, WithinLink):
            facts = ()
        elif isinstance(link, ClearLink):
            facts = (link.clear_weeks,)
        else:
            facts = (link.cap_weeks, link.price_per_week)
        key = (link.kind, first.stage.duration_weeks, second.stage.duration_weeks, *facts)
        tables, weeks = self._lag_tables, self.problem.num_weeks
        return self._know(key, lambda: link_pairs(link, first.stage, second.stage, tables, weeks))

    def _know(self, key: Key, make: Callable[[], Table]) -> Key:
        if key not in self._tables:
            self._tables[key] = make()
        return key

    def _table(self, key: Key) -> Table:
        if key not in self._tables:
            assert key[-1] == "turned"
            self._tables[key] = turned(self._tables[key[:-1]])
        return self._tables[key]

    def _grow(self) -> None:
        """Order the stages of each tree from its first one outwards."""
        seen: set[int] = set()
        for root in range(len(self.nodes)):
            if root in seen:
                continue
            seen.add(root)
            tree, branches = [root], []
            for parent in tree:
                for child, keys in self.near[parent].items():
                    if child not in seen:
                        seen.add(child)
                        tree.append(child)
                        branches.append(Branch(parent, child, tuple(keys)))
            if sum(len(self.near[number]) for number in tree) != 2 * len(branches):
                name = self.nodes[root].activity.id
                raise Refusal(
                    f"lags and links of movable stages run in a circle at {name}. Validate the problem."
                )
            self.trees.append(tree)
            self.branches.append(branches)


def ends(link: Link) -> tuple[StageRef, StageRef]:
    """The two stages that a link joins."""
    if isinstance(link, LagLink):
        return link.before, link.after
    if isinstance(link, WithinLink):
        return link.inner, link.outer
    return link.one, link.other


def only_week(costs: Costs) -> int | None:
    """The only week that is allowed, None if there are more or none."""
    allowed = [week for week, cost in enumerate(costs) if cost < ABSENT]
    return allowed[0] if len(allowed) == 1 else None
