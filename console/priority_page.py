"""`/areas/{code}/priority`: what was published about an area, how grave the concern is, and what that makes dearer."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.missing import or_404
from console.rendering import render
from console.visitors import audience_of, who_asks
from models import session
from services.naming.areas import find_area
from services.shown.priority import priority_of
from services.shown.shown_plan import Audience

router = APIRouter()


@router.get("/areas/{code:path}/priority", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The evidence about one area; its authority sees the lines alone, and nothing of plans or other areas."""
    context = context_of(request)
    is_own = audience_of(who_asks(request)) is Audience.AUTHORITY
    with session(context.engine, read_only=True) as opened:
        with or_404():
            area = find_area(opened, code)
        found = priority_of(opened, area, context.today())
    title = (
        f"What was published about {area.name}"
        if is_own
        else f"Priority of {area.name}: {found.concern} of 10"
    )
    return render(
        request, "priority.html", {"title": title, "area": area, "priority": found, "is_own": is_own}
    )
