"""`/evidence/{need}/...`: what people say of an item of evidence: it came, is complete, is returned, is not needed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from config.codes import in_name
from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.forms import Form, change, posted
from console.own_part import is_number
from console.visitors import who_asks
from models import Activity, EvidenceNeed, session
from reports.words import date_in_words
from services.audit import Word
from services.casework.account_words import MAY_SPEAK_FOR_OTHERS, speaker
from services.casework.evidence import answers
from services.casework.evidence.checklists import Item, checklist
from services.casework.evidence.item_case import Answered
from services.casework.evidence.kept_files import Receipt
from services.errors import Objection, Refused
from services.naming.steps import find_activity
from services.programme import rules_of

router = APIRouter()

DAY = Field("day", "Day on which it came", "Such as 7 April 2006. Leave it blank for today.")
LINK = Field(
    "link",
    "Where it is",
    "An address such as https://council.example/plan.pdf. Of what is confidential, none.",
)
PIECES = Field("pieces", "How many pieces came", "A number, if it is more than one.")
PERIOD = Field("period", "Period that it is about", "Such as 2004-05.")
NOTE = Field("why", "Remark", "Never the name of a child.", kind="words")
WHY = Field("why", "Why", kind="words")
MISSING = Field("why", "What is missing", kind="words")
DUE = Field("day", "Day by which it should be complete", "Such as 7 April 2006.")


@dataclass(frozen=True)
class Page:
    """What a page about an item is called, what it asks, and what it says when it is done."""

    title: str
    button: str
    fields: tuple[Field, ...]
    said: str


PAGES = {
    "receive": Page(
        "It came: {}", "Record", (DAY, LINK, PIECES, PERIOD, NOTE), "{} is recorded as received."
    ),
    "accept": Page("Accept: {}", "Accept", (NOTE,), "{} is accepted as complete."),
    "return": Page("Return: {}", "Return", (MISSING, DUE), "{} is returned."),
    "not-needed": Page("Not needed: {}", "Record", (WHY,), "{} is not needed."),
}


@router.get("/evidence/{need}/{action}")
def evidence_form(request: Request, need: str, action: str) -> Response:
    """Asks what there is to say of an item."""
    page, item = _page(action), _item(request, need)
    return ask(request, _question(request, need, action, page, item))


@router.post("/evidence/{need}/{action}")
def say_of_evidence(
    request: Request, need: str, action: str, form: Annotated[Form, Depends(posted)]
) -> Response:
    """Say it, and return to the checklists of the area."""
    page, item = _page(action), _item(request, need)
    context, who = context_of(request), who_asks(request)

    def do(opened: Session) -> str:
        for_whom = form.text("on_behalf_of")
        name = speaker(opened, who, for_whom)
        word = Word(name, context.now(), context.today(), form.text("why"), for_whom)
        answered = SAYINGS[action](opened, item, form, word)
        return " ".join([page.said.format(item.title), *answered.warnings])

    question = _question(request, need, action, page, item)
    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


def _receive(opened: Session, item: Item, form: Form, word: Word) -> Answered:
    pieces = form.number("pieces")
    if form.text("pieces") and not pieces:
        raise Refused([Objection("pieces", "this is no number.", "Give one such as 12.", field="pieces")])
    day = form.day("day") or word.as_of
    receipt = Receipt(day, form.text("link"), None, pieces, form.text("period"))
    return answers.receive(opened, item.activity, item.item, receipt, word)


def _give_back(opened: Session, item: Item, form: Form, word: Word) -> Answered:
    due = form.day("day")
    if due is None:
        raise Refused([Objection("day", "no day is given.", "Give one such as 7 April 2006.", field="day")])
    return answers.give_back(opened, item.activity, item.item, due, word)


SAYINGS: dict[str, Callable[[Session, Item, Form, Word], Answered]] = {
    "receive": _receive,
    "accept": lambda opened, item, _form, word: answers.accept(opened, item.activity, item.item, word),
    "return": _give_back,
    "not-needed": lambda opened, item, _form, word: answers.not_needed(
        opened, item.activity, item.item, word
    ),
}


def _page(action: str) -> Page:
    if action not in PAGES:
        raise HTTPException(404, f"Nothing can be said of evidence under '{action}'. Go to the area's page.")
    return PAGES[action]


def _item(request: Request, need: str) -> Item:
    """The line of the checklist for what an activity needs; 404 if there is none."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        row = opened.get(EvidenceNeed, int(need)) if is_number(need) else None
        if row is not None:
            activity = opened.get_one(Activity, row.activity_id)
            for item in checklist(opened, context.today(), activity.area_code):
                if (item.activity, item.item) == (activity.code, row.item):
                    return item
    raise HTTPException(404, f"There is no item {need} of evidence. Go to the area's page.")


def _question(request: Request, need: str, action: str, page: Page, item: Item) -> Question:
    facts = [
        ("Review", f"{item.activity} in {item.area}"),
        ("For", item.step_name),
        ("Asked of", item.asked_of or "nobody"),
        ("Due", date_in_words(item.due_on)),
        ("State", item.status),
    ]
    return Question(
        title=page.title.format(item.title),
        address=f"/evidence/{need}/{action}",
        back=f"/areas/{in_name(item.area_code)}/evidence",
        back_to=f"Evidence of {item.area}",
        fields=(*page.fields, *_for_others(request, item)),
        buttons=(Button(page.button),),
        facts=tuple(facts),
    )


def _for_others(request: Request, item: Item) -> tuple[Field, ...]:
    """Where it is somebody else's to say: the role that was asked, for whoever may speak for others."""
    if not who_asks(request).is_one_of(MAY_SPEAK_FOR_OTHERS):
        return ()
    with session(context_of(request).engine, read_only=True) as opened:
        rules = rules_of(opened)
        framework = rules.of(find_activity(opened, item.activity))
        roles = tuple((role, words) for role, words in framework.roles.items())
    nothing = "Nobody: I say it in my own name"
    return (Field("on_behalf_of", "On behalf of", "Then say why above.", "choice", roles, nothing),)
