"""Lookups that survive a wrong problem: unknown names are None, of double ones the first counts."""

from collections.abc import Iterable, Iterator
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
    one, other = ends(link)
    return f"link {number + 1} ({link.kind}: {one.activity} {one.stage} - {other.activity} {other.stage})"


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


def finding(place: str, message: str, advice: str) -> Finding:
    """One mistake."""
    return Finding(place=place, message=message, advice=advice)
