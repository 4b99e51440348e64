"""`/events`, `/events/{number}`: critical events, what was decided about them, and the plans made for them."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.own_part import is_number
from console.rendering import render
from models import session
from reports.words import capitalised, date_in_words, plural
from services.errors import NotFound
from services.events.event_entries import EventEntry, list_events, show_event
from services.solves.asked_replans import latest_requests

router = APIRouter()

REPLAN_STATES = {
    "waiting": "no answer yet",
    "done": "plans to choose from",
    "nothing": "no plan to choose",
    "refused": "refused",
    "failed": "no answer",
}


@router.get("/events", response_class=HTMLResponse)
def events(request: Request) -> HTMLResponse:
    """Every event by kind and number, the newest first."""
    with session(context_of(request).engine, read_only=True) as opened:
        found = list_events(opened)
    undecided = sum(not event.decisions for event in found)
    title = f"{plural(undecided, 'event')} to decide about" if undecided else "Critical events"
    return render(request, "events.html", {"title": title[:1].upper() + title[1:], "events": found})


@router.get("/events/{number}", response_class=HTMLResponse)
def one_event(request: Request, number: str) -> HTMLResponse:
    """What happened, what was decided, and what followed; and what is to be done next."""
    event = event_entry(request, number)
    with session(context_of(request).engine, read_only=True) as opened:
        requests = latest_requests(opened, event.number)
    values = {
        "title": f"Event {event.number}: {event.kind} in {event.area}",
        "event": event,
        "facts": event_facts(event),
        "requests": requests,
        "states": REPLAN_STATES,
        "may_find": bool(event.activity),
    }
    return render(request, "event.html", values)


def event_entry(request: Request, number: str) -> EventEntry:
    """An event by the number in an address; 404 if there is none."""
    with session(context_of(request).engine, read_only=True) as opened:
        try:
            if is_number(number):
                return show_event(opened, int(number))
        except NotFound as error:
            raise HTTPException(404, str(error)) from error
    raise HTTPException(404, f"There is no event {number}. Go to the events.")


def event_facts(event: EventEntry) -> tuple[tuple[str, str], ...]:
    """What is known of an event, by name."""
    return (
        ("Area", event.area),
        ("Event", f"{event.kind}, {date_in_words(event.happened_on)}"),
        ("Number there", event.reference or "None"),
        ("Seriousness", event.seriousness),
        ("Source", event.source),
        ("Decided so far", capitalised(event.outcome)),
    )
