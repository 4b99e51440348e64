"""`/offers`: the places of published teams, what was answered, and who could take those that were declined."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.desk import assign_address, place_address
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.people_page import person_address
from console.people_views import views_for
from console.place_pages import answer_address
from console.programme_page import area_address
from console.rendering import render
from reports.words import capitalised, date_in_words
from services.casework.offered_places import ACCEPTED, DECLINED, OFFERED, counted
from services.shown.offer_list import OfferLine, offer_lines

router = APIRouter()

STATES = {OFFERED: "Not answered", DECLINED: "Declined", ACCEPTED: "Accepted"}


def _state(line: OfferLine) -> Words:
    place = line.place
    day = [Words(date_in_words(place.answered_on))] if place.answered_on else []
    why = [Words(place.why)] if place.why else []
    answer = Words(
        "Answer for them" if place.state == OFFERED else "Correct the answer", answer_address(place)
    )
    return Words(STATES[place.state], is_late=place.state == DECLINED, more=(*day, *why, answer))


def _stand_ins(line: OfferLine) -> Words:
    if line.place.state == ACCEPTED:
        return Words("")
    first, *more = (*_names(line), *_everybody(line)) or (Words("Nobody"),)
    return Words(first.text, first.href, more=tuple(more))


def _names(line: OfferLine) -> Iterator[Words]:
    """Those who could take a place that was declined, the nearest first."""
    place = line.place
    for person in line.stand_ins:
        address = assign_address(
            place.version, place.activity, place.skill, person.inspector, place.inspector
        )
        yield Words(f"{person.name}, {person.km} km", address if line.is_open else "")
    if place.state == DECLINED and not line.stand_ins:
        yield Words("Nobody is free while all others stay")


def _everybody(line: OfferLine) -> Iterator[Words]:
    place = line.place
    if line.is_published:
        yield Words("Everybody for it", place_address(place.version, place.activity, place.inspector))


OFFERS: Listing[OfferLine] = Listing(
    path="/offers",
    name="Places offered",
    noun=("place", "places"),
    columns=(
        Column(
            "who",
            "Who",
            lambda line: Words(line.place.name, person_address(line.place.inspector)),
            lambda line: line.place.name,
        ),
        Column("body", "Body", lambda line: Words(line.body)),
        Column(
            "area",
            "Area",
            lambda line: Words(
                line.place.area, area_address(line.place.area_code), more=(Words(line.place.activity),)
            ),
            lambda line: line.place.area,
        ),
        Column("place", "Place", lambda line: Words(line.skill)),
        Column(
            "from",
            "From",
            lambda line: Words(date_in_words(line.place.first_day)),
            lambda line: line.place.first_day,
        ),
        Column("state", "Answer", _state, lambda line: _answer(line)),
        Column("stand_ins", "Could stand in", _stand_ins, lambda line: _ranked(line), sorts=False),
    ),
    filters=(
        Filter(
            "state",
            "Answer",
            "All answers",
            lambda line: [(line.place.state, STATES[line.place.state])],
        ),
        Filter("area", "Area", "All areas", lambda line: [(line.place.area_code, line.place.area)]),
        Filter("body", "Body", "All bodies", lambda line: [(line.place.body, line.body)]),
    ),
    found_by=lambda line: f"{line.place.name} {line.place.inspector} {line.place.area} {line.place.activity}",
    order="from",
    search_label="Name, area or activity",
)


def _answer(line: OfferLine) -> str:
    """For a file: the answer, and why."""
    return ": ".join(filter(None, (STATES[line.place.state], line.place.why)))


def _ranked(line: OfferLine) -> str:
    return "; ".join(f"{person.name} ({person.inspector}), {person.km} km" for person in line.stand_ins)


@router.get("/offers", response_class=HTMLResponse)
def all_offers(request: Request) -> HTMLResponse:
    """Every place in a published team, searched and filtered as the address says."""
    lines = kept(request, offer_lines)
    values = {
        "title": capitalised(counted(line.place.state for line in lines))
        if lines
        else "No places offered yet",
        "frame": frame(OFFERS, asked_of(request, OFFERS), lines),
        "num_rows": len(lines),
        "views": views_for(request),
    }
    return render(request, "offers.html", values)


add_file(router, OFFERS, lambda request: kept(request, offer_lines))
