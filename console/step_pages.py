"""`/steps/{number}/...`: what people say of a step: it is done, when it really happened, that it was not so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.forms import Form, Wrong, change, form_page, leading_to, posted
from console.programme_page import area_address
from console.visitors import who_asks
from models import session
from reports.words import date_in_words, plural
from services.audit import Word
from services.casework import sign_offs, undoing
from services.casework.account_words import MAY_SPEAK_FOR_OTHERS, speaker
from services.casework.advancing import advance_activity, find_step
from services.casework.signers import Signer
from services.casework.steps import MovedStep
from services.casework.waiver_reasons import WaiverReason
from services.errors import NotFound, Objection, Refused
from services.shown.step_forms import StepForm, step_form

router = APIRouter()

LATEST_NUMBER = 10**9


@dataclass(frozen=True)
class Page:
    """What a page about a step is called, and which of its fields it shows."""

    action: str
    title: str
    button: str


SIGN_OFF = Page("sign-off", "Sign off: {}", "Sign off")
RECORD = Page("record", "Record the actual date: {}", "Record")
UNDO = Page("undo", "Undo the last entry: {}", "Undo")


@router.get("/steps/{number}/sign-off")
def sign_off_form(request: Request, number: str) -> Response:
    """Asks on which day it was done, and by whom."""
    return _shown(request, number, SIGN_OFF)


@router.post("/steps/{number}/sign-off")
def sign_off(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Sign a step off in one's own name, or on behalf of whoever should."""

    def do(opened: Session, step: int, word: Word) -> str:
        signer = Signer(word.who, form.text("on_behalf_of"), form.text("why"))
        moved = sign_offs.sign_off(
            opened, step, form.day("day"), word, signer=signer, seen=_seen(form), waiver=_waiver(form)
        )
        row = find_step(opened, step)
        return f"{row.name} is signed off for {date_in_words(row.actual_on or word.as_of)}.{_moved(moved)}"

    return _changed(request, number, form, SIGN_OFF, do)


@router.get("/steps/{number}/record")
def record_form(request: Request, number: str) -> Response:
    """Asks on which day it really happened."""
    return _shown(request, number, RECORD)


@router.post("/steps/{number}/record")
def record(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record the day of a step that ends by itself, or correct that of one that is done."""

    def do(opened: Session, step: int, word: Word) -> str:
        day = form.day("day")
        if day is None:
            raise Refused([Objection("day", "no day is given.", field="day")])
        moved = sign_offs.record_actual(opened, step, day, word, seen=_seen(form))
        return f"{find_step(opened, step).name} happened on {date_in_words(day)}.{_moved(moved)}"

    return _changed(request, number, form, RECORD, do)


@router.get("/steps/{number}/undo")
def undo_form(request: Request, number: str) -> Response:
    """Asks why."""
    return _shown(request, number, UNDO)


@router.post("/steps/{number}/undo")
def undo(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Take back the last entry about a step, with all that hung on it."""

    def do(opened: Session, step: int, word: Word) -> str:
        undone = undoing.undo(opened, step, word, seen=_seen(form))
        gone = " ".join(str(gone) for gone in undone.gone)
        name = find_step(opened, step).name
        return f"{name} is as it was before '{undone.action}' by {undone.who}.{_moved(undone.moved)} {gone}".strip()

    return _changed(request, number, form, UNDO, do)


def _shown(
    request: Request, number: str, page: Page, form: Form | None = None, wrong: list[Wrong] | None = None
) -> Response:
    """The page as the step stands now; its edition goes along, so that nothing is overwritten unseen."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        try:
            found = step_form(opened, _number(number), context.today())
        except NotFound as error:
            raise HTTPException(404, str(error)) from error
    values = _values(request, found, page)
    names = _fields(page, bool(values["roles"]))
    return form_page(request, "step.html", values, form or Form(), leading_to(names, wrong or []))


def _fields(page: Page, for_others: bool) -> list[str]:
    """Names of the fields that the page draws."""
    drawn = ["note", "waiver", "waiver_why"] if page is SIGN_OFF else ["why"]
    return drawn + (["why", "on_behalf_of"] if for_others else []) + ([] if page is UNDO else ["day"])


def _values(request: Request, found: StepForm, page: Page) -> dict[str, Any]:
    return {
        "title": page.title.format(found.line.name),
        "page": page,
        "step": found.line,
        "roles": found.roles if who_asks(request).is_one_of(MAY_SPEAK_FOR_OTHERS) else (),
        "reasons": found.reasons,
        "back": area_address(found.line.area_code),
        "is_correction": found.line.state == "done",
    }


def _changed(request: Request, number: str, form: Form, page: Page, do: Any) -> Response:
    """Say it, let what follows begin at once, and return to the area's page."""
    context, who, step = context_of(request), who_asks(request), _number(number)
    with session(context.engine, read_only=True) as opened:
        try:
            found = step_form(opened, step, context.today())
        except NotFound as error:
            raise HTTPException(404, str(error)) from error

    def said(opened: Session) -> str:
        for_whom = form.text("on_behalf_of")
        name = speaker(opened, who, for_whom)
        note = form.text("note") if page is SIGN_OFF else form.text("why")
        word = Word(name, context.now(), context.today(), note, "" if page is SIGN_OFF else for_whom)
        answer: str = do(opened, step, word)
        if page is not UNDO:
            advance_activity(opened, found.line.activity, word.as_of, word)
        return answer

    back = area_address(found.line.area_code)
    return change(request, said, back, lambda wrong: _shown(request, number, page, form, wrong))


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:10]) < LATEST_NUMBER:
        return int(text[:10])
    raise HTTPException(404, f"There is no step {text}. Go to the area's page.")


def _seen(form: Form) -> int | None:
    return form.number("revision")


def _waiver(form: Form) -> WaiverReason | None:
    code, why = form.text("waiver"), form.text("waiver_why")
    return WaiverReason(code, why) if code or why else None


def _moved(moved: Sequence[MovedStep]) -> str:
    return f" {plural(len(moved), 'date')} moved with it." if moved else ""
