"""Stages that depend on each other: trees, and the cheapest timetable of each by dynamic programming.

Where links run in circles, a tree leaves some out: the **chords**. Without them it says for each week of each stage
what a timetable costs at least; a timetable that is improved one stage at a time says what the cheapest costs at most.
Among the weeks between the two the cheapest is found exactly (`circles`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import add
from typing import Protocol

from scheduler.values.problem import Problem
from scheduler.verifying.circles import Circle, Weeks
from scheduler.verifying.dependences import Dependences, Key
from scheduler.verifying.nodes import ABSENT, Node, StageCosts, is_allowed, nodes_of
from scheduler.verifying.pairs import Table, added, column, scaled
from scheduler.verifying.people import Staff
from scheduler.verifying.presence import Presence, are_one_team
from scheduler.verifying.shapes import Branch, Tree, hung_at, spanning

FIRST_WEEKS, SWEEPS = 4, 6
"""Timetables that are improved, and how often all their stages are moved."""

Costs = list[int]
Prices = Callable[[Node], Costs]
PairCost = Callable[[int, int], int]
"""A further cost of a parent's and a child's start week."""


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
        All stages, those that hang together in one.
    """

    def __init__(self, problem: Problem, staff: Staff, whole_teams: bool) -> None:
        self.problem = problem
        self.nodes = list(nodes_of(problem))
        self.presence = Presence(staff) if whole_teams else None
        self._dependences = Dependences(problem, self.nodes)
        alone = StageCosts(problem)
        self.costs = [self._with_teams(node, alone.of(node)) for node in self.nodes]
        self._near: dict[int, dict[int, list[Key]]] = defaultdict(lambda: defaultdict(list))
        self._join_all()
        self._scaled: dict[tuple[tuple[Key, ...], int], Table] = {}
        self.trees = tuple(self._trees())
        self._joined = {
            frozenset((branch.parent, branch.child)) for tree in self.trees for branch in tree.branches
        }

    def are_joined(self, first: int, second: int) -> bool:
        """Whether a branch of a tree joins two stages."""
        return frozenset((first, second)) in self._joined

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
        for tree in self.trees:
            values = {number: self._priced(number, prices, scale, teams) for number in tree.nodes}
            if tree.chords:
                cost = self._closed(tree, values, scale, teams)
            else:
                cost = min(self._bounds(tree, values, scale, teams, downwards=False)[tree.nodes[0]])
            yield [self.nodes[number] for number in tree.nodes], cost

    def _bounds(
        self, tree: Tree, values: dict[int, Costs], scale: int, teams: TeamCosts | None, downwards: bool
    ) -> dict[int, Costs]:
        """What a tree costs at least without its chords, by the start week of each stage if `downwards`.

        Otherwise what all costs that hangs below a stage, itself included.
        """
        bounds, below = dict(values), dict[int, Costs]()
        for branch in reversed(tree.branches):
            table, further = self._scaled_table(branch.tables, scale), self._further(branch, teams)
            below[branch.child] = self._below(table, bounds[branch.parent], bounds[branch.child], further)
            bounds[branch.parent] = list(map(add, bounds[branch.parent], below[branch.child]))
        for branch in tree.branches if downwards else ():
            others = zip(bounds[branch.parent], below[branch.child], strict=True)
            without = [bound - less if is_allowed(bound) else ABSENT for bound, less in others]
            turned_branch = Branch(branch.child, branch.parent, self._keys(branch.child, branch.parent))
            table = self._scaled_table(turned_branch.tables, scale)
            further = self._further(turned_branch, teams)
            above = self._below(table, bounds[branch.child], without, further)
            bounds[branch.child] = list(map(add, bounds[branch.child], above))
        return bounds

    def _closed(self, tree: Tree, values: dict[int, Costs], scale: int, teams: TeamCosts | None) -> int:
        """What the cheapest timetable with all chords costs; `ABSENT` if there is none."""
        bounds = self._bounds(tree, values, scale, teams, downwards=True)
        joints = [(branch, self._further(branch, teams)) for branch in (*tree.branches, *tree.chords)]
        limit = min(
            (self._improved(tree, values, joints, scale, start) for start in _starts(tree, bounds)),
            default=ABSENT,
        )
        costs = {
            number: {
                week: values[number][week]
                for week, bound in enumerate(bounds[number])
                if bound < limit and is_allowed(bound)
            }
            for number in tree.nodes
        }
        pairs: dict[tuple[int, int], dict[int, Weeks]] = {}
        for branch, further in joints:
            first, second = branch.parent, branch.child
            table = self._scaled_table(branch.tables, scale)
            rows = {week: _allowed(table[week], week, costs[second], further) for week in costs[first]}
            pairs[first, second] = rows
            pairs[second, first] = {
                at: {week: row[at] for week, row in rows.items() if at in row} for at in costs[second]
            }
        circle = Circle(pairs, [(branch.parent, branch.child) for branch in tree.branches])
        return circle.cheapest(costs, [(chord.parent, chord.child) for chord in tree.chords], limit)

    def _improved(
        self,
        tree: Tree,
        values: dict[int, Costs],
        joints: list[tuple[Branch, PairCost | None]],
        scale: int,
        weeks: dict[int, int],
    ) -> int:
        """What a timetable costs after its stages were moved one at a time, each to its cheapest week; no less."""
        for _ in range(SWEEPS):
            before = dict(weeks)
            for number in tree.nodes:
                total = values[number]
                for branch, further in joints:
                    if number in (branch.parent, branch.child):
                        other = branch.child if number == branch.parent else branch.parent
                        row = self._scaled_table(self._keys(other, number), scale)[weeks[other]]
                        total = _added_row(total, row)
                        if further is not None:
                            is_first = number == branch.parent
                            total = [
                                cost + (further(at, weeks[other]) if is_first else further(weeks[other], at))
                                if is_allowed(cost)
                                else ABSENT
                                for at, cost in enumerate(total)
                            ]
                weeks[number] = min(range(len(total)), key=total.__getitem__)
            if weeks == before:
                break
        cost = sum(values[number][week] for number, week in weeks.items())
        for branch, further in joints:
            first, second = weeks[branch.parent], weeks[branch.child]
            begin, costs = self._scaled_table(branch.tables, scale)[first]
            cost += costs[second - begin] if begin <= second < begin + len(costs) else ABSENT
            cost += further(first, second) if further is not None and is_allowed(cost) else 0
        return cost if is_allowed(cost) else ABSENT

    def _keys(self, first: int, second: int) -> tuple[Key, ...]:
        """The tables that join two stages, the first one's week first."""
        return tuple(self._near[first][second])

    def _scaled_table(self, keys: tuple[Key, ...], scale: int) -> Table:
        if (keys, scale) not in self._scaled:
            self._scaled[keys, scale] = scaled(added(map(self._dependences.table, keys)), scale)
        return self._scaled[keys, scale]

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

    def _below(self, table: Table, parents: Costs, values: Costs, further: PairCost | None) -> Costs:
        """The cheapest cost of a child and what joins it, for each week of its parent."""
        below = [ABSENT] * len(table)
        for week, (first, costs) in enumerate(table):
            if is_allowed(parents[week]):
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
        for first, second, key in self._dependences.between_stages():
            if first in weekless or second in weekless:
                continue
            if first in only:
                self._add(second, self._dependences.table(key)[only[first]])
            elif second in only:
                self._add(first, column(self._dependences.table(key), only[second]))
            else:
                self._near[first][second].append(key)
                self._near[second][first].append((*key, "turned"))

    def _add(self, number: int, row: tuple[int, list[int]]) -> None:
        first, costs = row
        added_up = [ABSENT] * self.problem.num_weeks
        for week, cost in enumerate(costs, first):
            added_up[week] = min(ABSENT, self.costs[number][week] + cost)
        self.costs[number] = added_up

    def _trees(self) -> Iterator[Tree]:
        """The stages that hang together, each set as a tree from its first stage outwards with its chords."""
        seen: set[int] = set()
        for root in range(len(self.nodes)):
            if root in seen:
                continue
            together = [root]
            for number in together:
                together += [other for other in self._near[number] if other not in together]
            seen.update(together)
            pairs = [(a, b) for a in sorted(together) for b in self._near[a] if a < b]
            kept = spanning(pairs, len(together), self._joined_by, self._are_one_activity)
            branches = hung_at(root, sorted(kept), self._keys)
            chords = tuple(Branch(*pair, self._keys(*pair)) for pair in pairs if pair not in kept)
            yield Tree((root, *(branch.child for branch in branches)), branches, chords)

    def _joined_by(self, pair: tuple[int, int]) -> Table:
        """All that joins two stages in one table."""
        return added(map(self._dependences.table, self._keys(*pair)))

    def _are_one_activity(self, pair: tuple[int, int]) -> bool:
        return self.nodes[pair[0]].activity is self.nodes[pair[1]].activity


