"""`/bodies/{code}`: what is of a body: its inspectors, the reviews in which it has a part, and what waits for it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.action_pages import pages_for
from console.context import context_of
from console.keeping import kept
from console.missing import or_404
from console.people_page import LOADS, load_in_year, person_address
from console.rendering import render
from console.visitors import who_asks
from models import session
from reports.words import plural
from services.plans.plan_store import published_version
from services.shown.of_body import body_view

router = APIRouter()


@router.get("/bodies/{code:path}", response_class=HTMLResponse)
def of_body(request: Request, code: str) -> HTMLResponse:
    """A body by its code; for its own accounts also the reviews in which their mail address has a role."""
    who = who_asks(request)
    with or_404():
        found = kept(request, body_view, code, who.email if who.only_body is not None else "")
    with session(context_of(request).engine, read_only=True) as opened:
        is_published = published_version(opened) is not None
    late = sum(line.is_late for line in found.action)
    values = {
        "title": f"{found.name}: {plural(late, 'step')} late" if late else found.name,
        "body": found,
        "people": [(line, person_address(line.code), LOADS[load_in_year(line)]) for line in found.people],
        "page_of": pages_for(request),
        "is_published": is_published,
    }
    return render(request, "body.html", values)
