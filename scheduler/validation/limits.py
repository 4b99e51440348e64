"""Mistakes in limits and pools: bounds that exclude each other, demands above what there ever is."""

from collections.abc import Iterator

from scheduler.validation.index import Index, finding, listed
from scheduler.values.errors import Finding


def period_limits_are_sound(index: Index) -> Iterator[Finding]:
    """Bounds have weeks, do not exclude each other and can be reached (R014)."""
    for limit in index.problem.period_limits:
        place = f"period limit {limit.id}"
        if limit.span.first == limit.span.end:
            yield finding(place, "has no week.", "Maybe raise its end or remove it.")
        if limit.minimum is None and limit.maximum is None:
            yield finding(place, "has neither minimum nor maximum.", "Maybe give one of them or remove it.")
        if limit.minimum is not None and limit.maximum is not None and limit.minimum > limit.maximum:
            yield finding(
                place,
                f"has a minimum of {limit.minimum} above its maximum of {limit.maximum}.",
                "Maybe the two were exchanged.",
            )
        if limit.price is None and limit.max_excess:
            yield finding(
                place, f"allows an excess of {limit.max_excess} without a price.", "Maybe give a price."
            )
        count = sum(
            activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)
            for activity in index.problem.activities
        )
        least = (limit.minimum or 0) - (limit.max_excess if limit.price is not None else 0)
        if least > count:
            yield finding(
                place,
                f"demands at least {least} starts, but only {count} activities count for it.",
                "Maybe lower the minimum, or correct the kinds and areas.",
            )


def pools_suffice(index: Index) -> Iterator[Finding]:
    """No single stage needs more of an anonymous pool than it ever has."""
    for pool in index.problem.pools:
        most = max(pool.units, *(exception.units for exception in pool.exceptions), 0)
        above = [place for place, _, stage in index.stages() if stage.pool_demand.get(pool.id, 0) > most]
        if above:
            yield finding(
                f"pool {pool.id}",
                f"has at most {most} units, but more are demanded by {listed(above)}.",
                "Maybe raise the units or lower the demand.",
            )
