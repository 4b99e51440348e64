"""Whom an area works with and whom to ask: contact points, partners, and who has which document."""

from dataclasses import dataclass

from sqlmodel import Session

from services.casework.circulation import CirculationList, circulation_lists
from services.casework.contact_points import PointOfActivity, points_of


@dataclass(frozen=True)
class AreaPeople:
    """Contact points by the code of their activity, and the lists of what is circulated."""

    points: dict[str, PointOfActivity]
    lists: tuple[CirculationList, ...]


def people_of_area(session: Session, area_code: str) -> AreaPeople:
    """For the page of an area (R004, R066, R138)."""
    points = points_of(session, area_code)
    lists = circulation_lists(session, area_code)
    return AreaPeople({point.activity: point for point in points}, tuple(lists))
