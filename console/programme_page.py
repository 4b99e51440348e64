"""The first page: the published programme as a Gantt chart, what is due, and what needs a person."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from config.codes import in_name
from console.access import Elsewhere
from console.context import Context, context_of
from console.rendering import render
from console.timeline_part import chart_part, style_sheet
from console.visitors import who_asks
from models import PlanVersion, session
from services.accounts.roles import OF_INSPECTORATE
from services.casework.stages_to_come import WAITING_RUNS
from services.plans.plan_store import published_version, versions
from services.shown import attention, outlook

router = APIRouter()

WEEKS_AT_FIRST = "52"
LOOK_AHEAD = timedelta(weeks=2)
MOST_LINES = 10


@router.get("/", response_class=HTMLResponse)
def programme(request: Request) -> HTMLResponse:
    """The programme as it stands today; of an authority, its own area."""
    who = who_asks(request)
    if not who.is_one_of(OF_INSPECTORATE):
        raise Elsewhere(area_address(who.area_code or ""))
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        plan = published_version(opened)
        values = _published(opened, request, plan, context) if plan else _nothing_published(opened)
    return render(request, "programme.html", values)


@router.get("/gantt.css")
def style() -> Response:
    """The style of charts, which belongs to the reports."""
    return Response(style_sheet(), media_type="text/css", headers={"Cache-Control": "private, max-age=300"})


def area_address(code: str) -> str:
    """Address of an area's page."""
    return f"/areas/{in_name(code)}"


def _nothing_published(opened: Session) -> dict[str, Any]:
    drafts = len(versions(opened))
    return {"title": "No programme is published yet", "chart": None, "drafts": drafts}


def _published(opened: Session, request: Request, plan: PlanVersion, context: Context) -> dict[str, Any]:
    today = context.today()
    assert plan.version is not None
    shown = chart_part(opened, request, plan.version, weeks=WEEKS_AT_FIRST, today=today, link=area_address)
    lines = outlook.step_lines(opened, today)
    action, soon = outlook.needs_action(lines), outlook.ahead(lines, today, today + LOOK_AHEAD)
    return {
        **shown,
        "version": plan.version,
        "waiting_runs": WAITING_RUNS,
        "concerns": attention.concerns(opened, today),
        "figures": [
            (str(sum(line.is_late for line in action)), "steps are late"),
            (str(sum(not line.is_late for line in action)), "under way or awaiting sign-off"),
            (str(len(soon)), "begin or are due within two weeks"),
        ],
        "action": action[:MOST_LINES],
        "num_more": max(0, len(action) - MOST_LINES),
    }
