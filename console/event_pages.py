"""`/events/new` and `/events/{number}/decide`: a critical event is recorded, and somebody decides about it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.access import may
from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.events_page import event_entry, event_facts
from console.forms import Form, Wrong, change, go_on, posted
from console.visitors import who_asks
from models import session
from services.audit import Word
from services.errors import Objection, Refused
from services.events.deciding import DECISION_WORDS, Decision, Verdict, decide
from services.events.event_log import NewEvent, add_event
from services.naming.areas import find_area
from services.programme import policy_of
from services.shown.of_body import areas_of_body

router = APIRouter()

EVENTS, NEW = "/events", "/events/new"
BY_FORM = (Decision.NONE, Decision.WATCH, Decision.PULL_FORWARD, Decision.SPECIAL_REVIEW)


@router.get("/events/new")
def event_form(request: Request) -> Response:
    """Asks what happened where."""
    return ask(request, _new(request))


@router.post("/events/new")
def record_event(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record an event: its kind and number, never whom it concerned."""
    context, who = context_of(request), who_asks(request)

    def do(opened: Session) -> str:
        if who.only_body is not None:
            code = find_area(opened, form.text("area")).code
            if code not in areas_of_body(opened, context.today(), who.only_body, who.email):
                message = "your body has no part in a review there."
                raise Refused([Objection("area", message, "Name an area of your body's.", field="area")])
        day = form.day("day")
        if day is None:
            advice = "Give the day on which it happened, such as 7 April 2006."
            raise Refused([Objection("day", "no day is given.", advice, field="day")])
        texts = (form.text(name) for name in ("source", "seriousness", "reference"))
        word = Word(who.name, context.now(), context.today())
        event = add_event(opened, NewEvent(form.text("area"), form.text("kind"), day, *texts), word)
        return f"Event {event.id} is recorded. Decide about it."

    return change(request, do, _back(request), lambda wrong: ask(request, _new(request), form, wrong))


@router.get("/events/{number}/decide")
def decision_form(request: Request, number: str) -> Response:
    """Asks what is decided, and why."""
    return ask(request, _decision(request, number))


@router.post("/events/{number}/decide")
def decide_about(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write a decision down; a second one corrects the first."""
    context, who = context_of(request), who_asks(request)
    question = _decision(request, number)
    if form.text("decision") == Decision.SPECIAL_REVIEW:
        return go_on(request, f"{EVENTS}/{number}/special-review")

    def do(opened: Session) -> str:
        weeks = form.number("within")
        if form.text("within") and not weeks:
            raise Refused(
                [Objection("within", "this is no number of weeks.", "Give one such as 12.", field="within")]
            )
        verdict = Verdict(
            form.text("decision"),
            form.text("by"),
            is_correction=bool(form.text("correct-yes")),
            activity=form.text("activity"),
            within_weeks=weeks,
        )
        word = Word(who.name, context.now(), context.today(), form.text("why"))
        decided = decide(opened, int(number), verdict, word)
        if decided.decision is Decision.PULL_FORWARD:
            return f"Event {number}: {decided.activity} is pulled forward. Find the plans that do it."
        return f"Event {number}: {DECISION_WORDS[decided.decision]}."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, question, form, wrong)

    return change(request, do, f"{EVENTS}/{number}", again)


def _new(request: Request) -> Question:
    with session(context_of(request).engine, read_only=True) as opened:
        rules = policy_of(opened).events
    fields = (
        Field("area", "Area", "Its name or its code."),
        Field(
            "kind", "What happened", kind="choice", choices=tuple(rules.kinds.items()), nothing="Choose one"
        ),
        Field("day", "Day on which it happened", "Such as 7 April 2006."),
        Field(
            "seriousness",
            "How serious it is",
            kind="choice",
            choices=tuple(rules.seriousness.items()),
            nothing="Choose one",
        ),
        Field("source", "Who told of it", "A letter, a notification."),
        Field("reference", "Number of the case there", "A number such as SCR/2006/3, never a name."),
    )
    back_to = "Events" if _back(request) == EVENTS else "Back"
    return Question("Record a critical event", NEW, _back(request), back_to, fields, (Button("Record"),))


def _back(request: Request) -> str:
    """The list of events, or the first page of whoever does not see that."""
    return EVENTS if may(who_asks(request), "GET", EVENTS) else "/"


def _decision(request: Request, number: str) -> Question:
    entry = event_entry(request, number)
    choices = tuple((choice.value, DECISION_WORDS[choice].capitalize()) for choice in BY_FORM)
    fields = (
        Field(
            "decision",
            "What is decided",
            "A special review has terms of its own: they are asked on the next page.",
            "choice",
            choices,
            "Choose one",
        ),
        Field("by", "Who decided"),
        Field("why", "Why", kind="words"),
        Field(
            "activity", "What is pulled forward", "An activity's code. Leave it blank for the area's review."
        ),
        Field("within", "Within how many weeks it begins", "Leave it blank for the policy's number."),
        *(
            [Field("correct", "Earlier decision", kind="boxes", choices=(("yes", "Correct it"),))]
            if entry.decisions
            else []
        ),
    )
    return Question(
        f"Decide about event {number}",
        f"/events/{number}/decide",
        EVENTS,
        "Events",
        fields,
        (Button("Record"),),
        event_facts(entry),
    )
