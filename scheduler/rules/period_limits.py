"""Starts in a period: the slow first term, the most and the fewest a year (R014)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.problem import PeriodLimit
from scheduler.values.violations import Violation


def starts_in_period(facts: Facts, limit: PeriodLimit) -> int:
    """Number of activities that count for a limit and start in its span."""
    return sum(
        limit.span.first <= starts[0] < limit.span.end
        for activity, starts in facts.dated()
        if activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)
    )


def keeps_period_limits(facts: Facts) -> Iterator[Violation]:
    """Not more and not fewer activities start in a period than allowed, priced excess included (R014)."""
    for limit in facts.problem.period_limits:
        count = starts_in_period(facts, limit)
        slack = 0 if limit.price is None else limit.max_excess
        span = facts.span(limit.span.first, limit.span.end)
        if limit.maximum is not None and count > limit.maximum + slack:
            most = f"{limit.maximum}" + (f" and {slack} at a price" if slack else "")
            yield violation(
                "period_maximum",
                limit.id,
                f"{count} of {', '.join(limit.kinds)} start in {span}; at most {most} may.",
                "R014",
            )
        if limit.minimum is not None and count < limit.minimum - slack:
            least = f"{limit.minimum}" + (f", less {slack} at a price" if slack else "")
            yield violation(
                "period_minimum",
                limit.id,
                f"{count} of {', '.join(limit.kinds)} start in {span}; at least {least} must.",
                "R014",
            )
