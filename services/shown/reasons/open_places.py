"""The places that stay open in a plan after an event, and who could stand in, in sentences."""

from collections.abc import Iterator

from reports.words import capitalised, list_in_words, plural
from scheduler.people.roster import WhyNot
from scheduler.replanning.lacks import OpenPlace, StandIn
from scheduler.replanning.result import Choice
from services.naming.names import Names


def open_place_lines(names: Names, choice: Choice) -> Iterator[str]:
    """Each open place with its weeks and those who could fill it, the best first."""
    for place in choice.open_places:
        yield _place(names, place)
        for person in place.stand_ins:
            yield f"  {stand_in(names, person)}"


def stand_in(names: Names, person: StandIn) -> str:
    """Somebody who could fill a seat, and what stands in the way."""
    who = f"{capitalised(names.skill(person.skill))}: {names.person(person.inspector)}"
    why = "is free" if person.hindrance is None else _hindrance(names, person.hindrance)
    return f"{who} {why} ({person.km} km)."


def _place(names: Names, place: OpenPlace) -> str:
    count = "" if place.count == 1 else f" ({plural(place.count, 'place')})"
    what = f"{capitalised(names.activity(place.activity))} lacks {names.skill(place.skill)}{count}"
    who = "Who could stand in:" if place.stand_ins else "Nobody else has the skill and may work there."
    return f"{what}, {names.span(place.weeks)}. {who}"


def _hindrance(names: Names, found: WhyNot) -> str:
    reviews = list_in_words([names.activity(name) for name in found.activities])
    why = {
        "busy": f"works on {reviews}, or rests after it",
        "away": f"is away ({names.weeks(found.weeks)})" if found.weeks else "is away",
        "at_maximum": f"has reached the maximum of reviews in {found.period}",
        "drafting": "drafts as many reports as a leader may",
        "not_trained": "is not trained yet",
    }
    return why.get(found.why, "may not come")
