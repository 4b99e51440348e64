"""Places in published teams: offered to whoever the plan names, accepted, or declined with a reason (R055).

The next plan gives nobody a place in a review again that they declined.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Area, Inspector, PlaceAnswer, PlannedStage, TeamPlace
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.steps import LIVING
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.people import find_inspector
from services.naming.steps import find_activities
from services.plans.staleness import facts_may_change

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
        place for activity, area in _activities(session, area_code) for place in _of(session, activity, area)
    ]
    return sorted(found, key=lambda place: (place.first_day, place.activity, place.skill))


def declined_places(session: Session) -> list[Place]:
    """Places of the published plan that are still theirs who declined them."""
    codes = select(PlaceAnswer.activity_code).where(PlaceAnswer.state == DECLINED)
    query = select(Activity, Area.name).join(Area, col(Area.code) == col(Activity.area_code))
    rows = session.exec(query.where(col(Activity.code).in_(codes))).all()
    found = (place for activity, area in rows for place in _of(session, activity, area))
    return [place for place in found if place.state == DECLINED]


def accept_place(session: Session, activity: str, person: str, word: Word) -> Place:
    """Somebody takes the place that they are offered; again after having declined it."""
    return _answer(session, activity, person, ACCEPTED, word)


def decline_place(session: Session, activity: str, person: str, word: Word) -> Place:
    """Somebody does not take the place; the word's note says why. The planner finds somebody else.

    Raises
    ------
    Refused
        Without a reason, or if they have no place there.
    """
    return _answer(session, activity, person, DECLINED, word)


def declined_by(session: Session, activity_code: str) -> set[str]:
    """Codes of those who declined a place in an activity, whatever became of its dates."""
    query = select(PlaceAnswer.inspector_code).where(
        PlaceAnswer.activity_code == activity_code, PlaceAnswer.state == DECLINED
    )
    return set(session.exec(query))


def _answer(session: Session, text: str, person: str, state: str, word: Word) -> Place:
    inspector = find_inspector(session, person)
    activity = _activity_of(session, text, inspector)
    place = next(found for found in _of(session, activity, "") if found.inspector == inspector.code)
    name = f"{activity.code} {place.skill}"
    if place.state == state and word.note in ("", place.why):
        message = f"{inspector.name} {state} it on {date_in_words(place.answered_on or word.as_of)}."
        raise AlreadySo.because(name, message)
    if state == DECLINED and not word.note.strip():
        raise Refused.because(name, "declining this needs a reason.", "Say why: --why TEXT.")
    query = select(PlaceAnswer).where(
        PlaceAnswer.activity_code == activity.code, PlaceAnswer.inspector_code == inspector.code
    )
    row = session.exec(query).one_or_none() or PlaceAnswer(
        activity_code=activity.code,
        inspector_code=inspector.code,
        skill=place.skill,
        first_day=place.first_day,
        state=state,
        answered_on=word.as_of,
        said_by=word.who,
    )
    with facts_may_change(session, "Somebody answered for a place.", word.who, word.at, word.as_of):
        row.skill, row.first_day, row.state = place.skill, place.first_day, state
        row.answered_on, row.said_by, row.why = word.as_of, word.who, word.note
        session.add(row)
    after = {"inspector": inspector.code, "state": state}
    before = {"inspector": inspector.code, "state": place.state}
    audit.record_word(session, word, "answer for place", name, before=before, after=after)
    area = session.get_one(Area, activity.area_code)
    return next(found for found in _of(session, activity, area.name) if found.inspector == inspector.code)


def _activity_of(session: Session, text: str, inspector: Inspector) -> Activity:
    """The activity that a text names in whose team somebody has a place."""
    with_place = [
        activity
        for activity in find_activities(session, text)
        if any(place.inspector == inspector.code for place in _of(session, activity, ""))
    ]
    if not with_place:
        advice = "See the places: jarcycle offers --all."
        raise NotFound(text, f"{inspector.name} has no place in a published team there.", advice)
    if len(with_place) > 1:
        codes = ", ".join(activity.code for activity in with_place)
        raise Refused([Objection(text, "they have several places there.", f"Name one of them: {codes}.")])
    return locked(session, col(Activity.id) == with_place[0].id)


def _activities(session: Session, area_code: str | None) -> list[tuple[Activity, str]]:
    query = (
        select(Activity, Area.name)
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(col(Activity.state).in_(LIVING), col(Activity.plan_version).is_not(None))
    )
    if area_code is not None:
        query = query.where(Activity.area_code == area_code)
    return list(session.exec(query).all())


def _of(session: Session, activity: Activity, area: str) -> Iterator[Place]:
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
