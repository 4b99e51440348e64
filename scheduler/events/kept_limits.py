"""Limits that a plan exceeds and that were waived: the problem in which it does not, as far as it does now (R094)."""

from collections import Counter
from typing import Any

from scheduler.checking.facts import Facts
from scheduler.checking.limits import on_site_by_week, starts_in_period
from scheduler.values.plan import Plan
from scheduler.values.problem import AnonymousPool, Capacity, PartnerLimit, PeriodLimit, Problem
from scheduler.values.value import Week, WeekSpan


def with_kept_limits(problem: Problem, plan: Plan) -> Problem:
    """The problem with limits of periods, partners and pools that a plan keeps just so; prices are as they were.

    A plan that keeps the limits leaves the problem as it is.
    """
    facts = Facts(problem, plan)
    changes: dict[str, Any] = {
        "period_limits": tuple(_period(facts, limit) for limit in problem.period_limits),
        "partner_limits": tuple(_partner(facts, limit) for limit in problem.partner_limits),
        "pools": tuple(_pool(facts, pool) for pool in problem.pools),
    }
    if all(getattr(problem, name) == value for name, value in changes.items()):
        return problem
    return problem.model_copy(update=changes)


def _period(facts: Facts, limit: PeriodLimit) -> PeriodLimit:
    """A limit of a period; a hard one gives way itself, of one with a price the excess that is allowed."""
    count = starts_in_period(facts, limit)
    over = 0 if limit.maximum is None else count - limit.maximum
    under = 0 if limit.minimum is None else limit.minimum - count
    if limit.price is not None:
        return limit.model_copy(update={"max_excess": max(limit.max_excess, over, under)})
    changes: dict[str, int] = {}
    if over > 0:
        changes["maximum"] = count
    if under > 0:
        changes["minimum"] = count
    return limit.model_copy(update=changes)


def _partner(facts: Facts, limit: PartnerLimit) -> PartnerLimit:
    most = max(on_site_by_week(facts, limit).values(), default=0)
    return limit.model_copy(update={"max_excess": max(limit.max_excess, most - limit.maximum)})


def _pool(facts: Facts, pool: AnonymousPool) -> AnonymousPool:
    """A pool that has as many units as are in use, in the weeks in which these are more."""
    used: Counter[Week] = Counter()
    for _, stage, first, end in facts.runs():
        for week in range(first, end) if pool.id in stage.pool_demand else ():
            used[week] += stage.pool_demand[pool.id]
    more = tuple(
        Capacity(span=WeekSpan(first=week, end=week + 1), units=units)
        for week, units in sorted(used.items())
        if units > pool.units_in(week)
    )
    return pool.model_copy(update={"exceptions": (*pool.exceptions, *more)}) if more else pool
