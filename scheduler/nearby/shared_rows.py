"""Dates in a CP-SAT model: one timetable for each moving area, and what the areas share apart from people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scheduler.areas.graph import build_graph
from scheduler.dates.rows import Rows
from scheduler.nearby.candidates import Candidates
from scheduler.people.capacity import People
from scheduler.values.arrays import Ints
from scheduler.values.problem import Problem
from scheduler.values.value import Week


def shared_rows(problem: Problem) -> Rows:
    """Rows of anonymous pools, period limits and partner limits, without those that count inspectors."""
    nobody = problem.model_copy(update={"activities": (), "inspectors": ()})
    return Rows(build_graph(problem), People(nobody))


class SharedPart:
    """Adds the choice of timetables to a model.

    Attributes
    ----------
    taken
        For each moving component one literal for each of its candidates.
    terms
        Costs of candidates and of what is used beyond a priced limit.
    most
        No two choices differ by more in cost.
    """

    def __init__(
        self,
        cp: Any,
        rows: Rows,
        present: Mapping[int, tuple[Week, ...]],
        candidates: Sequence[Candidates],
    ) -> None:
        self.cp, self.rows, self.present, self.candidates = cp, rows, present, candidates
        self.terms: list[Any] = []
        self.most = 0
        self.taken = [self._choose(own) for own in candidates]
        self._add_rows()

    def _choose(self, own: Candidates) -> list[Any]:
        literals = [self.cp.new_bool_var("") for _ in own.costs]
        self.cp.add_exactly_one(literals)
        for literal, starts, cost in zip(literals, own.starts.tolist(), own.costs.tolist(), strict=True):
            self.cp.add_hint(literal, tuple(starts) == tuple(self.present[own.component]))
            self.terms.append(cost * literal)
        self.most += int(own.costs.max() - own.costs.min())
        return literals

    def _add_rows(self) -> None:
        """What the moving areas may use beside those that stay."""
        uses: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        for own, literals in zip(self.candidates, self.taken, strict=True):
            for column, row, use in self._entries(own.component, own.starts):
                uses[row].append((literals[column], use))
        others = self._usage_of_others()
        for row, own_uses in sorted(uses.items()):
            self._add_row(row, own_uses, int(self.rows.rhs[row] - others[row]))

    def _add_row(self, row: int, uses: list[tuple[Any, int]], room: int) -> None:
        beyond = sum(max(0, use) for _, use in uses) - room
        if beyond <= 0:
            return
        used = sum(use * literal for literal, use in uses)
        excess = min(beyond, int(self.rows.max_excess[row]))
        if excess == 0:
            self.cp.add(used <= room)
            return
        slack = self.cp.new_int_var(0, excess, "")
        self.cp.add(used <= room + slack)
        self.terms.append(int(self.rows.price[row]) * slack)
        self.most += int(self.rows.price[row]) * excess

    def _usage_of_others(self) -> Ints:
        moving = {own.component for own in self.candidates}
        usage = np.zeros(self.rows.num_rows, dtype=np.int64)
        for component, starts in self.present.items():
            if component not in moving:
                for _, row, use in self._entries(component, np.array([starts], dtype=np.int64)):
                    usage[row] += use
        return usage

    def _entries(self, component: int, starts: Ints) -> list[tuple[int, int, int]]:
        """(timetable, row, use) of some timetables of a component."""
        number, position = self.rows.graph.place[component]
        count = len(starts)
        found = self.rows.entries(number, np.full(count, position), starts, np.arange(count))
        return list(zip(found.column.tolist(), found.row.tolist(), found.coefficient.tolist(), strict=True))
