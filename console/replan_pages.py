"""`/replans/...`: plans after an event: what is asked for, Prefect's run that looks for them, and what it answers."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import version_there, word_of
from console.forms import Form, go_on, posted, wrong_of
from console.own_part import is_number
from console.rendering import render
from console.replan_answer import REPLAN_STATES, request_of
from models import session
from scheduler.events import Event, load_event
from scheduler.values.errors import Finding, InvalidProblem, WithFindings
from scheduler.values.problem import Problem
from services.days.weeks import day_after
from services.errors import AlreadySo, Objection, Refused
from services.events.replans import event_to_replan
from services.naming.people import names_of_inspectors
from services.plans import plan_store
from services.solves import asked_replans
from services.solves.named_events import with_codes

router = APIRouter()

REPLAN = "replan"
DAY = "Such as 7 April 2006."
PERSON = Field("inspector", "Inspector", "Their name or code.")
ACTIVITY = Field("activity", "Activity", "Its code, as on the page of its area.")
FIRST, LAST = Field("first", "First day", DAY), Field("last", "Last day", DAY)


@dataclass(frozen=True)
class Kind:
    """An event that no log of critical events knows: its words, what is asked of it, and its document.

    `shape` makes from the form's texts and days what `scheduler.events.document` reads.
    """

    words: str
    fields: tuple[Field, ...]
    shape: Callable[[Form], Mapping[str, Any]]


def _span(form: Form) -> dict[str, str]:
    return {"first": _day(form, "first"), "end": day_after(_given_day(form, "last")).isoformat()}


def _given_day(form: Form, name: str) -> date:
    day = form.day(name)
    if day is None:
        raise Refused([Objection(name, "no day is given.", "Give one such as 7 April 2006.", field=name)])
    return day


def _day(form: Form, name: str) -> str:
    return _given_day(form, name).isoformat()


def _number(form: Form, name: str, advice: str, least: int = 0) -> int:
    number = form.number(name)
    if number is None or number < least:
        raise Refused([Objection(name, "this is no number of that kind.", advice, field=name)])
    return number


KINDS = {
    "postponement": Kind(
        "An activity is to begin later",
        (ACTIVITY, Field("not_before", "Not before", DAY)),
        lambda form: {"activity": form.text("activity"), "not_before": _day(form, "not_before")},
    ),
    "absence": Kind(
        "An inspector is away",
        (PERSON, FIRST, LAST, Field("percent", "Per cent still free for reviews", "Blank: none.")),
        lambda form: {
            "inspector": form.text("inspector"),
            "weeks": _span(form),
            "percent_available": _number(form, "percent", "Give one from 0 to 99.")
            if form.text("percent")
            else 0,
        },
    ),
    "resignation": Kind(
        "An inspector leaves",
        (PERSON, Field("from_week", "First day without them", DAY)),
        lambda form: {"inspector": form.text("inspector"), "from_week": _day(form, "from_week")},
    ),
    "conflict": Kind(
        "An inspector may not work in an area any more",
        (PERSON, Field("area", "Area", "Its name or its code.")),
        lambda form: {"inspector": form.text("inspector"), "area": form.text("area")},
    ),
    "closed_weeks": Kind(
        "An area can't be visited for a time",
        (Field("area", "Area", "Its name or its code."), FIRST, LAST, Field("reason", "Why")),
        lambda form: {"area": form.text("area"), "weeks": _span(form), "reason": form.text("reason")},
    ),
    "late_finish": Kind(
        "A stage under way takes longer",
        (ACTIVITY, Field("weeks", "Weeks longer", "Such as 1.")),
        lambda form: {
            "activity": form.text("activity"),
            "weeks": _number(form, "weeks", "Give one such as 2.", 1),
        },
    ),
}


@router.get("/plans/{version}/replan")
def replan_kinds(request: Request, version: str) -> Response:
    """Asks what happened; each kind has a page that asks for its facts."""
    number = version_there(request, version)
    kinds = [(f"/plans/{number}/replan/{name}", kind.words) for name, kind in KINDS.items()]
    with session(context_of(request).engine, read_only=True) as opened:
        requests = asked_replans.latest_requests(opened, plan=number)
    values = {
        "title": "What happened?",
        "plan": number,
        "kinds": kinds,
        "requests": requests,
        "states": REPLAN_STATES,
    }
    return render(request, "replan_kinds.html", values)


@router.get("/plans/{version}/replan/{kind}")
def replan_form(request: Request, version: str, kind: str) -> Response:
    """Asks for the facts of an event."""
    return ask(request, _question(version_there(request, version), kind))


@router.post("/plans/{version}/replan/{kind}")
def ask_for_replan(
    request: Request, version: str, kind: str, form: Annotated[Form, Depends(posted)]
) -> Response:
    """Write the request down, and have Prefect answer it."""
    number = version_there(request, version)
    question = _question(number, kind)

    def event(opened: Session) -> Event:
        problem: Problem = plan_store.load_plan(opened, number).problem
        document = json.dumps({"kind": kind, **KINDS[kind].shape(form)})
        try:
            found = load_event(document, problem.first_monday)
            return with_codes(found, problem, names_of_inspectors(opened))
        except InvalidProblem as error:
            names = {known.name for known in KINDS[kind].fields}
            raise Refused(_on_fields(finding, names) for finding in error.findings) from None

    return _asked(request, number, event, form, question)


def _on_fields(finding: Finding, names: Collection[str]) -> Objection:
    """A finding as one about the field of its name, if there is one."""
    about = finding.place if finding.place in names else ""
    return Objection(finding.place, finding.message, finding.advice, field=about)


@router.post("/events/{number}/replan")
def replan_after_event(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Have the published programme replanned as it was decided about an event."""
    recorded = int(number) if is_number(number) else 0
    version = version_there(request, "published")

    def event(opened: Session) -> Event:
        return event_to_replan(opened, recorded, version, context_of(request).today())

    back = f"/events/{number}"
    nothing = Question("Find plans", f"{back}/replan", back, f"Event {number}", (), (Button("Find plans"),))
    return _asked(request, version, event, form, nothing, recorded=recorded)


