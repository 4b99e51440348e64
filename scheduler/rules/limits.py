"""Rules for what areas share: periods, partners, anonymous pools."""

from collections import Counter
from collections.abc import Iterator

from scheduler.problem import PartnerLimit, PeriodLimit
from scheduler.rules.facts import Facts, violation
from scheduler.value import Week
from scheduler.violation import Violation


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


def on_site_by_week(facts: Facts, limit: PartnerLimit) -> Counter[Week]:
    """Number of on-site stages in a partner's areas, by week."""
    load: Counter[Week] = Counter()
    for activity, stage, first, end in facts.runs():
        if stage.on_site and activity.kind in limit.kinds and activity.area in limit.areas:
            load.update(range(first, end))
    return load


def keeps_partner_limits(facts: Facts) -> Iterator[Violation]:
    """A partner shared by areas is not on site in too many of them at once (R128)."""
    for limit in facts.problem.partner_limits:
        for week, count in sorted(on_site_by_week(facts, limit).items()):
            if count > limit.maximum + limit.max_excess:
                yield violation(
                    "partner_limit",
                    limit.id,
                    f"{count} on-site stages in {facts.week(week)}; at most {limit.maximum} and "
                    f"{limit.max_excess} at a price are allowed.",
                    "R128",
                )


def keeps_anonymous_pools(facts: Facts) -> Iterator[Violation]:
    """A body that staffs itself has only so many teams at a time (R015, R028)."""
    demand: dict[str, Counter[Week]] = {pool.id: Counter() for pool in facts.problem.pools}
    for _, stage, first, end in facts.runs():
        for name, units in stage.pool_demand.items():
            if name in demand:
                demand[name].update(dict.fromkeys(range(first, end), units))
    for pool in facts.problem.pools:
        for week, used in sorted(demand[pool.id].items()):
            units = pool.units
            for exception in pool.exceptions:
                if exception.span.first <= week < exception.span.end:
                    units = exception.units
            if used > units:
                yield violation(
                    "pool",
                    pool.id,
                    f"{used} units are in use in {facts.week(week)}, but there are only {units}.",
                    "R015, R028",
                )
