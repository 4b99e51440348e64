"""Places in published teams with what was answered, and who could take those that were declined (R055)."""

from dataclasses import dataclass

from sqlmodel import Session

from services.casework.offered_places import DECLINED, Place, places_in_teams
from services.solves.stand_ins import StandIn, StandIns


@dataclass(frozen=True)
class Offered:
    """A place, and those who could take it where it was declined, the nearest first."""

    place: Place
    stand_ins: tuple[StandIn, ...] = ()


def offered(session: Session, area_code: str | None = None) -> list[Offered]:
    """Every place in the published teams of all areas or one, by day and activity."""
    found = StandIns(session)
    return [
        Offered(place, found.of(place.activity, place.inspector) if place.state == DECLINED else ())
        for place in places_in_teams(session, area_code)
    ]
