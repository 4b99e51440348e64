"""What rows with prices ask of a stage for each start week, and what they are worth altogether."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate

from scheduler.verifying.nodes import Node
from scheduler.verifying.rows import Reach, RowBook

Uses = tuple[int, bool, tuple[int, ...]]


class Prices:
    """Prices of rows by name, non-negative and multiplied by `scale`.

    Attributes
    ----------
    worth
        Price of what is there in all rows, less what slack earns where a row costs more than its slack.
    asks_people
        Whether a row of named people has a price.
    """

    def __init__(
        self, book: RowBook, duals: Mapping[str, int], scale: int, is_slack_free: bool = False
    ) -> None:
        self.num_weeks, self.rest = book.problem.num_weeks, book.staff.rest
        self.worth = 0
        weekly: dict[str, list[int]] = defaultdict(lambda: [0] * (self.num_weeks + self.rest))
        for name, dual in duals.items():
            if dual == 0:
                continue
            row = book.find(name)
            self.worth += dual * row.right
            if row.price is not None:
                price = 0 if is_slack_free else row.price * scale
                self.worth += max(0, dual - price) * row.max_excess
            for week in row.weeks:
                weekly[row.family][week] += dual
        self.families = [(book.families[name], by_week) for name, by_week in weekly.items()]
        self.asks_people = any(family.is_of_people for family, _ in self.families)
        self._known: dict[Uses, list[int]] = {}

    def of(self, node: Node) -> list[int]:
        """Price by start week."""
        uses = tuple(family.use(node) for family, _ in self.families)
        key = (node.stage.duration_weeks, node.is_last_team, uses)
        if key not in self._known:
            self._known[key] = self._sum(node, uses)
        return self._known[key]

    def _sum(self, node: Node, uses: tuple[int, ...]) -> list[int]:
        length = node.stage.duration_weeks
        lengths: dict[Reach, int] = {
            "starts": 1,
            "runs": length,
            "runs_or_rests": length + (self.rest if node.is_last_team else 0),
        }
        total = [0] * self.num_weeks
        for reach, weeks in lengths.items():
            by_week = self._by_week(reach, uses)
            sums = [0, *accumulate(by_week)]
            for start in range(self.num_weeks):
                total[start] += sums[min(start + weeks, len(by_week))] - sums[start]
        return total

    def _by_week(self, reach: Reach, uses: tuple[int, ...]) -> list[int]:
        """Price of being there in a week, over all rows of one reach."""
        total = [0] * (self.num_weeks + self.rest)
        for (family, by_week), use in zip(self.families, uses, strict=True):
            if use and family.reach == reach:
                total = [known + use * price for known, price in zip(total, by_week, strict=True)]
        return total
