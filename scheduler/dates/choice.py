"""What a choice among columns is, whoever makes it, and which rows it has to keep."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.rows import Rows


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


def needed_rows(rows: Rows, columns: Columns, numbers: Ints) -> Iterator[NeededRow]:
    """The rows that matter for a choice among the columns of these numbers."""
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
        if _largest_use(component[column], coefficient) > rows.rhs[row]:
            rhs, price, excess = (int(own[row]) for own in (rows.rhs, rows.price, rows.max_excess))
            yield NeededRow(column.tolist(), coefficient.tolist(), rhs, price, excess)


def _largest_use(component: Ints, coefficient: Ints) -> int:
    """The most that one column of each component can use of a row."""
    most: dict[int, int] = {}
    for own, units in zip(component.tolist(), coefficient.tolist(), strict=True):
        most[own] = max(most.get(own, 0), units)
    return sum(most.values())
