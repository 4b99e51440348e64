"""`/plans/store`: the plan of a file is looked at, and then kept as a draft."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, form_page, go_on, posted, wrong_of
from console.hand_pages import Way, change_page, draft_line
from console.kept_uploads import Upload
from console.uploads import Files
from console.visitors import who_asks
from models import session
from scheduler.values.documents import load_plan
from scheduler.values.errors import WithFindings
from services.audit import Word
from services.errors import Refused
from services.plans.by_hand import ByHand, keep
from services.plans.plan_files import from_file

router = APIRouter()

STORE = "/plans/store"
FIELD = "files"
ONE_FILE = "Choose one file: a plan that was exported as plan.json, and changed."


@router.get(STORE)
def store_page(request: Request) -> Response:
    """Asks for the file."""
    return _asking(request)


@router.post(STORE)
def look(request: Request, files: Files) -> Response:
    """What the plan of the file would mean; nothing is stored."""
    context = context_of(request)
    try:
        with session(context.engine) as opened:
            made = _made(opened, files, word_of(request, Form()))
            opened.rollback()
    except WithFindings as error:  # what is so already, too
        return _asking(request, wrong_of(error, with_places=True))
    upload = context.uploads.keep(Upload(who_asks(request).login, files, context.now()))
    return change_page(request, _way(), Form({"upload": upload}), made)


@router.post(f"{STORE}/keep")
def store(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Keep as a draft what was looked at."""
    context = context_of(request)
    upload = context.uploads.find(form.text("upload"), who_asks(request).login, context.now())
    if upload is None:
        return _asking(
            request, [Wrong("The file is not kept any more. Choose it again; nothing is stored.", FIELD)]
        )
    try:
        with session(context.engine) as opened:
            word = word_of(request, form)
            made = _made(opened, dict(upload.files), word)
            draft = keep(opened, made, word)
    except WithFindings as error:
        return _asking(request, wrong_of(error, with_places=True))
    return go_on(request, f"/plans/{draft}", draft_line(draft, made.source.version))


def _way() -> Way:
    return Way(f"{STORE}/keep", "/plans", "All plans")


def _made(opened: Session, files: dict[str, bytes], word: Word) -> ByHand:
    """The plan of the one file as a change of the version that it comes from."""
    if len(files) != 1:
        raise Refused.because(FIELD, "one file is needed.", ONE_FILE, field=FIELD)
    [(name, content)] = files.items()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused.because(name, "it is no text in UTF-8.", ONE_FILE, field=FIELD) from None
    return from_file(opened, load_plan(text), name, word)


def _asking(request: Request, wrong: Sequence[Wrong] = ()) -> Response:
    return form_page(request, "plan_file.html", {"title": "Store a plan of a file"}, Form(), list(wrong))
