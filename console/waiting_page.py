"""`/actions`: what waits for whom, of one role or area or of all."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.rendering import render
from models import session
from reports.words import plural
from services.errors import NotFound
from services.naming.areas import find_area
from services.shown.waiting_list import areas_in, of_role, roles_in, waiting

router = APIRouter()

Filter = Annotated[str, Query(max_length=200)]


@router.get("/actions", response_class=HTMLResponse)
def actions(request: Request, role: Filter = "", area: Filter = "") -> HTMLResponse:
    """Everything that somebody has to do, late first."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        found = waiting(opened, context.today())
        try:
            code = find_area(opened, area).code if area else ""
            shown = of_role(opened, found, role) if role else found
        except NotFound as error:
            raise HTTPException(404, str(error)) from error
    shown = [item for item in shown if not code or item.action.area_code == code]
    late = sum(item.action.is_late for item in shown)
    values = {
        "title": f"What waits for whom: {plural(len(shown), 'action')}, {late or 'none'} late",
        "shown": shown,
        "roles": roles_in(found),
        "areas": areas_in(found),
        "role": role,
        "area": code,
    }
    return render(request, "actions.html", values)
