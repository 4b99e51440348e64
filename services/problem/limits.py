"""Limits of a programme: starts per period, areas of one partner at once."""

from collections.abc import Iterator

from scheduler.problem import PartnerLimit, Period, PeriodLimit
from services.calendar import periods
from services.problem.facts import Facts
from services.problem.horizon import Horizon
from services.problem.sequencing import REVIEW


def all_periods(horizon: Horizon) -> tuple[Period, ...]:
    """Financial years, quarters and terms."""
    return periods(horizon.first_monday, horizon.num_weeks)


def period_limits(facts: Facts, horizon: Horizon) -> Iterator[PeriodLimit]:
    """The policy's limits: a slow first term (R014), a maximum a year, an even load with a price (R028)."""
    rules = facts.policy.programme
    for limit in rules.limits:
        span = horizon.span(limit.first_on, limit.until)
        if span.weeks():
            yield PeriodLimit(id=limit.id, span=span, kinds=limit.kinds, maximum=limit.maximum)
    for rule in rules.per_period:
        for period in all_periods(horizon):
            if period.kind == rule.period:
                yield PeriodLimit(
                    id=f"{rule.id}:{period.id}",
                    span=period.span,
                    kinds=rule.kinds,
                    maximum=rule.maximum,
                    price=rule.price,
                    max_excess=rule.max_excess,
                )


def partner_limits(facts: Facts) -> Iterator[PartnerLimit]:
    """Areas of one partner group in fieldwork in the same week (R128); none for a group too small to exceed it."""
    rule = facts.policy.programme.partners
    known = {area.code for area in facts.areas}
    for group in facts.partner_groups:
        areas = tuple(area for area in facts.partner_areas.get(group.code, ()) if area in known)
        if len(areas) > group.maximum:
            yield PartnerLimit(
                id=group.code,
                areas=areas,
                kinds=(REVIEW,),
                maximum=group.maximum,
                price=rule.price,
                max_excess=rule.max_excess,
            )
