"""`/events`, `/events/{number}`: critical events, what was decided about them, and the plans made for them."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.access import may
from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.own_part import is_number
from console.programme_page import area_address
from console.rendering import render
from console.replan_answer import REPLAN_STATES
from console.visitors import who_asks
from models import session
from reports.words import capitalised, date_in_words, plural
from services.events.event_entries import EventEntry, list_events, show_event
from services.solves.asked_replans import latest_requests

router = APIRouter()


def _event(event: EventEntry) -> Words:
    reference = f", number {event.reference}" if event.reference else ""
    return Words(f"{event.number}: {event.kind}{reference}", f"/events/{event.number}")


def _decisions(event: EventEntry) -> Words:
    """What holds, everything that was decided, and the plans that were made for it."""
    decided = (
        Words(f"{date_in_words(one.decided_on)}, {one.by}: {one.decision}. {one.why}")
        for one in event.decisions
    )
    plans = (Words(f"Plan {version} ({state})", f"/plans/{version}") for version, state in event.plans)
    return Words(capitalised(event.outcome), more=(*decided, *plans))


def _to_decide(event: EventEntry) -> Words:
    words = "Decide again" if event.decisions else "Decide"
    return Words(f"{words} about event {event.number}", f"/events/{event.number}/decide")


EVENTS: Listing[EventEntry] = Listing(
    path="/events",
    name="Critical events",
    noun=("event", "events"),
    columns=(
        Column("area", "Area", lambda event: Words(event.area, area_address(event.area_code))),
        Column(
            "day",
            "Day",
            lambda event: Words(date_in_words(event.happened_on)),
            lambda event: event.happened_on,
        ),
        Column("event", "Event", _event, lambda event: event.number),
        Column("source", "Source", lambda event: Words(event.source)),
        Column("seriousness", "Seriousness", lambda event: Words(event.seriousness)),
        Column("decision", "Decision", _decisions),
    ),
    filters=(
        Filter("area", "Area", "All areas", lambda event: [(event.area_code, event.area)]),
        Filter("kind", "Event", "All events", lambda event: [(event.kind, event.kind)]),
        Filter(
            "seriousness",
            "Seriousness",
            "Any seriousness",
            lambda event: [(event.seriousness, capitalised(event.seriousness))],
        ),
        Filter(
            "decision",
            "Decision",
            "Any decision",
            lambda event: [(event.decision, capitalised(event.decision))],
        ),
    ),
    found_by=lambda event: f"{event.number} {event.area} {event.kind} {event.reference} {event.source}",
    search_label="Area, number or source",
)
TO_DECIDE = Column("decide", "What next", _to_decide, sorts=False)
"""Only on the pages of those who decide, and in no file."""


def event_entries(opened: Session, _today: date) -> list[EventEntry]:
    """Every event, the newest first."""
    return list_events(opened)


@router.get("/events", response_class=HTMLResponse)
def events(request: Request) -> HTMLResponse:
    """Every event, the newest first unless the address says otherwise, searched and filtered as it says."""
    found = kept(request, event_entries)
    undecided = sum(not event.decisions for event in found)
    may_decide = may(who_asks(request), "POST", "/events/{number}/decide")
    listing = replace(EVENTS, columns=(*EVENTS.columns, TO_DECIDE)) if may_decide else EVENTS
    values = {
        "title": f"{plural(undecided, 'event')} to decide about" if undecided else "Critical events",
        "frame": frame(listing, asked_of(request, listing), found),
        "num_rows": len(found),
    }
    return render(request, "events.html", values)


add_file(router, EVENTS, lambda request: kept(request, event_entries))


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
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        if is_number(number):
            return show_event(opened, int(number))
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
