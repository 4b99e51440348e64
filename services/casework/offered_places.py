"""Places in the teams of published activities: offered to whoever the plan names, until they answer (R055)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, select

from models import Activity, Area, Inspector, PlaceAnswer, PlannedStage, TeamPlace
from reports.words import plural
from services.casework.steps import LIVING

OFFERED, ACCEPTED, DECLINED = "offered", "accepted", "declined"


@dataclass(frozen=True)
class Place:
    """A place in the team of a published activity: whose it is, from when, and what they say.

    `state` is offered, accepted or declined; where the dates or the skill changed since somebody answered, the place is
    offered anew. `version` is the plan that the dates of the activity come from.
    """

    activity: str
    area_code: str
    area: str
    skill: str
    inspector: str
    name: str
    body: str
    first_day: date
    state: str
    answered_on: date | None
    why: str
    version: int


def places_in_teams(session: Session, area_code: str | None = None) -> list[Place]:
    """The places in the teams of published activities that are not over, by day and activity."""
    found = _places(session, () if area_code is None else (Activity.area_code == area_code,))
    return sorted(found, key=lambda place: (place.first_day, place.activity, place.skill))


def counted(states: Iterable[str]) -> str:
    """'12 places: 3 accepted, 1 declined, 8 not answered'."""
    found = Counter(states)
    return (
        f"{plural(found.total(), 'place')}: {found[ACCEPTED]} accepted, {found[DECLINED]} declined, "
        f"{found[OFFERED]} not answered"
    )


def declined_places(session: Session) -> list[Place]:
    """Places of the published plan that are still theirs who declined them."""
    codes = select(PlaceAnswer.activity_code).where(PlaceAnswer.state == DECLINED)
    found = _places(session, (col(Activity.code).in_(codes),))
    return [place for place in found if place.state == DECLINED]


def places_of(session: Session, activity: Activity) -> list[Place]:
    """The places in the team of an activity, in the order of its plan; none once it is over or called off."""
    return list(_places(session, (Activity.code == activity.code,)))


def declined_by(session: Session, activity_code: str) -> set[str]:
    """Codes of those who declined a place in an activity, whatever became of its dates."""
    query = select(PlaceAnswer.inspector_code).where(
        PlaceAnswer.activity_code == activity_code, PlaceAnswer.state == DECLINED
    )
    return set(session.exec(query))


def _places(session: Session, wanted: Iterable[ColumnElement[bool] | bool]) -> Iterator[Place]:
    """The places of published activities that are not over and of which all of this holds, by activity and plan."""
    chosen = (col(Activity.state).in_(LIVING), *wanted)
    first_days = _first_days(session, chosen)
    answers = {
        (row.activity_code, row.inspector_code): row
        for row in session.exec(
            select(PlaceAnswer)
            .join(Activity, col(Activity.code) == col(PlaceAnswer.activity_code))
            .where(*chosen)
        )
    }
    query = (
        select(TeamPlace, Inspector, Area.code, Area.name)
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
        .join(Activity, _of_its_plan(TeamPlace))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(*chosen)
        .order_by(col(Activity.code), col(TeamPlace.id))
    )
    for seat, person, area_code, area in session.exec(query).all():
        code = seat.activity_code
        if code not in first_days:
            continue
        row = answers.get((code, person.code))
        holds = row is not None and (row.first_day, row.skill) == (first_days[code], seat.skill)
        yield Place(
            activity=code,
            area_code=area_code,
            area=area,
            skill=seat.skill,
            inspector=person.code,
            name=person.name,
            body=person.body_code,
            first_day=first_days[code],
            state=row.state if row is not None and holds else OFFERED,
            answered_on=row.answered_on if row is not None and holds else None,
            why=row.why if row is not None and holds else "",
            version=seat.plan_version,
        )


def _first_days(session: Session, chosen: Iterable[ColumnElement[bool] | bool]) -> dict[str, date]:
    """The first day of the first stage of each activity, in the plan that holds for it."""
    query = (
        select(PlannedStage.activity_code, func.min(PlannedStage.start_on))
        .join(Activity, _of_its_plan(PlannedStage))
        .where(*chosen)
        .group_by(col(PlannedStage.activity_code))
    )
    return dict(session.exec(query).all())


def _of_its_plan(table: type[TeamPlace] | type[PlannedStage]) -> ColumnElement[bool]:
    """Rows about an activity in the plan that its dates come from."""
    return and_(
        col(Activity.code) == col(table.activity_code), col(Activity.plan_version) == col(table.plan_version)
    )
