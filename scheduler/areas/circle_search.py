"""The cheapest timetable of one component with chords, among few weeks of each stage: branch and bound over cuts."""

from collections.abc import Sequence

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs, is_allowed
from scheduler.areas.joints import Chord, Edge, Joint

EFFORT = 4_000_000
"""Pairs of weeks that are looked at for one component, before the tree's bound must do."""

PORTION = 1_000_000
"""Pairs of weeks that are looked at together."""

KEPT = 6
"""Timetables of a component that a search tells at most."""


class Search:
    """Looks for cheaper timetables of one member, among the weeks that the tree leaves.

    Attributes
    ----------
    starts, costs
        The cheapest that were found.
    """

    def __init__(
        self,
        edges: Sequence[Edge],
        chords: Sequence[Chord],
        alone: list[Costs],
        bounds: list[Costs],
        member: int,
    ) -> None:
        self.edges, self.chords, self.alone = edges, chords, [costs[:, member] for costs in alone]
        self.bounds, self.member = bounds, member
        self.effort = EFFORT
        self.starts: list[list[int]] = []
        self.costs: list[int] = []

    def least(self, limit: int) -> int:
        """What no timetable costs less than; `limit` if none is cheaper than that."""
        most = min(limit, FORBIDDEN // 2)
        self.weeks = [np.flatnonzero(bound < most) for bound in self.bounds]
        if any(len(weeks) == 0 for weeks in self.weeks):
            return limit
        self.limit = self.open = most
        self.trees = [self._table(Joint.of_edge(edge)) for edge in self.edges]
        costs = [self.alone[node][weeks][None, :] for node, weeks in enumerate(self.weeks)]
        self._branch(tuple(self.chords), costs, np.array([self.bounds[0].min()]))
        return min(self.open, self.limit) if min(self.open, self.limit) < most else limit

    def _table(self, joint: Joint) -> Costs:
        return joint.among(self.weeks[joint.first], self.weeks[joint.second], self.member)

    def _branch(self, chords: tuple[Chord, ...], costs: list[Costs], floor: Costs) -> None:
        """Fix one cut after the other, in cases that are looked at together.

        Parameters
        ----------
        costs
            For each node, shape (cases, weeks).
        floor
            What each case costs at least, shape (cases,).
        """
        if not chords:
            self._read(costs)
            return
        cut = self._cut(chords)
        rest = tuple(chord for chord in chords if cut not in (chord.first, chord.second))
        fixed = self._fixed(chords, costs, cut)
        bounds = self._portioned(fixed, np.repeat(floor, len(fixed[0]) // len(floor)))
        order = np.argsort(bounds, kind="stable")
        order = order[bounds[order] < self.limit]
        size = max(1, PORTION // self._pairs())
        for first in range(0, len(order), size):
            part = order[first : first + size]
            part = part[bounds[part] < self.limit]
            if len(part) and self.effort <= 0:
                self.open = min(self.open, int(bounds[part[0]]))
                return
            if len(part):
                self._branch(rest, [known[part] for known in fixed], bounds[part])

    def _fixed(self, chords: tuple[Chord, ...], costs: list[Costs], cut: int) -> list[Costs]:
        """Each case once for each week of the cut, with what its chords cost the other ends."""
        cases, count = len(costs[0]), len(self.weeks[cut])
        fixed = [np.repeat(known, count, axis=0) for known in costs]
        which = np.tile(np.arange(count), cases)
        only = np.full_like(fixed[cut], FORBIDDEN)
        only[np.arange(len(which)), which] = fixed[cut][np.arange(len(which)), which]
        fixed[cut] = only
        for chord in chords:
            if cut in (chord.first, chord.second):
                table = self._table(Joint.of_chord(chord))
                other = chord.second if cut == chord.first else chord.first
                rows = table[which] if cut == chord.first else table.T[which]
                fixed[other] = np.minimum(fixed[other] + rows, FORBIDDEN)
        return fixed

    def _pairs(self) -> int:
        """Pairs of weeks of the tree's edges."""
        return max(1, sum(table.size for table in self.trees))

    def _portioned(self, costs: list[Costs], floor: Costs) -> Costs:
        """What each case costs at least by the tree alone, as long as there is effort left."""
        size, bounds = max(1, PORTION // self._pairs()), floor.copy()
        for first in range(0, len(bounds), size):
            if self.effort <= 0:
                break
            part = slice(first, first + size)
            bounds[part] = self._filled([known[part] for known in costs])[0].min(axis=1)
        return bounds

    def _filled(self, costs: list[Costs]) -> list[Costs]:
        """Costs of subtrees, shape (cases, weeks) each."""
        self.effort -= len(costs[0]) * self._pairs()
        values = list(costs)
        for number in reversed(range(len(self.edges))):
            edge, table = self.edges[number], self.trees[number]
            below = (values[edge.child][:, None, :] + table[None, :, :]).min(axis=2)
            values[edge.parent] = values[edge.parent] + below
        return values

    def _read(self, costs: list[Costs]) -> None:
        """The cheapest timetables of cases in which all cuts are fixed."""
        values = self._filled(costs)
        least = values[0].min(axis=1)
        for case in np.argsort(least, kind="stable")[:KEPT].tolist():
            if least[case] >= self.limit and (self.starts or not is_allowed(least[case])):
                break
            chosen = [0] * len(values)
            chosen[0] = int(values[0][case].argmin())
            for edge, table in zip(self.edges, self.trees, strict=True):
                chosen[edge.child] = int((values[edge.child][case] + table[chosen[edge.parent]]).argmin())
            self.starts.append([int(weeks[index]) for weeks, index in zip(self.weeks, chosen, strict=True)])
            self.costs.append(int(least[case]))
        self.limit = min(self.limit, int(least.min()))

    def _cut(self, chords: Sequence[Chord]) -> int:
        """The node at which most chords end, of several the one with the fewest weeks."""
        ends = [node for chord in chords for node in (chord.first, chord.second)]
        return max(sorted(set(ends)), key=lambda node: (ends.count(node), -len(self.weeks[node])))
