"""`/areas/{code}/evidence`: what an area was asked for, for which step, what came, and how often it was asked."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.evidence_pages import sayings_of
from console.missing import or_404
from console.own_part import reviews_seen
from console.rendering import render
from console.visitors import audience_of, who_asks
from models import session
from reports.words import plural
from services.naming.areas import find_area
from services.shown.evidence import evidence_of_area

router = APIRouter()


@router.get("/areas/{code:path}/evidence", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The checklists of one area, by its DfE number or its GSS code."""
    context, who = context_of(request), who_asks(request)
    only = reviews_seen(request, who)
    with session(context.engine, read_only=True) as opened:
        with or_404():
            area = find_area(opened, code)
        found = evidence_of_area(opened, area.code, context.today(), audience_of(who), only)
    title = f"Evidence of {area.name}"
    if found.num_late:
        title += f": {plural(found.num_late, 'item')} late"
    values = {
        "title": title,
        "area": area,
        "evidence": found,
        "sayings_of": sayings_of,
    }
    return render(request, "evidence.html", values)
