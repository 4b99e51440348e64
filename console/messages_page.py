"""`/messages`: what was sent, failed or waits; what is to come; on which occasions people are told what."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.day_fields import KEYS, between, with_days
from console.frames import fields_of, frame, framed
from console.keeping import kept
from console.listing import ROWS_ON_A_PAGE, Asked, Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.programme_page import area_address
from console.rendering import render
from models import Delivery, session
from reports.words import capitalised, date_in_words, list_in_words, plural
from services.bootstrap import public_address
from services.messages import deliveries
from services.messages.coming import ComingReminder, coming_reminders
from services.messages.deliveries import STATE_WORDS, TROUBLED, WantedMessages
from services.messages.samples import previewed
from services.messages.templates import template_list
from services.messages.triggers import BY_ID

router = APIRouter()

GROUPS = (("sent", "Sent"), ("waiting", "Waiting to go out"), ("failed", "Failed, returned or unresolved"))
VIEWS = (
    ("/messages", "Sent and waiting"),
    ("/messages/coming", "To come"),
    ("/messages/occasions", "What messages say"),
)
"""The pages about messages, with their names."""


def _occasions(row: Delivery) -> str:
    known = [BY_ID[name].name for name in row.occasions.split() if name in BY_ID]
    return capitalised(list_in_words([name.lower() for name in known]))


def _state(row: Delivery) -> Words:
    why = (Words(row.error),) if row.error else ()
    return Words(capitalised(STATE_WORDS[row.state]), is_late=row.state in TROUBLED, more=why)


MESSAGES: Listing[Delivery] = Listing(
    path="/messages",
    name="Messages",
    noun=("message", "messages"),
    columns=(
        Column("day", "Day", lambda row: Words(date_in_words(row.as_of)), lambda row: row.as_of, sorts=False),
        Column("to", "To", lambda row: Words(row.recipient), sorts=False),
        Column("subject", "Subject", lambda row: Words(row.subject, f"/messages/{row.id}"), sorts=False),
        Column("about", "About", lambda row: Words(_occasions(row)), sorts=False),
        Column("state", "State", _state, sorts=False),
    ),
    filters=(Filter("state", "State", "All states", lambda row: ()),),
    found_by=lambda row: row.subject,
    search_label="Address or subject",
    is_saved=False,
)

COMING: Listing[ComingReminder] = Listing(
    path="/messages/coming",
    name="Reminders to come",
    noun=("reminder", "reminders"),
    columns=(
        Column(
            "day", "Goes out", lambda line: Words(date_in_words(line.remind_on)), lambda line: line.remind_on
        ),
        Column(
            "area",
            "Area",
            lambda line: Words(line.area, area_address(line.area_code)),
            lambda line: line.area,
        ),
        Column(
            "step",
            "About",
            lambda line: Words(line.step, more=(Words(line.activity),)),
            lambda line: line.step,
        ),
        Column("due", "Due", lambda line: Words(date_in_words(line.due_on)), lambda line: line.due_on),
        Column("rule", "Why that day", lambda line: Words(line.rule)),
        Column("to", "To", lambda line: Words("; ".join(line.people))),
    ),
    filters=(
        Filter("area", "Area", "All areas", lambda line: [(line.area_code, line.area)]),
        Filter("step", "About", "All steps", lambda line: [(line.step, line.step)]),
    ),
    found_by=lambda line: f"{line.area} {line.step} {' '.join(line.people)}",
    order="day",
)


@router.get("/messages", response_class=HTMLResponse)
def messages(request: Request) -> HTMLResponse:
    """Every message, the newest first."""
    asked = asked_of(request, MESSAGES, KEYS)
    days = between(asked)
    wanted = WantedMessages(asked.answers.get("state"), asked.words or None, days.first, days.last)
    rows, total = kept(request, _made, wanted, (asked.page - 1) * ROWS_ON_A_PAGE)
    view = framed(MESSAGES, asked, rows, total, fields_of(MESSAGES, asked, {"state": GROUPS}))
    failed = len(kept(request, _troubled))
    title = (
        f"Messages: {plural(failed, 'needs', 'need')} attention"
        if failed
        else "Messages: none needs attention"
    )
    values = {
        "title": title,
        "frame": with_days(view, days),
        "views": VIEWS,
        "is_empty": not total and not _is_filtered(asked),
    }
    return render(request, "messages.html", values)


@router.get("/messages/coming", response_class=HTMLResponse)
def coming(request: Request) -> HTMLResponse:
    """The reminders of the next four weeks."""
    lines = kept(request, coming_reminders)
    title = f"{plural(len(lines), 'reminder')} to come within four weeks"
    values = {
        "title": capitalised(title),
        "frame": frame(COMING, asked_of(request, COMING), lines),
        "views": VIEWS,
        "is_empty": not lines,
    }
    return render(request, "messages_coming.html", values)


add_file(router, COMING, lambda request: kept(request, coming_reminders))


@router.get("/messages/occasions", response_class=HTMLResponse)
def occasions(request: Request) -> HTMLResponse:
    """Every kind of message with what triggers it."""
    values = {"title": "Messages that people get", "templates": template_list(), "views": VIEWS}
    return render(request, "messages_occasions.html", values)


@router.get("/messages/{number}", response_class=HTMLResponse)
def one_message(request: Request, number: str) -> HTMLResponse:
    """A message as it was sent or will be."""
    row = message_there(request, number)
    values = {
        "title": row.subject,
        "message": row,
        "state": capitalised(STATE_WORDS[row.state]),
        "about": _occasions(row),
        "is_unsettled": row.state in TROUBLED or row.state == "sent",
    }
    return render(request, "message_sent.html", values)


def message_there(request: Request, number: str) -> Delivery:
    """The message of a number; 404 if there is none."""
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise HTTPException(404, f"'{number}' is not a message. Use its number.")
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        return deliveries.find_message(opened, int(number))


@router.get("/messages/{occasion}/{side}", response_class=HTMLResponse)
def message(request: Request, occasion: str, side: str, activity: str = "") -> HTMLResponse:
    """One kind of message, of an activity if one is named."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened, or_404():
        found = previewed(opened, occasion, side, activity or None, context.today(), public_address())
    values = {
        "title": f"{BY_ID[occasion].name}: what is sent",
        "message": found,
        "activity": activity,
        "side": side,
    }
    return render(request, "message_preview.html", values)


def _made(opened: Session, _as_of: object, wanted: WantedMessages, after: int) -> tuple[list[Delivery], int]:
    return deliveries.messages_made(opened, wanted, ROWS_ON_A_PAGE, after)


def _troubled(opened: Session, _as_of: object) -> list[Delivery]:
    return deliveries.troubled(opened)


def _is_filtered(asked: Asked) -> bool:
    return bool(asked.words or asked.answers)
