"""`/evidence/{need}/...`: what people say of an item of evidence: it came, is complete, is returned, is not needed."""

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from config.codes import in_name
from console.asking import Button, Field
from console.context import context_of
from console.forms import Form
from console.missing import or_404
from console.saying import DAY_HINT, ON_TODAY, Saying, Subject, add_pages, found_by, number_in, open_sayings
from models import Activity, EvidenceNeed, session
from reports.words import date_in_words
from services.audit import Word
from services.casework.evidence import answers
from services.casework.evidence.checklists import Item, checklist
from services.casework.evidence.item_case import Answered
from services.casework.evidence.kept_files import Receipt
from services.casework.evidence.states import ACCEPTED, OPEN, RECEIVED
from services.errors import NotFound, Objection, Refused
from services.naming.steps import find_activity
from services.programme import rules_of

router = APIRouter()

PATH = "/evidence/{need}"
CAME = (
    Field("day", "Day on which it came", ON_TODAY),
    Field(
        "link",
        "Where it is",
        "An address such as https://council.example/plan.pdf. Of what is confidential, none.",
    ),
    Field("pieces", "How many pieces came", "A number, if it is more than one."),
    Field("period", "Period that it is about", "Such as 2004-05."),
)
DUE = Field("day", "Day by which it should be complete", DAY_HINT)
REMARK = "Remark (never the name of a child), or why on their behalf"


def _receive(opened: Session, item: Item, form: Form, word: Word) -> str:
    pieces = form.number("pieces")
    if form.text("pieces") and not pieces:
        raise Refused([Objection("pieces", "this is no number.", "Give one such as 12.", field="pieces")])
    day = form.day("day") or word.as_of
    receipt = Receipt(day, form.text("link"), None, pieces, form.text("period"))
    answered = answers.receive(opened, item.activity, item.item, receipt, word)
    return _told(f"{item.title} is recorded as received.", answered)


def _accept(opened: Session, item: Item, _form: Form, word: Word) -> str:
    return _told(
        f"{item.title} is accepted as complete.", answers.accept(opened, item.activity, item.item, word)
    )


def _give_back(opened: Session, item: Item, form: Form, word: Word) -> str:
    due = form.day("day")
    if due is None:
        raise Refused([Objection("day", "no day is given.", "Give one such as 7 April 2006.", field="day")])
    return _told(f"{item.title} is returned.", answers.give_back(opened, item.activity, item.item, due, word))


def _not_needed(opened: Session, item: Item, _form: Form, word: Word) -> str:
    return _told(f"{item.title} is not needed.", answers.not_needed(opened, item.activity, item.item, word))


def _told(said: str, answered: Answered) -> str:
    return " ".join([said, *answered.warnings])


SAYINGS: tuple[Saying[Item], ...] = (
    Saying(
        "accept",
        "Accept",
        "Accept: {}",
        (Button("Accept"),),
        _accept,
        lambda item: item.state == RECEIVED,
        why=REMARK,
    ),
    Saying(
        "return",
        "Return",
        "Return: {}",
        (Button("Return"),),
        _give_back,
        lambda item: item.state == RECEIVED or (item.state == ACCEPTED and item.met == "handed_in"),
        lambda _item: (DUE,),
        why="What is missing",
    ),
    Saying(
        "receive",
        "Record when it came",
        "It came: {}",
        (Button("Record"),),
        _receive,
        lambda item: item.state in OPEN or item.state == RECEIVED,
        lambda _item: CAME,
        why=REMARK,
    ),
    Saying(
        "not-needed",
        "Not needed",
        "Not needed: {}",
        (Button("Record"),),
        _not_needed,
        lambda item: item.state in OPEN,
    ),
)
"""What can be said of an item, in the order in which the checklists offer it."""


def sayings_of(item: Item) -> list[tuple[str, str]]:
    """What can be said next of an item: the last part of the address, and the words of the link."""
    return open_sayings(SAYINGS, item)


def _find(request: Request) -> Subject[Item]:
    """The line of the checklist for what an activity needs, as it stands now."""
    need, context = number_in(request, "need", "item of evidence"), context_of(request)
    with session(context.engine, read_only=True) as opened:
        item = _item(opened, need, context.today())
        roles = tuple(rules_of(opened).of(find_activity(opened, item.activity)).roles.items())
    return Subject(
        about=item,
        name=item.title,
        address=f"/evidence/{need}",
        back=f"/areas/{in_name(item.area_code)}/evidence",
        back_to=f"Evidence of {item.area}",
        facts=(
            ("Review", f"{item.activity} in {item.area}"),
            ("For", item.step_name),
            ("Asked of", item.asked_of or "nobody"),
            ("Due", date_in_words(item.due_on)),
            ("State", item.status),
        ),
        roles=roles,
    )


def _item(opened: Session, need: int, as_of: date) -> Item:
    row = opened.get(EvidenceNeed, need)
    if row is not None:
        area_code = opened.get_one(Activity, row.activity_id).area_code
        for item in checklist(opened, as_of, area_code):
            if item.number == need:
                return item
    raise NotFound(f"item {need} of evidence", "there is none.", "Go to the area's page.")


@router.get(f"{PATH}/file")
def kept_file(request: Request) -> Response:
    """The file in which it came, to be saved: a browser never opens what an authority handed in."""
    item = found_by(_find, request).about
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        row = answers.kept_file(opened, item.activity, item.item)
        # Its name is whatever its sender called it.
        name = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"}
        return Response(row.content, media_type="application/octet-stream", headers=name)


add_pages(router, PATH, SAYINGS, _find)
