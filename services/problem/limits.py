"""Limits of a programme: starts per period, areas of one partner at once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from scheduler.values.problem import Activity, PartnerLimit, Period, PeriodLimit
from scheduler.values.value import Week, WeekSpan
from services.days.weeks import NAME_BY_KIND, periods, week_monday
from services.problem.facts import Facts
from services.problem.history import has_dates, is_over, past_reviews, runs
from services.problem.pinned import settled_starts
from services.problem.planning_horizon import Horizon


def all_periods(facts: Facts, horizon: Horizon) -> tuple[Period, ...]:
    """Financial and calendar years, quarters and terms; with past reviews the first ones reach back to their begin."""
    found = periods(horizon.first_monday, horizon.num_weeks)
    if not past_reviews(facts, horizon):
        return found
    return tuple(_from_its_begin(period, horizon) if period.span.first == 0 else period for period in found)


def _from_its_begin(period: Period, horizon: Horizon) -> Period:
    name_of, first = NAME_BY_KIND[period.kind], 0
    while name_of(week_monday(horizon.first_monday, first - 1)) == period.id:
        first -= 1
    return period.model_copy(update={"span": WeekSpan(first=first, end=period.span.end)})


def period_limits(facts: Facts, horizon: Horizon, activities: tuple[Activity, ...]) -> Iterator[PeriodLimit]:
    """The policy's limits: a slow first term (R014), a maximum a year, an even load with a price (R028).

    What began before the horizon takes its part of a maximum; what has begun since, or is frozen, stays, above it
    or not.
    """
    rules = facts.policy.programme
    for limit in rules.limits:
        span = horizon.span(limit.first_on, limit.until)
        if span.weeks():
            whole = WeekSpan(
                first=horizon.week_from(limit.first_on), end=max(span.end, horizon.week_from(limit.until))
            )
            most = _left(limit.maximum, limit.kinds, whole, facts, horizon, activities)
            yield PeriodLimit(id=limit.id, span=span, kinds=limit.kinds, maximum=most)
    for rule in rules.per_period:
        for period in all_periods(facts, horizon):
            if period.kind == rule.period:
                yield PeriodLimit(
                    id=f"{rule.id}:{period.id}",
                    span=WeekSpan(first=max(0, period.span.first), end=period.span.end),
                    kinds=rule.kinds,
                    maximum=_left(rule.maximum, rule.kinds, period.span, facts, horizon, activities),
                    price=rule.price,
                    max_excess=rule.max_excess,
                )


def _left(
    maximum: int,
    kinds: Collection[str],
    span: WeekSpan,
    facts: Facts,
    horizon: Horizon,
    activities: tuple[Activity, ...],
) -> int:
    """What is left of a maximum after what began before the horizon, but no less than what stays within it."""
    over = [
        activity
        for activity in facts.activities
        if activity.kind in kinds and has_dates(activity, facts) and is_over(activity, facts, horizon)
    ]
    before = sum(runs(row, facts, horizon)[0].first in span for row in over)
    stays = sum(
        starts[0] in span
        for activity in activities
        if activity.kind in kinds and (starts := settled_starts(activity))
    )
    return max(stays, maximum - before)


def partner_limits(facts: Facts, activities: tuple[Activity, ...]) -> Iterator[PartnerLimit]:
    """Areas of one partner group in fieldwork in the same week (R128); none for a group too small to exceed it.

    What has begun or is frozen stays: where it is above the limit in some week, so many may be there at a price.
    """
    rule = facts.policy.programme.partners
    known = {area.code for area in facts.areas}
    for group in facts.partner_groups:
        areas = tuple(area for area in facts.partner_areas.get(group.code, ()) if area in known)
        if len(areas) > group.maximum:
            stays = _most_at_once([row for row in activities if row.area in areas and row.kind in rule.kinds])
            yield PartnerLimit(
                id=group.code,
                areas=areas,
                kinds=rule.kinds,
                maximum=group.maximum,
                price=rule.price,
                max_excess=max(rule.max_excess, stays - group.maximum),
            )


def _most_at_once(activities: Iterable[Activity]) -> int:
    """On-site stages that stay where they are, in the week that has most of them."""
    load: Counter[Week] = Counter()
    for activity in activities:
        for stage, start in zip(activity.stages, settled_starts(activity) or (), strict=False):
            if stage.on_site:
                load.update(range(start, start + stage.duration_weeks))
    return max(load.values(), default=0)
