"""Use case: somebody declines a place in a team, and the planner hears of it with those who could stand in."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlmodel import Session

from reports.words import date_in_words, plural
from services.audit import Word
from services.casework.offered_places import Place
from services.messages.alerts import Alert, tell_operations
from services.plans.places import decline_place
from services.solves.stand_ins import StandIn, stand_ins_for


class Declined(NamedTuple):
    """A place that was declined, and those who could take it, the nearest first."""

    place: Place
    stand_ins: tuple[StandIn, ...]


def decline(session: Session, activity: str, person: str, word: Word) -> Declined:
    """Decline a place for somebody; a message to operations, who plan, goes out with the next ones (R055).

    Raises
    ------
    Refused
        Without a reason, or if they have no place there.
    """
    place = decline_place(session, activity, person, word)
    found = stand_ins_for(session, place.activity, place.inspector)
    event = f"{place.activity} {place.inspector} {place.first_day} {word.at}"
    subject = f"{place.area}, {place.name}"
    alert = Alert("declined", subject, "", event, tuple(_details(place, found)))
    tell_operations(session, alert, word.as_of, word.at)
    return Declined(place, found)


def _details(place: Place, stand_ins: tuple[StandIn, ...]) -> Iterator[str]:
    words = place.skill.replace("_", " ")
    yield f"{place.name} ({place.inspector}) does not take the place '{words}' in {place.activity}, {place.area},"
    yield f"which begins on {date_in_words(place.first_day)}. Why: {place.why.rstrip('.')}."
    yield ""
    if not stand_ins:
        yield "Nobody else is free for it while all others stay."
        return
    yield "These could stand in, the nearest first:"
    yield ""
    for person in stand_ins:
        reviews = plural(person.other_reviews, "other review")
        yield f"- {person.name} ({person.inspector}), {person.body}: {person.km} km from home, {reviews}"
