"""What joins two stages: lags within an activity, links, saved places, each as a table of costs of both start weeks."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from scheduler.values.problem import ClearLink, LagLink, Link, Problem, StageRef, WithinLink
from scheduler.verifying.nodes import Node
from scheduler.verifying.pairs import Table, lag_pairs, link_pairs, order_pairs, turned

Key = tuple[object, ...]
"""Names a table; with 'turned' at its end the same table with the second stage's week first."""


class Dependences:
    """All that joins the stages of a problem; equal tables are made once."""

    def __init__(self, problem: Problem, nodes: Sequence[Node]) -> None:
        self._problem, self._nodes = problem, nodes
        self._tables: dict[Key, Table] = {}
        self._lag_tables = {table.id: table for table in problem.lag_tables}

    def between_stages(self) -> Iterator[tuple[int, int, Key]]:
        """Pairs of stages, by number, and the key of their table."""
        number = {node.key: index for index, node in enumerate(self._nodes)}
        for index, node in enumerate(self._nodes):
            if node.index > 0:
                yield index - 1, index, self._know_lag(self._nodes[index - 1], node)
        for link in self._problem.links:
            first, second = (number[end.activity, end.stage] for end in ends(link))
            yield first, second, self._know_link(link, self._nodes[first], self._nodes[second])
        yield from self._saved_orders(number)

    def _saved_orders(self, number: dict[tuple[str, str], int]) -> Iterator[tuple[int, int, Key]]:
        """What saves a place and the team's first stage, where no lag link keeps their order anyway (R033)."""
        lags: dict[tuple[str, str], list[LagLink]] = defaultdict(list)
        for link in self._problem.links:
            if isinstance(link, LagLink):
                lags[link.before.activity, link.after.activity].append(link)
        for team_first, node in enumerate(self._nodes):
            team = node.activity.team
            for place in team.saved if team is not None and node.is_first_team else ():
                saving = number[place.after.activity, place.after.stage]
                links = lags.get((place.after.activity, node.activity.id), ())
                if not any(self._keeps_order(link, self._nodes[saving], node) for link in links):
                    yield saving, team_first, self._know_order(self._nodes[saving])

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
        return self._know(key, lambda: order_pairs(before.stage, self._problem.num_weeks))

    def _know_lag(self, before: Node, after: Node) -> Key:
        stage = after.stage
        key = before.stage.duration_weeks, stage.lag_min_weeks, stage.lag_max_weeks, stage.stretch_price
        return self._know(key, lambda: lag_pairs(before.stage, stage, self._problem.num_weeks))

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
        tables, weeks = self._lag_tables, self._problem.num_weeks
        return self._know(key, lambda: link_pairs(link, first.stage, second.stage, tables, weeks))

    def _know(self, key: Key, make: Callable[[], Table]) -> Key:
        if key not in self._tables:
            self._tables[key] = make()
        return key

    def table(self, key: Key) -> Table:
        """The table of a name."""
        if key not in self._tables:
            assert key[-1] == "turned"
            self._tables[key] = turned(self._tables[key[:-1]])
        return self._tables[key]


def ends(link: Link) -> tuple[StageRef, StageRef]:
    """The two stages that a link joins."""
    if isinstance(link, LagLink):
        return link.before, link.after
    if isinstance(link, WithinLink):
        return link.inner, link.outer
    return link.one, link.other
