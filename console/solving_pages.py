"""`/solves/...`: Prefect solves the programme; whoever watches may stop it, and keep its best plan."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from config.profile import load_profile, profile_names
from console.asking import Button, Field, Question, ask, boxes_of
from console.context import context_of
from console.forms import Form, change, go_on, posted, wrong_of
from console.missing import or_404
from console.visitors import who_asks
from models import session
from reports.words import list_in_words, plural
from scheduler.values.errors import WithFindings
from services.errors import Objection, Refused
from services.option_words import SolveOption
from services.solves import solve_runs
from services.solves.solving import MOST_SECONDS

router = APIRouter()

PLANS, NEW = "/plans", "/solves/new"
SOLVE = "solve"
OPTIONS = (
    ("1", "1: review first, then the assessment"),
    ("2", "2: assessment first, then the review"),
    ("3", "3: both at once"),
    ("4", "4: as far apart as possible"),
    ("mixed", "Mixed: for each area the option that suits it best"),
)
LIMITS = (
    ("seconds", "Seconds for the dates of each option"),
    ("teams_seconds", "Seconds for the teams of each option"),
)
"""As the flow calls them."""

assert [value for value, _words in OPTIONS] == [option.value for option in SolveOption]


@router.get("/solves/new")
def solve_form(request: Request) -> Response:
    """Asks under which options, and how thoroughly."""
    return ask(request, _question(), Form({"option-3": "yes", "profile": "standard"}))


@router.post("/solves/new")
def solve(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Ask Prefect for a run; its solves appear among the plans."""
    options, profile = boxes_of(form, "option", OPTIONS), form.text("profile")
    try:
        if not options:
            raise Refused([Objection("options", "none is chosen.", "Tick at least one.", field="option")])
        if profile not in profile_names():
            raise Refused([Objection("profile", "none is chosen.", "Choose one.", field="profile")])
        with session(context_of(request).engine, read_only=True) as opened:
            awaited = solve_runs.newest(opened) + len(options)
        asked = {"options": options, "profile": profile, "who": who_asks(request).name}
        name = context_of(request).runs.start(SOLVE, asked | _limits(form))
    except WithFindings as error:
        return ask(request, _question(), form, wrong_of(error))
    what = f"Option {list_in_words(options)}" if len(options) == 1 else f"Options {list_in_words(options)}"
    return go_on(request, f"{PLANS}?follow={awaited}", f"{what} will be solved by the run '{name}'.")


@router.post("/solves/{number}/stop")
def stop(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Ask a solve to stop and keep its best plan."""
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise HTTPException(404, f"There is no solve {number}. Go to the plans.")

    def do(opened: Session) -> str:
        with or_404():
            run = solve_runs.request_stop(opened, int(number))
        if run.state in solve_runs.ENDED:
            return f"Solve {number} has ended already."
        return f"Solve {number} will stop within seconds; its best plan becomes a draft."

    return change(request, do, f"{PLANS}?follow=yes", lambda wrong: go_on(request, PLANS, wrong[0].text))


def _limits(form: Form) -> dict[str, int]:
    """Seconds that are instead of those of the profile; Refused with every field that is no such number."""
    typed = {name: form.text(name) for name, _label in LIMITS}
    given = {name: form.number(name) for name, text in typed.items() if text}
    advice = f"Give a whole number from 1 to {MOST_SECONDS:,}, or leave it blank."
    wrong = [
        Objection(name, "this is no time limit.", advice, field=name)
        for name, number in given.items()
        if not number or number > MOST_SECONDS
    ]
    if wrong:
        raise Refused(wrong)
    return {name: number for name, number in given.items() if number}


def _question() -> Question:
    profiles = tuple((name, _profile_in_words(name)) for name in profile_names())
    fields = (
        Field("option", "How review and assessment follow each other", kind="boxes", choices=OPTIONS),
        Field("profile", "How thoroughly", kind="choice", choices=profiles, nothing="Choose one"),
        *(
            Field(name, label, "Leave it blank for the limit of what is chosen above.")
            for name, label in LIMITS
        ),
    )
    return Question("Solve the programme", NEW, PLANS, "Plans", fields, (Button("Start"),))


def _profile_in_words(name: str) -> str:
    profile = load_profile(name)
    seconds = profile.dates_seconds + profile.teams_seconds
    return f"{name.capitalize()}: at most {plural(round(seconds), 'second')} for each option"
