"""Rows that are used beyond what they allow, as units of pools and steps of limits."""

from collections import defaultdict

import numpy as np

from scheduler.dates.lines import Ints
from scheduler.dates.rows import Rows
from scheduler.reasons.shortfall import LimitKind, MissingUnits, WiderLimit
from scheduler.reasons.spans import merged
from scheduler.row_name import RowName


def row_shortfall(rows: Rows, used: Ints) -> tuple[tuple[MissingUnits, ...], tuple[WiderLimit, ...]]:
    """What pools and limits lack if rows are used so much; exactly as much, in each week.

    Parameters
    ----------
    rows
        Rows of pools and limits, not of people.
    used
        Shape (rows,).
    """
    lack = used - rows.rhs - rows.max_excess
    units: dict[str, dict[int, int]] = defaultdict(dict)
    limits: dict[tuple[str, LimitKind], int] = defaultdict(int)
    for row in np.flatnonzero(lack > 0).tolist():
        name = rows.about(row)
        if name.kind == "anonymous":
            assert name.week is not None
            units[name.owner][name.week] = int(lack[row])
        else:
            key = (name.owner, _kind(name, rows.price[row] >= 0))
            limits[key] = max(limits[key], int(lack[row]))
    missing = tuple(
        MissingUnits(pool=pool, span=span, units=count)
        for pool, own in units.items()
        for span, count in merged(own)
    )
    wider = tuple(WiderLimit(limit=limit, kind=kind, by=by) for (limit, kind), by in limits.items())
    return missing, wider


def _kind(name: RowName, is_priced: bool) -> LimitKind:
    if name.kind == "partner":
        return "partner_excess"
    if is_priced:
        return "period_excess"
    return "period_maximum" if name.kind == "period_maximum" else "period_minimum"
