"""Places in the teams of published activities: offered to whoever the plan names, until they answer (R055)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Area, Inspector, PlaceAnswer, PlannedStage, TeamPlace
from services.casework.steps import LIVING

OFFERED, ACCEPTED, DECLINED = "offered", "accepted", "declined"


@dataclass(frozen=True)
class Place:
    """A place in the team of a published activity: whose it is, from when, and what they say.

    `state` is offered, accepted or declined. Where the dates or the skill changed since somebody answered, the place is
    offered anew.
    """

    activity: str
    area: str
    skill: str
    inspector: str
    name: str
    first_day: date
    state: str
    answered_on: date | None
    why: str


def places_in_teams(session: Session, area_code: str | None = None) -> list[Place]:
    """The places in the teams of published activities that are not over, by day and activity."""
    found = [
        place
        for activity, area in _activities(session, area_code)
        for place in places_of(session, activity, area)
    ]
    return sorted(found, key=lambda place: (place.first_day, place.activity, place.skill))


def declined_places(session: Session) -> list[Place]:
    """Places of the published plan that are still theirs who declined them."""
    codes = select(PlaceAnswer.activity_code).where(PlaceAnswer.state == DECLINED)
    query = select(Activity, Area.name).join(Area, col(Area.code) == col(Activity.area_code))
    rows = session.exec(query.where(col(Activity.code).in_(codes))).all()
    found = (place for activity, area in rows for place in places_of(session, activity, area))
    return [place for place in found if place.state == DECLINED]


def declined_by(session: Session, activity_code: str) -> set[str]:
    """Codes of those who declined a place in an activity, whatever became of its dates."""
    query = select(PlaceAnswer.inspector_code).where(
        PlaceAnswer.activity_code == activity_code, PlaceAnswer.state == DECLINED
    )
    return set(session.exec(query))


def _activities(session: Session, area_code: str | None) -> list[tuple[Activity, str]]:
    query = (
        select(Activity, Area.name)
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(col(Activity.state).in_(LIVING), col(Activity.plan_version).is_not(None))
    )
    if area_code is not None:
        query = query.where(Activity.area_code == area_code)
    return list(session.exec(query).all())


def places_of(session: Session, activity: Activity, area: str) -> Iterator[Place]:
    """The places in the team of an activity, in the order of its plan; `area` is the area's name."""
    version = activity.plan_version
    if version is None or activity.state not in LIVING:
        return
    stages = session.exec(
        select(PlannedStage).where(
            PlannedStage.plan_version == version, PlannedStage.activity_code == activity.code
        )
    ).all()
    if not stages:
        return
    first_day = min(stage.start_on for stage in stages)
    answers = {
        row.inspector_code: row
        for row in session.exec(select(PlaceAnswer).where(PlaceAnswer.activity_code == activity.code))
    }
    query = (
        select(TeamPlace, Inspector)
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
        .where(TeamPlace.plan_version == version, TeamPlace.activity_code == activity.code)
        .order_by(col(TeamPlace.id))
    )
    for seat, person in session.exec(query).all():
        row = answers.get(person.code)
        holds = row is not None and (row.first_day, row.skill) == (first_day, seat.skill)
        yield Place(
            activity=activity.code,
            area=area,
            skill=seat.skill,
            inspector=person.code,
            name=person.name,
            first_day=first_day,
            state=row.state if row is not None and holds else OFFERED,
            answered_on=row.answered_on if row is not None and holds else None,
            why=row.why if row is not None and holds else "",
        )
