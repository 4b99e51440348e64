"""`/recommendations/...` and `/proposed-actions/...`: what people say of a recommendation and what is done about it."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request

from config.codes import in_name
from console.asking import Button, Choices, Field
from console.context import context_of
from console.follow_up_pages import follow_up_address, recommendation_fields, recommended
from console.forms import Form
from console.saying import DAY_HINT, ON_TODAY, Saying, Subject, add_pages, number_in
from console.visitors import audience_of, who_asks
from models import session
from reports.words import date_in_words
from services.audit import Word
from services.casework.follow_up.monitoring import close_priority, confirm_recommendation
from services.casework.follow_up.proposing import Proposed, begin_action, finish_action, propose_action
from services.casework.follow_up.recommending import change_recommendation, withdraw_recommendation
from services.casework.follow_up.states import State
from services.errors import Objection, Refused
from services.shown.follow_up_forms import ActionForm, RecommendationForm, action_form, recommendation_form

router = APIRouter()

RECOMMENDATION, ACTION = "/recommendations/{recommendation}", "/proposed-actions/{proposed}"
WITHDRAW, BEGUN = "withdraw", "begun"


def _find_recommendation(request: Request) -> Subject[RecommendationForm]:
    context, audience = context_of(request), audience_of(who_asks(request))
    with session(context.engine, read_only=True) as opened:
        number = number_in(request, "recommendation", "recommendation")
        found = recommendation_form(opened, number, context.today(), audience)
    return Subject(
        about=found,
        name=f"recommendation {found.line.number}",
        address=f"/recommendations/{found.line.row}",
        back=_back(request, found),
        back_to="Back" if who_asks(request).only_body is not None else f"Follow-up in {found.of.area}",
        facts=_facts(found),
        roles=found.of.roles,
    )


def _find_action(request: Request) -> Subject[ActionForm]:
    context, audience = context_of(request), audience_of(who_asks(request))
    with session(context.engine, read_only=True) as opened:
        number = number_in(request, "proposed", "action")
        found = action_form(opened, number, context.today(), audience)
    action = found.action
    return Subject(
        about=found,
        name=f"action {action.number}",
        address=f"/proposed-actions/{action.number}",
        back=follow_up_address(found.about.of),
        back_to=f"Follow-up in {found.about.of.area}",
        facts=(
            *_facts(found.about),
            ("Action", action.text),
            ("Who acts", action.owner),
            ("Due", date_in_words(action.due_on)),
        ),
        roles=found.about.of.roles,
    )


def _back(request: Request, found: RecommendationForm) -> str:
    """The page of the area's follow-up; for whoever is only of a body that body's, where its list is."""
    body = who_asks(request).only_body
    return follow_up_address(found.of) if body is None else f"/bodies/{in_name(body)}"


def _facts(found: RecommendationForm) -> Choices:
    line = found.line
    return (
        ("Review", f"{line.activity} in {line.area}"),
        ("Recommendation", line.text),
        ("Owner", "; ".join(line.organisations) or "Nobody yet"),
        ("Monitored by", line.monitor or "Nobody"),
        ("State", line.state.capitalize()),
    )


def _change(opened: Session, found: RecommendationForm, form: Form, word: Word) -> str:
    if form.text(WITHDRAW):
        withdraw_recommendation(opened, found.line.row, word)
        return f"Recommendation {found.line.number} is withdrawn."
    change_recommendation(opened, found.line.row, recommended(found.of, form), word)
    return f"Recommendation {found.line.number} is changed."


def _filled(found: RecommendationForm) -> dict[str, str]:
    line, causes = found.line, {words: code for code, words in found.of.causes}
    shared = {f"others-{in_name(name)}": in_name(name) for name in line.organisations[1:]}
    priority = {"priority-yes": "yes"} if line.is_priority else {}
    return {"text": line.text, "owner": line.owner, "cause": causes.get(line.cause, ""), **shared, **priority}


def _propose(opened: Session, found: RecommendationForm, form: Form, word: Word) -> str:
    due = form.day("due")
    if due is None:
        raise Refused([Objection("due", "no day is given.", "Give one such as 7 April 2006.", field="due")])
    proposed = Proposed(form.text("text"), due, form.text("owner"))
    row = propose_action(opened, found.line.row, proposed, word)
    return f"Action {row.id} is recorded: {row.owner}, by {date_in_words(row.due_on)}."


def _proposed(found: RecommendationForm) -> tuple[Field, ...]:
    nothing = f"The owner: {found.line.owner}" if found.line.owner else "Choose one"
    return (
        Field("text", "What is proposed", kind="words"),
        Field("due", "Day by which it is to be done", DAY_HINT),
        Field("owner", "Who does it", kind="choice", choices=found.of.owners, nothing=nothing),
    )


def _confirm(opened: Session, found: RecommendationForm, _form: Form, word: Word) -> str:
    row = confirm_recommendation(opened, found.line.row, word)
    return f"Recommendation {row.number} is confirmed by {row.confirmed_by}."


def _close(opened: Session, found: RecommendationForm, form: Form, word: Word) -> str:
    by = form.text("activity")
    if not by:
        advice = "Choose the inspection that closes it."
        raise Refused([Objection("activity", "none is chosen.", advice, field="activity")])
    close_priority(opened, found.line.row, by, word)
    return f"Recommendation {found.line.number} is closed by {by}."


def _later(found: RecommendationForm) -> tuple[Field, ...]:
    return (
        Field(
            "activity",
            "Which later inspection closes it",
            kind="choice",
            choices=found.later,
            nothing="Choose one",
        ),
    )


def _done(opened: Session, found: ActionForm, form: Form, word: Word) -> str:
    number, day = found.action.number, form.day("day") or word.as_of
    if form.text(BEGUN):
        begin_action(opened, number, day, word)
        return f"Action {number} has begun."
    finish_action(opened, number, day, form.text("evidence"), word)
    return f"Action {number} is done."


DONE_FIELDS = (
    Field("day", "The day", ON_TODAY),
    Field("evidence", "What shows it", "A document, where it lies."),
)

OF_RECOMMENDATION: tuple[Saying[RecommendationForm], ...] = (
    Saying(
        "change",
        "Change",
        "Change: {}",
        (Button("Change"), Button("Withdraw it", WITHDRAW, is_secondary=True)),
        _change,
        lambda _found: True,
        lambda found: recommendation_fields(found.of),
        why="Why, once it is published or where it is withdrawn",
        filled=_filled,
    ),
    Saying(
        "propose",
        "Propose an action",
        "Propose an action: {}",
        (Button("Record"),),
        _propose,
        lambda found: found.of.is_published,
        _proposed,
        why="Remark",
    ),
    Saying(
        "confirm",
        "Confirm that it is done",
        "Confirm that it is done: {}",
        (Button("Confirm"),),
        _confirm,
        lambda found: found.line.state is State.DONE,
        why="Remark",
    ),
    Saying(
        "close",
        "Close by a later inspection",
        "Close by a later inspection: {}",
        (Button("Close"),),
        _close,
        lambda found: found.line.is_priority and found.line.is_on and found.of.is_published,
        _later,
        why="Remark",
    ),
)
"""What can be said of a recommendation."""

OF_ACTION: tuple[Saying[ActionForm], ...] = (
    Saying(
        "done",
        "Record that it is done",
        "Record that it is done: {}",
        (Button("It is done"), Button("It has begun", BEGUN, is_secondary=True)),
        _done,
        lambda found: found.action.done_on is None,
        lambda _found: DONE_FIELDS,
        why="Why, for a correction",
    ),
)
"""What can be said of a proposed action."""


add_pages(router, RECOMMENDATION, OF_RECOMMENDATION, _find_recommendation)
add_pages(router, ACTION, OF_ACTION, _find_action)
