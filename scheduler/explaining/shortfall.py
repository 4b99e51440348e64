"""What exactly is missing, as a value: people, units of pools, steps of limits."""

from collections import defaultdict
from typing import Literal

import numpy as np

from scheduler.dates.rows import Rows
from scheduler.explaining.row_names import merged
from scheduler.values.arrays import Ints
from scheduler.values.row_facts import RowName
from scheduler.values.value import Identifier, NonNegative, Positive, Value, Week, WeekSpan

LimitKind = Literal["period_maximum", "period_minimum", "period_excess", "partner_excess"]
"""What of a limit is widened: the hard maximum raised, the hard minimum lowered, or the priced excess allowed."""


class MissingPerson(Value):
    """One more person with a single skill ('leader' for a qualified leader), present in some weeks.

    The weeks are the team weeks of `activity`, whose seat the person fills. The person is free of conflicts,
    takes part in no other review and comes from `body`, where the team needs somebody from there (R144), else from a
    body of its own.
    """

    activity: Identifier
    skill: Identifier
    weeks: tuple[Week, ...]
    body: str = ""


class MissingUnits(Value):
    """`units` more of an anonymous pool in every week of `span`."""

    pool: Identifier
    span: WeekSpan
    units: Positive


class WiderLimit(Value):
    """A period limit or partner limit widened by `by`: so many activities (stages on site in a week) more.

    Excess of priced limits is part of the stated cost, only its bound is widened.
    """

    limit: Identifier
    kind: LimitKind
    by: Positive


class Shortfall(Value):
    """The whole capacity to be added so that certain dates become possible with all other dates as they are.

    Attributes
    ----------
    is_proven
        Whether fewer people are proven not to suffice, however the teams are re-assigned. Units and limits are
        counted, so for them that always holds.
    """

    people: tuple[MissingPerson, ...] = ()
    units: tuple[MissingUnits, ...] = ()
    limits: tuple[WiderLimit, ...] = ()
    is_proven: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing is missing."""
        return not (self.people or self.units or self.limits)

    @property
    def size(self) -> NonNegative:
        """Units of everything: persons, pool units times weeks, steps of limits."""
        weeks = sum(missing.units * len(missing.span.weeks()) for missing in self.units)
        return len(self.people) + weeks + sum(limit.by for limit in self.limits)


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
        for pool, by_week in units.items()
        for span, count in merged(by_week)
    )
    wider = tuple(WiderLimit(limit=limit, kind=kind, by=by) for (limit, kind), by in limits.items())
    return missing, wider


def _kind(name: RowName, is_priced: bool) -> LimitKind:
    if name.kind == "partner":
        return "partner_excess"
    if is_priced:
        return "period_excess"
    return "period_maximum" if name.kind == "period_maximum" else "period_minimum"
