"""`/history`: who changed what, when, and why; by area, person, kind of change and day."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.context import context_of
from console.day_fields import KEYS, Between, between, with_days
from console.frames import fields_of, framed
from console.keeping import kept
from console.listing import ROWS_ON_A_PAGE, Asked, Column, Filter, Listing, Words, asked_of, file_of
from console.missing import or_404
from console.moments import in_england
from console.programme_page import area_address
from console.rendering import render
from models import session
from reports.words import capitalised
from services.audit import LogFilter
from services.shown.history import HistoryLine, history_answers, history_page

router = APIRouter()

MOST_IN_A_FILE = 20_000


def _about(line: HistoryLine) -> Words:
    if line.area_code:
        return Words(line.about, area_address(line.area_code))
    return Words(line.about, "" if line.plan is None else f"/plans/{line.plan}")


def _change(line: HistoryLine) -> Words:
    """What it was and what it is."""
    if line.before and line.after:
        return Words(f"Before: {line.before}", more=(Words(f"After: {line.after}"),))
    return Words(line.after or (f"Before: {line.before}" if line.before else ""))


HISTORY: Listing[HistoryLine] = Listing(
    path="/history",
    name="History",
    noun=("entry", "entries"),
    columns=(
        Column(
            "when",
            "When",
            lambda line: Words(in_england(line.at)),
            lambda line: line.at.isoformat(),
            sorts=False,
        ),
        Column("who", "Who", lambda line: Words(line.who), sorts=False),
        Column("what", "What", lambda line: Words(line.what), sorts=False),
        Column("about", "About", _about, lambda line: line.about, sorts=False),
        Column("change", "Change", _change, sorts=False),
        Column("why", "Why", lambda line: Words(line.why), sorts=False),
    ),
    filters=(
        Filter("area", "Area", "All areas", lambda line: ()),
        Filter("person", "Who", "Everybody", lambda line: ()),
        Filter("kind", "What", "All changes", lambda line: ()),
    ),
)


@router.get("/history", response_class=HTMLResponse)
def history(request: Request) -> HTMLResponse:
    """The audit log, the newest entry first."""
    asked = asked_of(request, HISTORY, KEYS)
    days = between(asked)
    after = (asked.page - 1) * ROWS_ON_A_PAGE
    with or_404():
        page = kept(request, history_page, _wanted(asked, days), ROWS_ON_A_PAGE, after)
    answers = kept(request, history_answers)
    known = {
        "area": answers.areas,
        "person": [(name, name) for name in answers.people],
        "kind": [(action, capitalised(action)) for action in answers.actions],
    }
    view = framed(HISTORY, asked, page.lines, page.total, fields_of(HISTORY, asked, known))
    values = {"title": "History", "frame": with_days(view, days), "is_empty": not answers.actions}
    return render(request, "history.html", values)


@router.get("/history.{kind}")
def as_file(request: Request, kind: str) -> Response:
    """The same view as a file: its newest entries, as many as a spreadsheet is comfortable with."""
    asked = asked_of(request, HISTORY, KEYS)
    context = context_of(request)
    with session(context.engine, read_only=True) as opened, or_404():
        page = history_page(opened, context.today(), _wanted(asked, between(asked)), MOST_IN_A_FILE, 0)
    return file_of(HISTORY, page.lines, kind, context.today())


def _wanted(asked: Asked, days: Between) -> LogFilter:
    answers = asked.answers
    return LogFilter(answers.get("area"), answers.get("person"), days.first, days.last, answers.get("kind"))