@router.post("/replans/{number}/again")
def replan_again(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Search longer for what an earlier replan did not prove; what is found is added."""
    row = request_of(request, number)
    back = f"/replans/{number}"
    nothing = Question("Search longer", f"{back}/again", back, "The answer", (), (Button("Search longer"),))
    return _asked(
        request,
        row.plan_version,
        lambda _opened: asked_replans.event_of(row),
        form,
        nothing,
        recorded=row.event_id,
        again=row.state == asked_replans.DONE,
    )


def _asked(
    request: Request,
    version: int,
    event: Callable[[Session], Event],
    form: Form,
    question: Question,
    *,
    recorded: int | None = None,
    again: bool = False,
) -> Response:
    """Write the request down and start the run that answers it; nothing is kept if no run can be started."""
    context = context_of(request)
    try:
        with session(context.engine) as opened:
            number = asked_replans.ask_for(
                opened, version, event(opened), word_of(request, form), recorded=recorded, again=again
            )
        _start(request, number)
    except AlreadySo as known:
        return go_on(request, question.back, known.on_page())
    except WithFindings as error:
        return ask(request, question, form, wrong_of(error, with_places=True))
    return go_on(request, f"/replans/{number}", "Plans are being looked for; that takes up to a minute.")


def _start(request: Request, number: int) -> None:
    context = context_of(request)
    try:
        context.runs.start(REPLAN, {"number": number})
    except WithFindings:
        with session(context.engine) as opened:
            opened.delete(asked_replans.find_request(opened, number))
        raise


def _question(number: int, name: str) -> Question:
    if name not in KINDS:
        raise HTTPException(404, f"There is no event '{name}'. Choose what happened.")
    address = f"/plans/{number}/replan"
    kind = KINDS[name]
    buttons = (Button("Find plans"),)
    return Question(kind.words, f"{address}/{name}", address, "Something else", kind.fields, buttons)