def _starts(tree: Tree, bounds: dict[int, Costs]) -> Iterator[dict[int, int]]:
    """Some weeks to begin with: those of the least bounds, one stage in its next best weeks."""
    best = {number: min(range(len(costs)), key=costs.__getitem__) for number, costs in bounds.items()}
    root = tree.nodes[0]
    for week in sorted(range(len(bounds[root])), key=bounds[root].__getitem__)[:FIRST_WEEKS]:
        yield {**best, root: week}


def _allowed(row: tuple[int, list[int]], week: int, weeks: Weeks, further: PairCost | None) -> Weeks:
    """What a row costs in some weeks, with what two stages cost besides; only what is allowed."""
    first, costs = row
    inside = {at: costs[at - first] for at in weeks if first <= at < first + len(costs)}
    if further is not None:
        inside = {at: cost + further(week, at) for at, cost in inside.items() if is_allowed(cost)}
    return {at: cost for at, cost in inside.items() if is_allowed(cost)}


def _added_row(values: Costs, row: tuple[int, list[int]]) -> Costs:
    """Costs by week with those of a row added, `ABSENT` outside."""
    first, costs = row
    total = [ABSENT] * len(values)
    for week, cost in enumerate(costs, first):
        total[week] = min(ABSENT, values[week] + cost)
    return total


def only_week(costs: Costs) -> int | None:
    """The only week that is allowed, None if there are more or none."""
    allowed = [week for week, cost in enumerate(costs) if cost < ABSENT]
    return allowed[0] if len(allowed) == 1 else None
