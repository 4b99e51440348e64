"""Shortfalls that are smaller by a single unit: whether what is told as missing is the least that suffices."""

from collections.abc import Iterator

from scheduler.explaining.shortfall import MissingUnits, Shortfall
from scheduler.values.value import WeekSpan


def without_one_unit(whole: Shortfall) -> Iterator[Shortfall]:
    """Every shortfall that is smaller by a single unit: a person, a unit of a pool in one week, a step of a limit."""
    people, units, limits = whole.people, whole.units, whole.limits
    for n in range(len(people)):
        yield whole.model_copy(update={"people": people[:n] + people[n + 1 :]})
    for n, missing in enumerate(units):
        for week in missing.span.weeks():
            yield whole.model_copy(update={"units": (*units[:n], *_but_one(missing, week), *units[n + 1 :])})
    for n, limit in enumerate(limits):
        less = () if limit.by == 1 else (limit.model_copy(update={"by": limit.by - 1}),)
        yield whole.model_copy(update={"limits": (*limits[:n], *less, *limits[n + 1 :])})


def _but_one(missing: MissingUnits, week: int) -> Iterator[MissingUnits]:
    first, end = missing.span.first, missing.span.end
    parts = (
        (first, week, missing.units),
        (week, week + 1, missing.units - 1),
        (week + 1, end, missing.units),
    )
    for start, stop, units in parts:
        if units and stop > start:
            yield MissingUnits(pool=missing.pool, span=WeekSpan(first=start, end=stop), units=units)
