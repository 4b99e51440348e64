"""`/areas/{code}/messages`: what an area's authority was sent, and what it will be sent."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.keeping import kept
from console.missing import or_404
from console.rendering import render
from models import session
from reports.words import capitalised, plural
from services.messages.deliveries import STATE_WORDS
from services.naming.areas import find_area
from services.shown.authority_messages import own_messages

router = APIRouter()


@router.get("/areas/{code:path}/messages", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The messages to one area's authority, by its DfE number or its GSS code."""
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        area = find_area(opened, code)
    found = kept(request, own_messages, area.code)
    values = {
        "title": f"Messages to {area.name}: {plural(len(found.coming), 'reminder')} to come",
        "area": area,
        "messages": found,
        "states": {state: capitalised(words) for state, words in STATE_WORDS.items()},
    }
    return render(request, "own_messages.html", values)
