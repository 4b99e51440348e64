"""Who was in which team in each plan that was published, and the number that an event has in a calendar because of it.

Feeds and messages give their events this one number: a calendar takes a change, and a cancellation too, only under a
higher one than before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Inspector, PlanVersion, TeamPlace
from scheduler.values.value import LEADER
from services import audit


@dataclass(frozen=True)
class Seat:
    """A place of a team; without a person it is uncovered."""

    skill: str
    person: Inspector | None


Matches = Callable[[Seat], bool]
"""Whether a seat is one of those whose calendar it is."""


@dataclass(frozen=True)
class TeamHistory:
    """Activities with one of those in the team, in each published plan that has the activity at all."""

    published: tuple[frozenset[str], ...] = ()
    held: tuple[frozenset[str], ...] = ()

    @property
    def ever(self) -> frozenset[str]:
        """Activities in which one of those was at some time."""
        return frozenset[str]().union(*self.held)

    def changes(self, activity: str) -> int:
        """How often they left its team or came back, since the first of them was in it."""
        known = [
            activity in held
            for published, held in zip(self.published, self.held, strict=True)
            if activity in published
        ]
        since = known[known.index(True) :] if True in known else []
        return sum(before != after for before, after in pairwise(since))


class PublishedTeams:
    """The teams of all published plans, read once, in the order in which they were published."""

    def __init__(self, session: Session) -> None:
        self._versions = _publications(session)
        query = (
            select(TeamPlace, Inspector)
            .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code), isouter=True)
            .where(col(TeamPlace.plan_version).in_(set(self._versions)))
        )
        self._seats: dict[int, list[tuple[str, Seat]]] = {version: [] for version in self._versions}
        for place, person in session.exec(query):
            self._seats[place.plan_version].append((place.activity_code, Seat(place.skill, person)))
        planned = {
            version: frozenset(code for code, _seat in seats) for version, seats in self._seats.items()
        }
        self._published = tuple(planned[version] for version in self._versions)

    def history(self, matches: Matches) -> TeamHistory:
        """When some had seats of these teams."""
        held = {
            version: frozenset(code for code, seat in seats if matches(seat))
            for version, seats in self._seats.items()
        }
        return TeamHistory(self._published, tuple(held[version] for version in self._versions))


def as_leader(matches: Matches) -> Matches:
    """The same people where they lead."""
    return lambda seat: seat.skill == LEADER and matches(seat)


def is_team_week(framework: Framework, step_id: str) -> bool:
    """Whether the team of an activity is at work in a step."""
    return any(stage.id == step_id and stage.uses_team for stage in framework.stages)


def concerns_members(framework: Framework, step_id: str, roles: Iterable[str]) -> bool:
    """Whether a step in which these roles act or are told of something concerns every member of a team."""
    return is_team_week(framework, step_id) or not set(framework.team_roles[1:]).isdisjoint(roles)


def concerns_leader(framework: Framework, roles: Iterable[str]) -> bool:
    """Whether it concerns the leader, in that role."""
    return not set(framework.team_roles[:1]).isdisjoint(roles)


def event_number(activity: Activity, changes: int) -> int:
    """The number of an event in a calendar: it rises with the activity's dates and standing, and with its team.

    Parameters
    ----------
    changes
        How often those whose calendar it is left the team or came back (`TeamHistory.changes`).
    """
    return activity.revision + changes


def _publications(session: Session) -> list[int]:
    """Versions in the order of their publications; one that was published twice is there twice."""
    told = audit.published_versions(session)
    query = select(PlanVersion.version).where(col(PlanVersion.status).in_(["published", "superseded"]))
    known = [version for version in session.exec(query.order_by(col(PlanVersion.version))) if version]
    return [*(version for version in known if version not in told), *told]
