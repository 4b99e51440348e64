"""The cheapest timetable where links run in circles: few weeks of each stage, and the ends of chords fixed in turn.

`Weeks` of stages cost something alone (`costs`) and in pairs (`pairs`); both hold only what is allowed. A tree joins
all stages; without the other pairs, the **chords**, it says what a timetable costs at least.
"""

from collections.abc import Iterable, Mapping, Sequence

from scheduler.verifying.nodes import ABSENT

Weeks = dict[int, int]
"""Cost by week."""

Pair = tuple[int, int]
"""Two stages by number."""


class Circle:
    """Stages that hang together in circles.

    Parameters
    ----------
    pairs
        For two joined stages, either first: by the week of the first the costs by week of the second.
    tree
        Pairs that join all stages without a circle; the others are chords.
    """

    def __init__(self, pairs: Mapping[Pair, Mapping[int, Weeks]], tree: Iterable[Pair]) -> None:
        self.pairs = pairs
        self.near: dict[int, list[int]] = {}
        for first, second in tree:
            self.near.setdefault(first, []).append(second)
            self.near.setdefault(second, []).append(first)

    def cheapest(self, costs: Mapping[int, Weeks], chords: Sequence[Pair], limit: int) -> int:
        """What the cheapest timetable costs, or the limit if none costs less.

        One end of chords is fixed in week after week, in the order of what the tree says, until no week that is left
        can be cheaper.
        """
        ends = [number for chord in chords for number in chord]
        cut = max(sorted(costs), key=lambda number: (ends.count(number), -len(costs[number])))
        least = self._least(cut, None, costs)
        if not chords:
            return min(limit, min(least.values(), default=ABSENT))
        rest = [chord for chord in chords if cut not in chord]
        for week, bound in sorted(least.items(), key=lambda item: item[1]):
            if bound >= limit:
                break
            fixed = {**costs, cut: {week: costs[cut][week]}}
            for first, second in chords:
                if cut in (first, second):
                    other = second if cut == first else first
                    row = self.pairs[cut, other][week]
                    fixed[other] = {at: cost + row[at] for at, cost in fixed[other].items() if at in row}
            limit = self.cheapest(fixed, rest, limit)
        return limit

    def _least(self, node: int, parent: int | None, costs: Mapping[int, Weeks]) -> Weeks:
        """What a stage and all that hangs below it cost at least, by its week."""
        total = dict(costs[node])
        for child in self.near.get(node, ()):
            if child == parent:
                continue
            below, rows = self._least(child, node, costs), self.pairs[node, child]
            for week in list(total):
                row = rows[week]
                best = min((below[at] + cost for at, cost in row.items() if at in below), default=ABSENT)
                if best >= ABSENT:
                    del total[week]
                else:
                    total[week] += best
        return total
