"""`/actions`: what waits for whom, of one role or area or of all; searched, sorted and turned."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.action_pages import PageOf, pages_for
from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Asked, Column, Filter, Listing, Words, asked_of, file_of, selected, with_answers
from console.missing import or_404
from console.programme_page import area_address
from console.rendering import render
from models import session
from reports.words import date_in_words, plural
from services.naming.areas import find_area
from services.shown.waiting_list import Waiting, find_role, waiting

router = APIRouter()


def _what(item: Waiting, page_of: PageOf = lambda _action: "") -> Words:
    action = item.action
    first = f"; first: {'; '.join(action.waits_for)}" if action.waits_for else ""
    return Words(action.in_words(), page_of(action), more=(Words(f"{action.activity}{first}"),))


def _who(item: Waiting) -> Words:
    people = tuple(
        Words(f"{person.name}, {person.email}", f"mailto:{person.email}")
        if person.email
        else Words(person.name)
        for person in item.people
    )
    return Words(item.action.role_name, more=people)


def _due(item: Waiting) -> Words:
    day = date_in_words(item.action.due)
    return Words(f"Late: {day}", is_late=True) if item.action.is_late else Words(day)


def _urgency(item: Waiting) -> list[tuple[str, str]]:
    return [("late", "Late") if item.action.is_late else ("punctual", "Not late")]


ACTIONS: Listing[Waiting] = Listing(
    path="/actions",
    name="What waits for whom",
    noun=("action", "actions"),
    columns=(
        Column(
            "area",
            "Area",
            lambda i: Words(i.action.area, area_address(i.action.area_code)),
            lambda i: i.action.area,
        ),
        Column("what", "What", _what),
        Column("who", "Who", _who),
        Column("since", "Since", lambda i: Words(date_in_words(i.action.since)), lambda i: i.action.since),
        Column("due", "Due", _due, lambda i: i.action.due),
    ),
    filters=(
        Filter("role", "Role", "All roles", lambda i: [(i.action.role, i.action.role_name)]),
        Filter("area", "Area", "All areas", lambda i: [(i.action.area_code, i.action.area)]),
        Filter("late", "Late", "All", _urgency),
    ),
    found_by=lambda i: " ".join((i.action.area, i.action.in_words(), *(person.name for person in i.people))),
    search_label="Area, action or person",
)


def _linked(page_of: PageOf) -> Listing[Waiting]:
    """The list for somebody: each action leads to the page that does it, where they may."""

    def linked(item: Waiting) -> Words:
        return _what(item, page_of)

    columns = (
        replace(column, words=linked) if column.key == "what" else column for column in ACTIONS.columns
    )
    return replace(ACTIONS, columns=tuple(columns))


@router.get("/actions", response_class=HTMLResponse)
def actions(request: Request) -> HTMLResponse:
    """Everything that somebody has to do, late first."""
    found, asked = kept(request, _waiting), _asked(request)
    shown = selected(ACTIONS, asked, found)
    late = sum(item.action.is_late for item in shown)
    values = {
        "title": f"What waits for whom: {plural(len(shown), 'action')}, {late or 'none'} late",
        "frame": frame(_linked(pages_for(request)), asked, found),
        "is_empty": not found,
    }
    return render(request, "actions.html", values)


@router.get("/actions.{kind}")
def as_file(request: Request, kind: str) -> Response:
    """The same view as a file, all pages of it."""
    rows = selected(ACTIONS, _asked(request), kept(request, _waiting))
    return file_of(ACTIONS, rows, kind, context_of(request).today())


def _asked(request: Request) -> Asked:
    """What is asked, a role and an area by key, code or name; 404 with those that are similar."""
    asked = asked_of(request, ACTIONS)
    codes = {}
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        if area := asked.answers.get("area"):
            codes["area"] = find_area(opened, area).code
        if role := asked.answers.get("role"):
            codes["role"] = find_role(opened, kept(request, _waiting), role)
    return with_answers(asked, codes)


def _waiting(opened: Session, as_of: date) -> tuple[Waiting, ...]:
    return tuple(waiting(opened, as_of))
