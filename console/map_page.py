"""`/map`: the areas of a plan on a map, by year of review, state or concern, and the same as a table."""

from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import Context, context_of
from console.exports import PUBLISHED, version_number
from console.look_form import Arrangement, Asked, look_asked
from console.missing import or_404
from console.programme_page import area_address
from console.rendering import markup, render
from models import session
from reports.area_map import map_fragment
from services.plans.plan_store import published_version, versions
from services.shown.area_maps import Colouring, plan_map

router = APIRouter()


@router.get("/map", response_class=HTMLResponse)
def area_map(request: Request) -> HTMLResponse:
    """The published plan, or the one that `plan` names."""
    context = context_of(request)
    plan = request.query_params.get("plan", "")
    with session(context.engine, read_only=True) as opened:
        if not plan and published_version(opened) is None:
            drafts = [row.version for row in versions(opened)]
            return render(request, "map.html", {"title": "There is nothing to map yet", "drafts": drafts})
        values = _shown(opened, request, context, plan)
    return render(request, "map.html", values)


def _shown(opened: Session, request: Request, context: Context, plan: str) -> dict[str, Any]:
    version = version_number(opened, plan or PUBLISHED)
    with or_404():
        form = look_asked(
            opened, Asked.of(request), version, Arrangement(colouring=Colouring.YEAR, plan=plan)
        )
        colouring = Colouring(form.chosen("colour"))
        page = plan_map(opened, version, form.look, colouring, today=context.today(), link=area_address)
    return {
        "title": page.title,
        "map": "" if page.map is None else markup(map_fragment(page.map)),
        "lines": page.lines,
        "form": form,
        "version": version,
    }
