"""`/events`: critical events in all areas, what was decided about them, and the plans that were made for them."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.rendering import render
from models import session
from reports.words import plural
from services.events.event_entries import list_events

router = APIRouter()


@router.get("/events", response_class=HTMLResponse)
def events(request: Request) -> HTMLResponse:
    """Every event by kind and number, the newest first."""
    with session(context_of(request).engine, read_only=True) as opened:
        found = list_events(opened)
    undecided = sum(not event.decisions for event in found)
    title = f"{plural(undecided, 'event')} to decide about" if undecided else "Critical events"
    return render(request, "events.html", {"title": title[:1].upper() + title[1:], "events": found})
