"""What people say of the places that they are offered in teams: accepted, or declined with a reason (R055).

The next plan gives nobody a place in a review again that they declined.
"""

from sqlmodel import Session, col, select

from models import Activity, Inspector, PlaceAnswer
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.offered_places import ACCEPTED, DECLINED, Place, places_of
from services.doors import OFFERS, SAY_WHY
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.people import find_inspector
from services.naming.steps import find_activities
from services.plans.staleness import facts_may_change


def accept_place(session: Session, activity: str, person: str, word: Word) -> Place:
    """Somebody takes the place that they are offered, also after having declined it; AlreadySo if they have it."""
    return _answer(session, activity, person, ACCEPTED, word)


def decline_place(session: Session, activity: str, person: str, word: Word) -> Place:
    """Somebody does not take the place; the word's note says why. The planner finds somebody else.

    Raises
    ------
    AlreadySo
        If they have declined it.
    Refused
        Without a reason, or if they have no place there.
    """
    return _answer(session, activity, person, DECLINED, word)


def _answer(session: Session, text: str, person: str, state: str, word: Word) -> Place:
    inspector = find_inspector(session, person)
    activity = _activity_of(session, text, inspector)
    place = next(found for found in places_of(session, activity) if found.inspector == inspector.code)
    name = f"{activity.code} {place.skill}"
    if place.state == state and word.note in ("", place.why):
        message = f"{inspector.name} {state} it on {date_in_words(place.answered_on or word.as_of)}."
        raise AlreadySo.because(name, message)
    if state == DECLINED and not word.note.strip():
        message = "declining this needs a reason."
        raise Refused([Objection(name, message, SAY_WHY, field="why")])
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
    return next(found for found in places_of(session, activity) if found.inspector == inspector.code)


def _activity_of(session: Session, text: str, inspector: Inspector) -> Activity:
    """The activity that a text names in whose team somebody has a place."""
    with_place = [
        activity
        for activity in find_activities(session, text)
        if any(place.inspector == inspector.code for place in places_of(session, activity))
    ]
    if not with_place:
        advice = OFFERS.advise("See the places")
        raise NotFound(text, f"{inspector.name} has no place in a published team there.", advice)
    if len(with_place) > 1:
        codes = ", ".join(activity.code for activity in with_place)
        raise Refused([Objection(text, "they have several places there.", f"Name one of them: {codes}.")])
    return locked(session, col(Activity.id) == with_place[0].id)
