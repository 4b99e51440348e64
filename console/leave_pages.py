"""`/people/{code}/leave`: the days on which somebody is away, entered and withdrawn by themselves or a planner.

No reason of an absence is asked for or kept.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, form_page, posted
from console.own_part import is_number
from console.people_page import person_address
from models import Inspector, session
from reports.words import list_in_words, period_in_words
from services.days.weeks import day_after
from services.errors import NotFound, Objection, Refused
from services.naming.people import find_inspector
from services.plans.leave import Entered, enter_leave, leave_of, withdraw_leave

router = APIRouter()


@router.get("/people/{code:path}/leave")
def leave(request: Request, code: str) -> Response:
    """The leave that is known of somebody, each with a button that takes it back."""
    return _page(request, code)


@router.get("/people/{code:path}/leave/new")
def leave_form(request: Request, code: str) -> Response:
    """Asks for the days."""
    return ask(request, _question(_person(request, code)))


@router.post("/people/{code:path}/leave/new")
def enter(request: Request, code: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Enter it; plans that it upsets are marked as made from older facts."""
    person = _person(request, code)

    def do(opened: Session) -> str:
        first, percent = form.day("first"), form.text("percent") or "0"
        found = []
        if first is None:
            found.append(
                Objection("first", "no day is given.", "Give one such as 7 April 2006.", field="first")
            )
        if not is_number(percent) or int(percent) > 99:
            message = "this is no per cent from 0 to 99."
            found.append(Objection("percent", message, "Leave it blank for none.", field="percent"))
        if found or first is None:
            raise Refused(found)
        last = form.day("last") or first
        word = word_of(request, Form())
        return _told(enter_leave(opened, person.code, first, last, int(percent), word), "entered")

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _question(person), form, wrong)

    return change(request, do, _address(person.code), again)


@router.post("/people/{code:path}/leave/withdraw")
def withdraw(request: Request, code: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Take back the leave that begins on a day."""
    person = _person(request, code)

    def do(opened: Session) -> str:
        first = form.day("first")
        if first is None:
            raise Refused.because("first", "no day is given.", "Choose leave of the list.")
        return _told(withdraw_leave(opened, person.code, first, word_of(request, Form())), "withdrawn")

    return change(request, do, _address(person.code), lambda wrong: _page(request, code, wrong))


def _told(entered: Entered, what: str) -> str:
    line = entered.leave
    said = f"Leave of {line.name}, {period_in_words(line.first_day, day_after(line.last_day))}, is {what}."
    if entered.reviews and what == "entered":
        said += f" They have a place then in {list_in_words(entered.reviews)}."
    if entered.stale:
        versions = list_in_words([str(version) for version in entered.stale])
        said += f" Made from older facts now: plan {versions}."
    return said


def _address(code: str) -> str:
    return f"{person_address(code)}/leave"


def _person(request: Request, code: str) -> Inspector:
    with session(context_of(request).engine, read_only=True) as opened:
        try:
            return find_inspector(opened, code)
        except (NotFound, Refused) as error:
            raise HTTPException(404, str(error)) from error


def _page(request: Request, code: str, wrong: list[Wrong] | None = None) -> Response:
    person, today = _person(request, code), context_of(request).today()
    with session(context_of(request).engine, read_only=True) as opened:
        lines = leave_of(opened, person.code, today)
        places = [line.reviews for line in lines]
    values = {
        "title": f"Leave of {person.name}",
        "person": person,
        "address": _address(person.code),
        "back": person_address(person.code),
        "lines": [
            (line, period_in_words(line.first_day, day_after(line.last_day)), reviews)
            for line, reviews in zip(lines, places, strict=True)
        ],
    }
    return form_page(request, "leave.html", values, Form(), wrong)


def _question(person: Inspector) -> Question:
    fields = (
        Field("first", "First day away", "Such as 7 April 2006."),
        Field("last", "Last day away", "Leave it blank for one day."),
        Field("percent", "Per cent still free for reviews", "Leave it blank for none."),
    )
    address = _address(person.code)
    return Question(
        f"Enter leave of {person.name}",
        f"{address}/new",
        address,
        "Leave",
        fields,
        (Button("Enter the leave"),),
    )
