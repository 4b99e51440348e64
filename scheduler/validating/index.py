"""What a problem names: lookups that survive a wrong problem, names given twice, references to what does not exist."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Protocol, TypeVar

from scheduler.values.errors import Finding
from scheduler.values.problem import Activity, Link, Problem, Stage, StageRef
from scheduler.values.value import LEADER


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The name by which others refer to it."""


T = TypeVar("T", bound=Named)


def by_id(items: Iterable[T]) -> dict[str, T]:
    """The first item of each id."""
    found: dict[str, T] = {}
    for item in items:
        found.setdefault(item.id, item)
    return found


class Index:
    """A problem's parts by name."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.areas = by_id(problem.areas)
        self.activities = by_id(problem.activities)
        self.calendars = by_id(problem.calendars)
        self.tables = by_id(problem.lag_tables)
        self.pools = by_id(problem.pools)
        self.period_kinds = {period.kind for period in problem.periods}

    def stages(self) -> Iterator[tuple[str, Activity, Stage]]:
        """All stages with their place in words."""
        for activity in self.problem.activities:
            for stage in activity.stages:
                yield f"activity {activity.id}, stage {stage.id}", activity, stage

    def stage(self, ref: StageRef) -> Stage | None:
        """The stage a link refers to."""
        activity = self.activities.get(ref.activity)
        return next((s for s in activity.stages if s.id == ref.stage), None) if activity else None


def ends(link: Link) -> tuple[StageRef, StageRef]:
    """The two stages of a link."""
    if link.kind == "lag":
        return link.before, link.after
    if link.kind == "within":
        return link.inner, link.outer
    return link.one, link.other


def link_place(number: int, link: Link) -> str:
    """A link in words; links have no names."""
    first, other = ends(link)
    return f"link {number + 1} ({link.kind}: {first.activity} {first.stage} - {other.activity} {other.stage})"


def seats_of(activity: Activity) -> dict[str, int]:
    """Demanded seats by skill, the leader's included."""
    seats: dict[str, int] = {}
    if activity.team is not None:
        for place in activity.team.places:
            seats[place.skill] = seats.get(place.skill, 0) + place.count
        if activity.team.needs_leader:
            seats[LEADER] = seats.get(LEADER, 0) + 1
    return seats


def listed(names: Iterable[str], most: int = 3) -> str:
    """A few names and how many more there are."""
    found = list(names)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def names_are_unique(index: Index) -> Iterator[Finding]:
    """Every name is given once, an area is there once."""
    problem = index.problem
    groups: tuple[tuple[str, Iterable[Named]], ...] = (
        ("area", problem.areas),
        ("activity", problem.activities),
        ("calendar", problem.calendars),
        ("lag table", problem.lag_tables),
        ("pool", problem.pools),
        ("inspector", problem.inspectors),
        ("period", problem.periods),
        ("period limit", problem.period_limits),
        ("partner limit", problem.partner_limits),
        *((f"activity {activity.id}, stage", activity.stages) for activity in problem.activities),
    )
    for what, items in groups:
        for name, count in Counter(item.id for item in items).items():
            if count > 1:
                yield Finding(
                    f"{what} {name}", f"is there {count} times.", "Remove or rename all but one of them."
                )


def references_exist(index: Index) -> Iterator[Finding]:
    """Whatever is referred to exists: areas, calendars, pools, stages, tables, kinds of periods."""
    problem = index.problem
    for activity in problem.activities:
        yield from _unknown(f"activity {activity.id}", "area", [activity.area], index.areas)
    for place, _, stage in index.stages():
        yield from _unknown(place, "calendar", stage.calendars, index.calendars)
        yield from _unknown(place, "pool", stage.pool_demand, index.pools)
    for inspector in problem.inspectors:
        place = f"inspector {inspector.id}"
        areas = dict.fromkeys((*inspector.conflicts, *inspector.previous_areas))
        yield from _unknown(place, "area", areas, index.areas)
        yield from _unknown(place, "kind of period", inspector.max_reviews, index.period_kinds)
    for limit in problem.period_limits:
        yield from _unknown(f"period limit {limit.id}", "area", limit.areas or (), index.areas)
    for partner in problem.partner_limits:
        yield from _unknown(f"partner limit {partner.id}", "area", partner.areas, index.areas)
    prices = problem.team_prices
    if prices.per_review_over_share:
        yield from _unknown("team prices", "kind of period", [prices.fair_period], index.period_kinds)


def link_references_exist(index: Index) -> Iterator[Finding]:
    """Links refer to stages and tables that exist."""
    for number, link in enumerate(index.problem.links):
        place = link_place(number, link)
        for ref in ends(link):
            if ref.activity not in index.activities:
                yield from _unknown(place, "activity", [ref.activity], index.activities)
            elif index.stage(ref) is None:
                stages = [stage.id for stage in index.activities[ref.activity].stages]
                yield from _unknown(place, f"stage of {ref.activity}", [ref.stage], stages)
        if link.kind == "lag":
            yield from _unknown(place, "lag table", [link.table], index.tables)


def _unknown(place: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    known = sorted(known)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            advice = f"Try '{near[0]}'." if near else "Add it, or correct the name."
            yield Finding(place, f"refers to the {what} '{name}', which does not exist.", advice)
