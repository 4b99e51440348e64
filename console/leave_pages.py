"""`/people/{code}/leave`: the days on which somebody is away, entered and withdrawn by themselves or a planner.

No reason of an absence is asked for or kept.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, form_page, go_on, posted, wrong_of
from console.missing import or_404
from console.own_part import is_number
from console.people_page import person_address
from models import Inspector, session
from reports.words import list_in_words, period_in_words
from scheduler.values.errors import WithFindings
from services.days.weeks import day_after
from services.errors import AlreadySo, Objection, Refused
from services.naming.people import find_inspector
from services.plans.leave import Entered, enter_leave, leave_of, withdraw_leave
from services.solves.leave_clashes import Clash, LookedAt, look_at_leave

router = APIRouter()

LOOKED_AT = "looked_at"
"""The button of whoever has seen what leave would mean."""


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
    """Show what it would mean; once that was looked at, enter it: plans that it upsets are marked as of older facts."""
    person = _person(request, code)

    def do(opened: Session) -> str:
        return _told(enter_leave(opened, person.code, *_typed(form), word_of(request, Form())), "entered")

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _question(person), form, wrong)

    if form.text(LOOKED_AT):
        return change(request, do, _address(person.code), again)
    try:
        with session(context_of(request).engine) as opened:
            found = look_at_leave(opened, person.code, *_typed(form), word_of(request, Form()))
    except AlreadySo as known:
        return go_on(request, _address(person.code), f"{known} Nothing is changed.")
    except WithFindings as error:
        return again(wrong_of(error))
    return ask(request, _consequences(person, found))


def _typed(form: Form) -> tuple[date, date, int]:
    """First day, last day and the per cent still free; Refused with everything that is wrong."""
    first, percent = form.day("first"), form.text("percent") or "0"
    found = []
    if first is None:
        found.append(Objection("first", "no day is given.", "Give one such as 7 April 2006.", field="first"))
    if not is_number(percent) or int(percent) > 99:
        message = "this is no per cent from 0 to 99."
        found.append(Objection("percent", message, "Leave it blank for none.", field="percent"))
    if found or first is None:
        raise Refused(found)
    return first, form.day("last") or first, int(percent)


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
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        return find_inspector(opened, code)


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


def _consequences(person: Inspector, found: LookedAt) -> Question:
    """What was typed, with the places that clash and the plans that become stale; only then it is entered."""
    line, stale = found.entered.leave, found.entered.stale
    days = period_in_words(line.first_day, day_after(line.last_day))
    free = f"{line.percent_available} per cent" if line.percent_available else "Nothing"
    plans = list_in_words([str(version) for version in stale]) if stale else "None"
    hidden = (
        ("first", line.first_day.isoformat()),
        ("last", line.last_day.isoformat()),
        ("percent", str(line.percent_available)),
    )
    clashes = tuple(map(_clash_in_words, found.clashes)) or ("None.",)
    return replace(
        _question(person),
        title=f"What leave of {person.name} would mean",
        fields=(),
        buttons=(Button("Enter the leave", LOOKED_AT),),
        facts=(("Away", days), ("Still free for reviews", free), ("Plans made from older facts then", plans)),
        lists=(("Places that clash", clashes),),
        hidden=hidden,
    )


def _clash_in_words(clash: Clash) -> str:
    if not clash.stand_ins:
        return f"{clash.activity}: nobody else is free for the place while all others stay."
    names = list_in_words([f"{person.name} ({person.km} km)" for person in clash.stand_ins])
    return f"{clash.activity}. Could stand in, the nearest first: {names}."


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
        (Button("Show what it would mean"),),
    )
