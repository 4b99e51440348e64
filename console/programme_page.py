"""The first page: what waits and what needs a person, then the published programme as a Gantt chart."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from config.codes import in_name
from console.context import context_of
from console.keeping import kept
from console.rendering import markup, render
from models import session
from reports.gantt import gantt_css, gantt_table
from services.casework.stages_to_come import WAITING_RUNS
from services.plans.plan_store import published_version, versions
from services.shown import attention, outlook
from services.shown.gantt import plan_chart

router = APIRouter()

WEEKS_SHOWN = (26, 52, 156)
LOOK_AHEAD = timedelta(weeks=2)
MOST_LINES = 10
MOST_ROWS = 150
"""Rows of the chart on the first page, the late ones first; the plan's own page has all of them."""


@router.get("/", response_class=HTMLResponse)
def programme(request: Request, weeks: Annotated[int, Query(ge=4, le=260)] = 52) -> HTMLResponse:
    """The programme as it stands today."""
    plan = kept(request, _published_number)
    if plan is None:
        with session(context_of(request).engine, read_only=True) as opened:
            drafts = len(versions(opened))
        values = {"title": "No programme is published yet", "chart": None, "drafts": drafts}
    else:
        values = _published(request, plan, weeks)
    return render(request, "programme.html", values)


@router.get("/gantt.css")
def style() -> Response:
    """The style of charts, which belongs to the reports."""
    return Response(gantt_css(), media_type="text/css", headers={"Cache-Control": "private, max-age=300"})


def area_address(code: str) -> str:
    """Address of an area's page."""
    return f"/areas/{in_name(code)}"


@dataclass(frozen=True)
class Chart:
    """The chart as markup, and how many rows of how many it has."""

    title: str
    html: str
    num_shown: int
    num_rows: int


def chart_of(opened: Session, as_of: date, version: int, weeks: int) -> Chart:
    """A version as a chart of its first rows, from a few weeks before a day on."""
    chart = plan_chart(opened, version, today=as_of, weeks=weeks, link=area_address)
    shown = replace(chart, rows=chart.rows[:MOST_ROWS])
    return Chart(chart.title, gantt_table(shown, heading_level=2), len(shown.rows), len(chart.rows))


@dataclass(frozen=True)
class Standing:
    """Every step of the programme that is not finished, and what a person should look at; read together."""

    lines: tuple[outlook.StepLine, ...]
    concerns: tuple[attention.Concern, ...]


def standing(opened: Session, as_of: date) -> Standing:
    """Where the programme stands on a day."""
    lines = outlook.step_lines(opened, as_of, only_open=True)
    return Standing(tuple(lines), tuple(attention.concerns(opened, as_of)))


def _published_number(opened: Session, _as_of: date) -> int | None:
    plan = published_version(opened)
    return None if plan is None else plan.version


def _published(request: Request, plan: int, weeks: int) -> dict[str, Any]:
    today = context_of(request).today()
    chart, now = kept(request, chart_of, plan, weeks), kept(request, standing)
    lines = now.lines
    action, soon = outlook.needs_action(lines), outlook.ahead(lines, today, today + LOOK_AHEAD)
    return {
        "title": chart.title,
        "chart": markup(chart.html),
        "num_shown": chart.num_shown,
        "num_rows": chart.num_rows,
        "plan": plan,
        "weeks": weeks,
        "choices": WEEKS_SHOWN,
        "waiting_runs": WAITING_RUNS,
        "concerns": now.concerns,
        "figures": [
            (str(sum(line.is_late for line in action)), "steps are late"),
            (str(sum(not line.is_late for line in action)), "under way or awaiting sign-off"),
            (str(len(soon)), "begin or are due within two weeks"),
        ],
        "action": action[:MOST_LINES],
        "num_more": max(0, len(action) - MOST_LINES),
    }
