"""`/account/feeds`: calendar feeds by a secret address, made and revoked; `/feeds/` is where calendars read them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.exports import PUBLISHED, answer_of, version_number
from console.forms import Form, Wrong, change, form_page, posted, wrong_of
from console.missing import or_404
from console.visitors import audience_of, who_asks
from models import session
from services.accounts.feeds import (
    WHOSE_WORDS,
    KnownFeed,
    Whose,
    feeds_of,
    kinds_for,
    known_feed,
    make_feed,
    revoke_feed,
)
from services.audit import Word
from services.errors import ServiceError
from services.shown.exports import Format, export_plan
from services.shown.meeting_calendar import preparation_calendar
from services.shown.shown_plan import Selection

router = APIRouter()

FEEDS = "/account/feeds"
GONE = "There is no such feed, or it was revoked. Make another one."


@router.get(FEEDS)
def feeds(request: Request, whose: str = "", code: str = "") -> Response:
    """One's feeds, and a form for another."""
    return _page(request, Form({"whose": whose, "code": code}))


@router.post(FEEDS)
def made(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Make one; its address is shown this once."""
    context, who = context_of(request), who_asks(request)
    word = Word(who.name, context.now(), context.today())
    try:
        with session(context.engine) as opened:
            secret = make_feed(opened, who, form.text("whose"), form.text("code"), word)
    except ServiceError as error:
        return _page(request, form, wrong_of(error))
    return _page(request, Form(), address=f"{str(request.base_url).rstrip('/')}/feeds/{secret}.ics")


@router.post("/account/feeds/{number}/revoke")
def revoked(request: Request, number: str, _form: Annotated[Form, Depends(posted)]) -> Response:
    """End one."""
    context, who = context_of(request), who_asks(request)
    word = Word(who.name, context.now(), context.today())
    feed = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0

    def do(opened: Session) -> str:
        revoke_feed(opened, who, feed, word)
        return "The feed is revoked: its address answers nobody any more."

    return change(request, do, FEEDS, lambda wrong: _page(request, Form(), wrong))


@router.get("/feeds/{secret}.ics")
def feed(request: Request, secret: str) -> Response:
    """The calendar, as the account that made the feed may see it now."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        known = known_feed(opened, secret)
        if known is None:
            raise HTTPException(404, GONE)
        if known.whose is Whose.PREPARATION:
            return _of_preparation(opened, known, context.today())
        number = version_number(opened, PUBLISHED)
        audience, selection = audience_of(known.reader), _selection(known)
        with or_404():
            file = export_plan(
                opened, number, Format.ICS, as_of=context.today(), selection=selection, audience=audience
            )
    return answer_of(file)


def _of_preparation(opened: Session, known: KnownFeed, as_of: date) -> Response:
    if not known.reader.is_preparing:
        raise HTTPException(404, GONE)
    return answer_of(preparation_calendar(opened, known.code, as_of))


def _selection(known: KnownFeed) -> Selection:
    if known.whose is Whose.AREA:
        return Selection(areas=frozenset({known.code}))
    if known.whose is Whose.BODY:
        return Selection(body=known.code)
    return Selection(who=known.code) if known.whose is Whose.INSPECTOR else Selection(leader=known.code)


def _page(request: Request, form: Form, wrong: list[Wrong] | None = None, address: str = "") -> Response:
    with session(context_of(request).engine, read_only=True) as opened:
        found = feeds_of(opened, who_asks(request).account_id)
    values = {
        "title": "Calendar feeds",
        "feeds": [(feed, WHOSE_WORDS[Whose(feed.whose)]) for feed in found],
        "kinds": kinds_for(who_asks(request)),
        "address": address,
    }
    return form_page(request, "feeds.html", values, form, wrong)
