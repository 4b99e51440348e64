"""`/plans/{version}/move`, `swap` and `assign`: what a change by hand would mean, and then the draft."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.desk import activity_address, version_there, word_of
from console.forms import Form, Wrong, form_page, go_on, posted, wrong_of
from models import session
from reports.words import capitalised
from scheduler.values.errors import WithFindings
from services.audit import Word
from services.doors import on_page
from services.plans import assigning, moving
from services.plans.by_hand import ByHand, keep
from services.plans.moving import Wish
from services.shown.consequence_tables import broken_lines, change_tables, first_lines, told_line, told_table

router = APIRouter()


@router.get("/plans/{version}/move")
def move_page(
    request: Request, version: str, code: str = "", week: str = "", other: str = "", to: str = ""
) -> Response:
    """What a move, with the swap that is offered, would mean; nothing is stored."""
    asked = Form({"code": code, "week": week, "other": other, "to": to})
    return _consequences(request, version, "move", asked)


@router.post("/plans/{version}/move")
def move(request: Request, version: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Keep it as a draft."""
    return _kept(request, version, "move", form)


@router.get("/plans/{version}/swap")
def swap_page(request: Request, version: str, code: str = "", other: str = "") -> Response:
    """What it would mean that two activities exchange their weeks; nothing is stored."""
    return _consequences(request, version, "swap", Form({"code": code, "other": other}))


@router.post("/plans/{version}/swap")
def swap(request: Request, version: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Keep it as a draft."""
    return _kept(request, version, "swap", form)


@router.get("/plans/{version}/assign")
def assign_page(
    request: Request, version: str, code: str = "", place: str = "", person: str = "", instead: str = ""
) -> Response:
    """What it would mean that somebody gets a place; nothing is stored."""
    asked = Form({"code": code, "place": place, "person": person, "instead": instead})
    return _consequences(request, version, "assign", asked)


@router.post("/plans/{version}/assign")
def assign(request: Request, version: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Keep it as a draft."""
    return _kept(request, version, "assign", form)


def _consequences(
    request: Request, version: str, action: str, asked: Form, error: WithFindings | None = None
) -> Response:
    """The page that shows what a change means before it is made."""
    context, number = context_of(request), version_there(request, version)
    made: ByHand | None = None
    found = [] if error is None else wrong_of(error, with_places=True)
    if not found:
        try:
            with session(context.engine) as opened:
                made = CHANGES[action](opened, number, asked, word_of(request, asked))
                opened.rollback()
        except WithFindings as refused:  # what is so already, too
            found = wrong_of(refused, with_places=True)
    way = Way(
        f"/plans/{number}/{action}", activity_address(number, asked.text("code")), "Back to the activity"
    )
    return change_page(request, way, asked, made, found)


@dataclass(frozen=True)
class Way:
    """Where a change goes when it is kept, and where one goes back to, with words for that."""

    address: str
    back: str
    back_to: str
    other: str = "Choose another week or person"


def change_page(
    request: Request, way: Way, asked: Form, made: ByHand | None, found: list[Wrong] | None = None
) -> Response:
    """What a change by hand would mean, with the button that keeps it; without one, why there is none."""
    values: dict[str, Any] = {
        "title": "What it would mean",
        "way": way,
        "asked": {name: value for name, value in asked.values.items() if name not in ("why",)},
        "is_shown": made is not None,
    }
    if made is not None:
        told = told_table(made)
        values |= {
            "title": capitalised(made.what.removeprefix("By hand: ").rstrip(".")),
            "version": made.source.version,
            "lines": list(first_lines(made))[1:],
            "tables": [*change_tables(made), *([told] if told is not None else [])],
            "broken": [on_page(line) for line in broken_lines(made)],
            "told": told_line(made),
        }
    return form_page(request, "desk_change.html", values, asked, found)


def _kept(request: Request, version: str, action: str, form: Form) -> Response:
    """Store the draft, and go to it."""
    context, number = context_of(request), version_there(request, version)
    try:
        with session(context.engine) as opened:
            word = word_of(request, form)
            made = CHANGES[action](opened, number, form, word)
            draft = keep(opened, made, word)
    except WithFindings as error:
        return _consequences(request, version, action, form, error)
    return go_on(request, activity_address(draft, form.text("code")), draft_line(draft, number))


def draft_line(draft: int, source: int) -> str:
    """What was done, and that nothing is lost."""
    return f"Plan {draft} is a draft, made from plan {source}. Plan {source} is as it was."


def _moved(opened: Session, version: int, form: Form, word: Word) -> ByHand:
    wishes = [Wish(form.text("code"), form.day("week") or word.as_of)]
    if form.text("other"):
        wishes.append(Wish(form.text("other"), form.day("to") or word.as_of))
    return moving.move(opened, version, wishes, word)


def _swapped(opened: Session, version: int, form: Form, word: Word) -> ByHand:
    return moving.swap(opened, version, form.text("code"), form.text("other"), word)


def _assigned(opened: Session, version: int, form: Form, word: Word) -> ByHand:
    place = (form.text("code"), form.text("place"))
    return assigning.assign(opened, version, place, form.text("person"), word, form.text("instead") or None)


CHANGES: dict[str, Callable[[Session, int, Form, Word], ByHand]] = {
    "move": _moved,
    "swap": _swapped,
    "assign": _assigned,
}
