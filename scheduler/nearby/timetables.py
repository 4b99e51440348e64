"""Timetables of a few linked areas that move together, with their costs."""

from dataclasses import dataclass

import numpy as np

from scheduler.areas.edges import Costs
from scheduler.values.arrays import Ints, Mask
from scheduler.values.value import Starts, Week

Node = tuple[str, int]
"""A stage: (identifier of its activity, number of the stage)."""


@dataclass(frozen=True)
class Timetables:
    """Timetables of one unit.

    Attributes
    ----------
    nodes
        (activity, stage number) of each column of `starts`.
    starts
        Shape (timetables, nodes).
    costs, moves
        Shape (timetables,): own cost of dates; number of published activities with other dates.
    is_complete
        Whether there are no others.
    """

    unit: int
    nodes: tuple[Node, ...]
    starts: Ints
    costs: Costs
    moves: Ints
    is_complete: bool = False

    def __len__(self) -> int:
        return len(self.costs)

    def part(self, chosen: Ints) -> "Timetables":
        """Some of them, by their numbers."""
        return Timetables(self.unit, self.nodes, self.starts[chosen], self.costs[chosen], self.moves[chosen])

    def joined(self, others: "Timetables") -> "Timetables":
        """These and others of the same unit."""
        starts, costs = (
            np.concatenate([self.starts, others.starts]),
            np.concatenate([self.costs, others.costs]),
        )
        return Timetables(self.unit, self.nodes, starts, costs, np.concatenate([self.moves, others.moves]))

    def columns(self, name: str) -> list[int]:
        """The columns of an activity's stages, in their order."""
        return [column for _, column in sorted((n[1], c) for c, n in enumerate(self.nodes) if n[0] == name)]

    def weeks_in(self, starts: Starts) -> Ints:
        """Given start weeks of its stages, shape (nodes,)."""
        return np.array([starts[name][stage] for name, stage in self.nodes], dtype=np.int64)

    def are_at(self, starts: Starts) -> Mask:
        """Which of them have the given start weeks, shape (timetables,)."""
        same: Mask = (self.starts == self.weeks_in(starts)).all(axis=1)
        return same

    def starts_of(self, number: int) -> dict[str, tuple[Week, ...]]:
        """Start weeks by activity of one timetable."""
        weeks: dict[str, list[tuple[int, Week]]] = {}
        for (name, stage), week in zip(self.nodes, self.starts[number].tolist(), strict=True):
            weeks.setdefault(name, []).append((stage, week))
        return {name: tuple(week for _, week in sorted(dated)) for name, dated in weeks.items()}
