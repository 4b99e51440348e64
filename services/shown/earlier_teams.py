"""Who was in which team in each plan that was published, one after the other: what a calendar has to take back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlmodel import Session, col, select

from models import Inspector, PastSeat, PlanVersion, TeamPlace
from scheduler.values.value import LEADER
from services import audit
from services.shown.shown_plan import Seat, Selection

Matches = Callable[[Seat], bool]
"""Whether a seat is one of those whose calendar it is."""


def matching(selection: Selection) -> Matches | None:
    """Whose calendar a selection makes: a person's, a leader's or a body's; None for everybody's."""
    if selection.who is not None:
        return lambda seat: _code(seat) == selection.who
    if selection.leader is not None:
        return lambda seat: seat.skill == LEADER and _code(seat) == selection.leader
    if selection.body is not None:
        return lambda seat: seat.person is not None and seat.person.body_code == selection.body
    return None


@dataclass(frozen=True)
class TeamHistory:
    """Activities with one of those in the team, in each published plan that has the activity at all."""

    published: tuple[frozenset[str], ...]
    held: tuple[frozenset[str], ...]

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


def team_history(session: Session, matches: Matches) -> TeamHistory:
    """The teams of all published plans, in the order in which they were published."""
    versions = _publications(session)
    query = (
        select(TeamPlace, Inspector)
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code), isouter=True)
        .where(col(TeamPlace.plan_version).in_(set(versions)))
    )
    planned: dict[int, set[str]] = {version: set() for version in versions}
    held: dict[int, set[str]] = {version: set() for version in versions}
    for place, person in session.exec(query):
        planned[place.plan_version].add(place.activity_code)
        if matches(Seat(place.skill, person)):
            held[place.plan_version].add(place.activity_code)
    return TeamHistory(
        tuple(frozenset(planned[version]) for version in versions),
        tuple(frozenset(held[version]) for version in versions),
    )


def worked_until(session: Session, version: int, matches: Matches) -> dict[str, date]:
    """Until when one of those worked in a review under way, of those that a plan says have left, by activity."""
    query = (
        select(PastSeat, Inspector)
        .join(Inspector, col(Inspector.code) == col(PastSeat.inspector_code))
        .where(PastSeat.plan_version == version)
    )
    found: dict[str, date] = {}
    for seat, person in session.exec(query):
        if matches(Seat(seat.skill, person)):
            found[seat.activity_code] = max(seat.until_on, found.get(seat.activity_code, seat.until_on))
    return found


def _publications(session: Session) -> list[int]:
    """Versions in the order of their publications; one that was published twice is there twice."""
    told = audit.published_versions(session)
    query = select(PlanVersion.version).where(col(PlanVersion.status).in_(["published", "superseded"]))
    known = [version for version in session.exec(query.order_by(col(PlanVersion.version))) if version]
    return [*(version for version in known if version not in told), *told]


def _code(seat: Seat) -> str | None:
    return None if seat.person is None else seat.person.code
