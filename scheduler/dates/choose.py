"""One column for each component: which columns may be part of a plan, and what a choice of them has to keep."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation
from scheduler.dates.pricing import Priced, Timetables, all_within, cheapest_timetables
from scheduler.dates.rows import Rows
from scheduler.values.arrays import Ints, Mask

FIRST_REACH = 1e-4
"""The first choice is among columns whose reduced cost is at most this fraction of the bound."""

EVERYTHING = 2**52
"""No allowed timetable has a larger reduced cost, every forbidden one has (see `pricing.ROOM`)."""

LOWERED = 0.7
"""Factor by which a reach is lowered if too many columns lie within it."""

MOST_BEFORE_THINNING = 120_000

KEPT_ALTERNATIVES = 3
"""Columns that differ only in stages without named people are thinned to so many before all are tried."""


class Selection:
    """Finds columns up to a reduced cost, the **reach**, which is scaled like all prices."""

    def __init__(self, generation: Generation) -> None:
        self.generation, self.rows, self.columns = generation, generation.rows, generation.columns

    def first_reach(self) -> int:
        """A small reach to begin with."""
        return max(self.generation.scale, int((self.generation.value or 0) * FIRST_REACH))

    def generated(self, reach: int) -> Mask:
        """The columns known so far up to a reach, shape (columns,)."""
        cheapest = cheapest_timetables(self.rows, self._priced())
        least = cheapest - self.rows.graph.modes.behind(cheapest)
        duals = self.generation.padded(self.generation.best_duals)
        cost = self.columns.priced(duals, self.generation.scale)
        return cost - least[self.columns.component] <= reach

    def enumerated(self, reach: int, limit: int, keep: int | None) -> tuple[Mask, int] | None:
        """All columns there are up to a reach, which is lowered until they are few enough.

        Parameters
        ----------
        limit
            At most so many columns.
        keep
            Keep only so many of the columns that differ in stages without named people; None keeps all.

        Returns
        -------
        Which columns, shape (columns,), and the reach; None if even those of no reduced cost are too many.
        """
        priced = self._priced()
        found = self._within(priced, reach, limit, keep)
        if found is not None:
            return self._added(found), reach
        cheapest = self._within(priced, 0, limit, keep)
        if cheapest is None:
            return None
        while reach > self.generation.scale // 4:
            reach = int(reach * LOWERED)
            found = self._within(priced, reach, limit, keep)
            if found is not None:
                return self._added(found), reach
        return self._added(cheapest), 0

    def _priced(self) -> list[Priced]:
        return self.generation.price(self.generation.padded(self.generation.best_duals))

    def _within(
        self, priced: list[Priced], reach: int, limit: int, keep: int | None
    ) -> list[Timetables] | None:
        found: list[Timetables] = []
        most, left = limit if keep is None else MOST_BEFORE_THINNING, limit
        behind = self.rows.graph.modes.behind(cheapest_timetables(self.rows, priced))
        for table in priced:
            slack = reach - behind[self.rows.graph.groups[table.group].members]
            columns = all_within(table, slack, most)
            if columns is None:
                return None
            if keep is not None:
                columns = self._thinned(columns, keep)
            left -= len(columns.positions)
            if left < 0:
                return None
            found.append(columns)
        return found

    def _thinned(self, found: Timetables, keep: int) -> Timetables:
        """The cheapest few of the timetables of a component that are equal where named people work."""
        profiles = self.rows.profile[found.group][:, found.positions].T
        has_team = np.array([bool(profile.team) for profile in self.rows.profiles])[profiles]
        key = np.column_stack([found.positions, np.where(has_team, found.starts, -1)])
        _, same = np.unique(key, axis=0, return_inverse=True)
        order = np.lexsort((found.values, same))
        rank = np.arange(len(order)) - np.searchsorted(same[order], same[order])
        kept = np.sort(order[rank < keep])
        values = found.values[kept]
        return replace(found, positions=found.positions[kept], starts=found.starts[kept], values=values)

    def _added(self, found: list[Timetables]) -> Mask:
        for timetables in found:
            self.columns.add(timetables)
        chosen = np.zeros(len(self.columns), dtype=bool)
        for timetables in found:
            chosen[self.columns.numbers(timetables)] = True
        return chosen


@dataclass(frozen=True)
class Choice:
    """The cost of the cheapest plan found among some columns (None if none was found).

    `is_exhausted` means that nothing below `cost` is among the columns; `bound` is what no plan among them can
    undercut (None if unknown).
    """

    cost: int | None
    is_exhausted: bool
    bound: int | None = None


@dataclass(frozen=True)
class NeededRow:
    """A row that the candidates could exceed: use of `columns` by `coefficients` <= rhs + excess, each at `price`."""

    columns: list[int]
    coefficients: list[int]
    rhs: int
    price: int
    max_excess: int


def needed_rows(columns: Columns, numbers: Ints) -> Iterator[NeededRow]:
    """The rows that matter for a choice among the columns of these numbers."""
    rows = columns.rows
    wanted = np.zeros(len(columns), dtype=bool)
    wanted[numbers] = True
    entries = columns.entries_of_columns(wanted)
    order = np.argsort(entries.row, kind="stable")
    met, first = np.unique(entries.row[order], return_index=True)
    parts = dict(zip(met.tolist(), np.split(order, first[1:]), strict=True)) if len(met) else {}
    component, none = columns.component, np.zeros(0, dtype=np.int64)
    for row in sorted({*parts, *np.flatnonzero(rows.rhs < 0).tolist()}):
        part = parts.get(row, none)
        column, coefficient = entries.column[part], entries.coefficient[part]
        if _largest_use(rows, component[column], coefficient) > rows.rhs[row]:
            rhs, price, excess = (int(values[row]) for values in (rows.rhs, rows.price, rows.max_excess))
            yield NeededRow(column.tolist(), coefficient.tolist(), rhs, price, excess)


def _largest_use(rows: Rows, component: Ints, coefficient: Ints) -> int:
    """The most that one mode of each item, with one column of each of its components, can use of a row."""
    most = np.zeros(len(rows.graph.components), dtype=np.int64)
    np.maximum.at(most, component, coefficient)
    return rows.graph.modes.most(most)
