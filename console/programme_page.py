"""The first page: what waits and what needs a person, then the published programme as a Gantt chart."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from config.codes import in_name
from console.access import Elsewhere
from console.concern_pages import with_page
from console.context import context_of
from console.keeping import kept
from console.rendering import render
from console.timeline_part import chart_part, style_sheet
from console.visitors import who_asks
from models import session
from services.accounts.roles import OF_INSPECTORATE
from services.casework.stages_to_come import WAITING_RUNS
from services.plans.plan_store import published_version, versions
from services.shown import attention, outlook

router = APIRouter()

WEEKS_AT_FIRST = "52"
LOOK_AHEAD = timedelta(weeks=2)
FORESEEN = timedelta(weeks=4)
"""How far ahead steps are read: as far as any page that lists what is due looks."""

MOST_LINES = 10


@router.get("/", response_class=HTMLResponse)
def programme(request: Request) -> HTMLResponse:
    """The programme as it stands today; of an authority, its own area; of a body, what is of it."""
    who = who_asks(request)
    if who.only_body is not None:
        raise Elsewhere(f"/bodies/{in_name(who.only_body)}")
    if not who.is_one_of(OF_INSPECTORATE):
        raise Elsewhere(area_address(who.area_code or ""))
    plan = kept(request, _published_number)
    if plan is None:
        with session(context_of(request).engine, read_only=True) as opened:
            drafts = len(versions(opened))
        values = {"title": "No programme is published yet", "chart": None, "drafts": drafts}
    else:
        values = _published(request, plan)
    return render(request, "programme.html", values)


@router.get("/gantt.css")
def style() -> Response:
    """The style of charts, which belongs to the reports."""
    return Response(style_sheet(), media_type="text/css", headers={"Cache-Control": "private, max-age=300"})


def area_address(code: str) -> str:
    """Address of an area's page."""
    return f"/areas/{in_name(code)}"


@dataclass(frozen=True)
class Standing:
    """Every step that has begun or begins within `FORESEEN`, and what a person should look at; read together."""

    lines: tuple[outlook.StepLine, ...]
    concerns: tuple[attention.Concern, ...]


def standing(opened: Session, as_of: date) -> Standing:
    """Where the programme stands on a day."""
    lines = outlook.step_lines(opened, as_of, until=as_of + FORESEEN)
    return Standing(tuple(lines), tuple(attention.concerns(opened, as_of)))


def _published_number(opened: Session, _as_of: date) -> int | None:
    plan = published_version(opened)
    return None if plan is None else plan.version


def _published(request: Request, plan: int) -> dict[str, Any]:
    today = context_of(request).today()
    now = kept(request, standing)
    lines = now.lines
    action, soon = outlook.needs_action(lines), outlook.ahead(lines, today, today + LOOK_AHEAD)
    return {
        **chart_part(request, plan, weeks=WEEKS_AT_FIRST, link=area_address),
        "version": plan,
        "waiting_runs": WAITING_RUNS,
        "concerns": [with_page(request, concern) for concern in now.concerns],
        "figures": [
            (str(sum(line.is_late for line in action)), "steps are late"),
            (str(sum(not line.is_late for line in action)), "under way or awaiting sign-off"),
            (str(len(soon)), "begin or are due within two weeks"),
        ],
        "action": action[:MOST_LINES],
        "num_more": max(0, len(action) - MOST_LINES),
    }
