"""The facts of a problem that may clash, and the problem without some of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Literal, TypeVar

from scheduler.people.capacity import People
from scheduler.values.problem import (
    Activity,
    AnonymousPool,
    Calendar,
    PartnerLimit,
    PeriodLimit,
    Problem,
    Team,
)
from scheduler.values.value import LEADER, Identifier, Value, WeekSpan

FactKind = Literal[
    "skill",
    "quota",
    "pool",
    "period_maximum",
    "period_minimum",
    "partner",
    "pins",
    "frozen",
    "closures",
    "windows",
    "links",
]
"""People with a skill, members from a body, units of an anonymous pool, a limit; pins, frozen dates, start windows or
links of some activities, closures of a calendar."""

FactKey = tuple[FactKind, Identifier]
"""A skill and a pool may have the same name: owners are told apart by the kind of fact."""

PLENTY = 10**6
"""Units of a pool that never run short."""

MANY_FACTS = 8
"""Pins, windows and links of more activities than that are told as one fact."""

MOST_PARTS = 24
"""Facts of more activities than that are not taken apart."""


class Fact(Value):
    """Something that the problem says and that might be otherwise.

    Attributes
    ----------
    owner
        The skill, body, pool, limit or calendar; the kind of activity for pins, windows and links.
    activities
        Those of which the pins, frozen dates, windows or links are meant.
    """

    kind: FactKind
    owner: Identifier
    activities: tuple[str, ...] = ()

    @property
    def key(self) -> FactKey:
        """What it is about, without the activities."""
        return self.kind, self.owner


def facts_of(problem: Problem) -> tuple[Fact, ...]:
    """All facts, those of activities in one for each kind. Where several clashes exist, earlier ones are told."""
    limits, activities, linked = problem.period_limits, problem.activities, _linked(problem)
    pinned = [activity for activity in activities if activity.pinned_starts is not None]
    frozen = [activity for activity in activities if activity.published and activity.published.is_frozen]
    return (
        *(Fact(kind="period_maximum", owner=limit.id) for limit in limits if limit.maximum is not None),
        *(Fact(kind="period_minimum", owner=limit.id) for limit in limits if limit.minimum is not None),
        *(Fact(kind="pool", owner=pool.id) for pool in problem.pools),
        *_by_kind("windows", activities),
        *_by_kind("pins", pinned),
        *_by_kind("frozen", frozen),
        *(Fact(kind="skill", owner=skill) for skill in People(problem).skills),
        *(Fact(kind="quota", owner=body) for body in _bodies_with_quota(problem)),
        *(Fact(kind="partner", owner=limit.id) for limit in problem.partner_limits),
        *_by_kind("links", [activity for activity in activities if activity.id in linked]),
        *(Fact(kind="closures", owner=calendar.id) for calendar in problem.calendars if calendar.closures),
    )


def single_facts(fact: Fact) -> tuple[Fact, ...]:
    """A fact of several activities, but not too many, as one fact for each of them."""
    if len(fact.activities) > MOST_PARTS:
        return (fact,)
    return tuple(fact.model_copy(update={"activities": (name,)}) for name in fact.activities) or (fact,)


def without(problem: Problem, facts: Collection[Fact]) -> Problem:
    """The problem as if it did not say these facts."""
    names: dict[FactKind, set[str]] = defaultdict(set)
    for fact in facts:
        names[fact.kind] |= set(fact.activities) or {fact.owner}
    fewer = _changed(problem.period_limits, names["period_maximum"], {"maximum": None})
    changes = {
        "links": tuple(
            link for link in problem.links if not {end.activity for end in link.ends} & names["links"]
        ),
        "pools": _changed(problem.pools, names["pool"], {"units": PLENTY, "exceptions": ()}),
        "period_limits": _changed(fewer, names["period_minimum"], {"minimum": None}),
        "partner_limits": _changed(problem.partner_limits, names["partner"], {"max_excess": PLENTY}),
        "calendars": _changed(problem.calendars, names["closures"], {"closures": ()}),
    }
    freer = problem.with_activities(lambda activity: _freer(problem, activity, names))
    return freer.model_copy(update=changes)


Named = TypeVar("Named", AnonymousPool, Calendar, PartnerLimit, PeriodLimit)


def _changed(values: Iterable[Named], names: set[str], changes: dict[str, object]) -> tuple[Named, ...]:
    """The same values, those of some names changed."""
    return tuple(value.model_copy(update=changes) if value.id in names else value for value in values)


def _by_kind(kind: FactKind, activities: Iterable[Activity]) -> list[Fact]:
    found: dict[str, list[str]] = defaultdict(list)
    for activity in activities:
        found[activity.kind].append(activity.id)
    return [Fact(kind=kind, owner=owner, activities=tuple(names)) for owner, names in found.items()]


def _linked(problem: Problem) -> set[str]:
    """Activities at the second end of a link that forbids something."""
    hard = [link for link in problem.links if link.kind in ("lag", "within", "clear")]
    return {link.ends[1].activity for link in hard}


def _freer(problem: Problem, activity: Activity, names: dict[FactKind, set[str]]) -> Activity:
    changes: dict[str, object] = {}
    if activity.id in names["pins"]:
        changes |= _unpinned(activity, names)
    elif activity.id in names["frozen"] and activity.published is not None:
        changes["published"] = activity.published.model_copy(update={"is_frozen": False})
    if activity.id in names["windows"]:
        changes["start_window"] = WeekSpan(first=0, end=problem.num_weeks)
    team = activity.team
    if team is not None and names["quota"]:
        team = _without_quotas(team, names["quota"])
    if team is not None and names["skill"]:
        team = _smaller(team, names["skill"])
    if team is not activity.team:
        changes["team"] = team
    return activity.model_copy(update=changes) if changes else activity


def _unpinned(activity: Activity, names: dict[FactKind, set[str]]) -> dict[str, object]:
    """No pin, and no frozen zone in its place: that is not in force for what is pinned."""
    published = activity.published
    is_held = published is not None and published.is_frozen and activity.id not in names["frozen"]
    return {"pinned_starts": None, "short_notice": True, "published": published if is_held else None}


def _bodies_with_quota(problem: Problem) -> list[str]:
    teams = (activity.team for activity in problem.activities if activity.team is not None)
    return sorted({quota.body for team in teams for quota in team.quotas})


def _without_quotas(team: Team, bodies: set[str]) -> Team:
    return team.model_copy(
        update={"quotas": tuple(quota for quota in team.quotas if quota.body not in bodies)}
    )


def _smaller(team: Team, skills: set[str]) -> Team | None:
    """A team that does without some skills, whoever had those seats; None if nobody is left."""
    places = tuple(place for place in team.places if place.skill not in skills)
    smaller = team.model_copy(
        update={"places": places, "needs_leader": team.needs_leader and LEADER not in skills}
    )
    gone = team.seats() - smaller.seats()
    quotas = (quota.model_copy(update={"minimum": max(0, quota.minimum - gone)}) for quota in team.quotas)
    smaller = smaller.model_copy(update={"quotas": tuple(quotas)})
    members = smaller.members()
    return smaller.model_copy(update={"min_members": min(team.min_members, members)}) if members else None
