"""Places in published teams as lines of a table: with the names of skills and bodies, and who could stand in."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from models import Body
from services.casework.offered_places import Place
from services.plans.plan_store import published_version
from services.shown.work_of_teams import skill_names
from services.solves.answered_places import offered
from services.solves.stand_ins import StandIn


@dataclass(frozen=True)
class OfferLine:
    """A place, its skill and the body of whoever it is offered to in words, and those who could take it.

    `is_published` says that the published plan has the place; `is_open` that it can still be given to somebody else
    there, since the activity has not begun.
    """

    place: Place
    skill: str
    body: str
    stand_ins: tuple[StandIn, ...]
    is_published: bool
    is_open: bool


def offer_lines(session: Session, as_of: date) -> list[OfferLine]:
    """Every place in the teams of published activities that are not over, by day and activity (R055)."""
    plan, skills = published_version(session), skill_names(session)
    bodies = dict(session.exec(select(Body.code, Body.name)).all())
    return [
        OfferLine(
            place=line.place,
            skill=skills.get(line.place.skill, line.place.skill),
            body=bodies.get(line.place.body, line.place.body),
            stand_ins=line.stand_ins,
            is_published=(is_published := plan is not None and plan.version == line.place.version),
            is_open=is_published and line.place.first_day >= as_of,
        )
        for line in offered(session)
    ]
