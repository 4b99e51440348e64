"""`/people/{code}/place`: an inspector accepts or declines a place that they are offered in a published team."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, change, posted
from console.people_page import person_address
from models import session
from reports.words import capitalised, date_in_words
from services.casework.offered_places import Place, places_in_teams
from services.plans.places import accept_place
from services.solves.declining import decline

router = APIRouter()


@router.get("/people/{code:path}/place")
def place_form(request: Request, code: str, activity: str = "") -> Response:
    """Asks whether they take the place."""
    return ask(request, _question(_place(request, code, activity)), Form({"activity": activity}))


@router.post("/people/{code:path}/place")
def answer(
    request: Request, code: str, form: Annotated[Form, Depends(posted)], activity: str = ""
) -> Response:
    """Write the answer down; who declines says why, and the planner hears of it."""
    place = _place(request, code, activity)

    def do(opened: Session) -> str:
        word = word_of(request, form)
        where = f"the place in {place.activity}, from {date_in_words(place.first_day)}"
        if not form.text("decline"):
            accept_place(opened, place.activity, place.inspector, word)
            return f"{place.name} has accepted {where}."
        decline(opened, place.activity, place.inspector, word)
        return f"{place.name} has declined {where}. The planner is told."

    address = person_address(place.inspector)
    return change(request, do, address, lambda wrong: ask(request, _question(place), form, wrong))


def answer_address(place: Place) -> str:
    """The page on which a place is accepted or declined."""
    return f"{person_address(place.inspector)}/place?{urlencode({'activity': place.activity})}"


def _place(request: Request, code: str, activity: str) -> Place:
    with session(context_of(request).engine, read_only=True) as opened:
        for place in places_in_teams(opened):
            if (place.inspector, place.activity) == (code, activity):
                return place
    raise HTTPException(404, "There is no such place. Go to the page of the inspector.")


def _question(place: Place) -> Question:
    back = person_address(place.inspector)
    state = capitalised(place.state) + (f": {place.why}" if place.why else "")
    facts = (("Area", place.area), ("From", date_in_words(place.first_day)), ("State", state))
    fields = (Field("why", "Why, if you decline it", kind="words"),)
    return Question(
        f"The place in {place.activity}",
        answer_address(place),
        back,
        place.name,
        fields,
        (Button("Accept"), Button("Decline", "decline", is_secondary=True)),
        facts,
    )
