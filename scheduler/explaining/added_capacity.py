"""A problem with exactly the capacity added that a shortfall names."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise

from scheduler.explaining.shortfall import LimitKind, MissingPerson, MissingUnits, Shortfall
from scheduler.values.problem import (
    Absence,
    AnonymousPool,
    Capacity,
    Inspector,
    Location,
    PartnerLimit,
    PeriodLimit,
    Problem,
)
from scheduler.values.value import LEADER, WeekSpan

ADDED = "added-"
"""How identifiers of added people begin."""


def with_added_capacity(problem: Problem, shortfall: Shortfall) -> Problem:
    """The same problem with the missing people, units and steps of limits, and with nothing else changed.

    An added person can fill a seat in a single review only: present in that review's weeks, resting afterwards
    until the horizon's end, with a maximum of one review a period.
    """
    by: dict[tuple[str, LimitKind], int] = defaultdict(int)
    for wider in shortfall.limits:
        by[wider.limit, wider.kind] += wider.by
    return problem.model_copy(
        update={
            "inspectors": (*problem.inspectors, *_people(problem, shortfall.people)),
            "pools": tuple(_wider_pool(pool, shortfall.units) for pool in problem.pools),
            "period_limits": tuple(_wider_period(limit, by) for limit in problem.period_limits),
            "partner_limits": tuple(_wider_partner(limit, by) for limit in problem.partner_limits),
        }
    )


def _people(problem: Problem, missing: Sequence[MissingPerson]) -> list[Inspector]:
    """One inspector for each missing person, who lives where the review is."""
    homes = {area.id: area.location for area in problem.areas}
    home_of = {activity.id: homes[activity.area] for activity in problem.activities}
    rest_weeks = problem.num_weeks if problem.inspectors else 0
    once = {period.kind: 1 for period in problem.periods}
    return [
        newcomer(
            problem, name, person.skill, home_of[person.activity], person.weeks, rest_weeks, once
        ).model_copy(update={"body": person.body or name})
        for name, person in zip(unused_names(problem), missing, strict=False)
    ]


def unused_names(problem: Problem) -> Iterator[str]:
    """Names for added people, which no inspector has, nor anybody's body."""
    taken = {name for inspector in problem.inspectors for name in (inspector.id, inspector.body)}
    return (name for n in count(1) if (name := f"{ADDED}{n}") not in taken)


def newcomer(
    problem: Problem,
    name: str,
    skill: str,
    home: Location,
    weeks: Sequence[int],
    rest_weeks: int,
    max_reviews: Mapping[str, int],
) -> Inspector:
    """Somebody with a single skill, from a body of their own, who is there in some weeks only."""
    return Inspector(
        id=name,
        body=name,
        skills=() if skill == LEADER else (skill,),
        is_leader=skill == LEADER,
        home=home,
        absences=tuple(Absence(span=span) for span in _gaps(weeks, problem.num_weeks)),
        rest_weeks=rest_weeks,
        max_reviews=dict(max_reviews),
    )


def _gaps(weeks: Sequence[int], num_weeks: int) -> list[WeekSpan]:
    """Spans of all weeks that are not among some sorted ones."""
    borders = [-1, *weeks, num_weeks]
    return [
        WeekSpan(first=before + 1, end=other) for before, other in pairwise(borders) if other > before + 1
    ]


def _wider_pool(pool: AnonymousPool, missing: Sequence[MissingUnits]) -> AnonymousPool:
    """A pool with units added week by week, on top of its exceptions."""
    more: dict[int, int] = defaultdict(int)
    for lack in missing:
        if lack.pool == pool.id:
            for week in lack.span.weeks():
                more[week] += lack.units
    added = tuple(
        Capacity(span=WeekSpan(first=week, end=week + 1), units=pool.units_in(week) + units)
        for week, units in sorted(more.items())
    )
    return pool.model_copy(update={"exceptions": (*pool.exceptions, *added)}) if added else pool


def _wider_period(limit: PeriodLimit, by: dict[tuple[str, LimitKind], int]) -> PeriodLimit:
    changes: dict[str, int] = {}
    if limit.maximum is not None and (more := by[limit.id, "period_maximum"]):
        changes["maximum"] = limit.maximum + more
    if limit.minimum is not None and (less := by[limit.id, "period_minimum"]):
        changes["minimum"] = max(0, limit.minimum - less)
    if more := by[limit.id, "period_excess"]:
        changes["max_excess"] = limit.max_excess + more
    return limit.model_copy(update=changes) if changes else limit


def _wider_partner(limit: PartnerLimit, by: dict[tuple[str, LimitKind], int]) -> PartnerLimit:
    more = by[limit.id, "partner_excess"]
    return limit.model_copy(update={"max_excess": limit.max_excess + more}) if more else limit
