"""A certificate for what the pre-check has counted: the same lack as prices of the rows it names."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from scheduler.counting.pre_check import Demand
from scheduler.dates.columns import Columns
from scheduler.dates.generation import make_certificate
from scheduler.dates.phase_one import prove_impossible
from scheduler.dates.prepared import Prepared
from scheduler.dates.pricing import LARGEST_SCALE, lagrangian_value, price_all
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.values.arrays import Ints
from scheduler.values.proof import Certificate
from scheduler.values.result import Shortage

SECONDS = 10.0
"""For a proof by linear programming of what was counted in another way than by adding up rows."""


def prove_counted(prepared: Prepared, shortages: Sequence[Shortage], seconds: float) -> Certificate | None:
    """A certificate that no plan exists, without counting on whole teams if possible; None if none is found.

    Parameters
    ----------
    shortages
        What the pre-check found: the prices are 1 in all rows of one of them.
    seconds
        Time limit, at most `SECONDS` of which are used.
    """
    for whole_teams in (False, True):
        rows = prepared.rows(whole_teams)
        for shortage in shortages:
            for union in (row.skills for row in shortage.rows if len(row.skills) > 1):
                rows.add_union(frozenset(union))
        free, demand = rows.without_costs(), Demand(rows)
        for duals in _prices(rows, demand, shortages):
            value = lagrangian_value(free, price_all(free, duals, LARGEST_SCALE), duals, LARGEST_SCALE, 1)
            if value is not None and value > 0:
                return make_certificate(free, duals, value, LARGEST_SCALE, kind="impossible")
    found = prove_impossible(rows, Columns(rows), Progress("dates", min(SECONDS, seconds)))
    return None if found is None else found[1]


def _prices(rows: Rows, demand: Demand, shortages: Iterable[Shortage]) -> Iterator[Ints]:
    """No prices at all (some activities may have no weeks), then 1 in the rows of each shortage."""
    yield np.zeros(rows.num_rows, dtype=np.int64)
    numbers = {line.about: number for number, line in enumerate(rows.lines)}
    for shortage in shortages:
        duals = np.zeros(rows.num_rows, dtype=np.int64)
        for row in shortage.rows:
            if row in numbers:
                duals[_rows_of(rows, demand, numbers[row], shortage)] = 1
        yield duals


def _rows_of(rows: Rows, demand: Demand, line: int, shortage: Shortage) -> list[int]:
    """The rows of a line: its only one, or those of weeks of the shortage in which any of its users may run."""
    if rows.lines[line].span is not None:
        return [rows.first[line]]
    users = rows.use[line][demand.profile] != 0
    busy = demand.covered[users].any(axis=0)
    return [rows.first[line] + week for week in shortage.span.weeks() if busy[week]]
