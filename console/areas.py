"""`/areas/{code}`: an area's timeline with who does what at each step, made to be printed."""

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.access import may
from console.action_pages import pages_for
from console.activity_pages import SAYINGS
from console.consultation_pages import CONSULTATION
from console.context import context_of
from console.keeping import kept
from console.missing import or_404
from console.moments import in_england
from console.own_part import reviews_seen
from console.rendering import markup, render
from console.saying import open_sayings
from console.visitors import audience_of, who_asks
from models import Activity, Area, session
from reports.gantt import gantt_table
from reports.words import plural
from services.casework.evidence.checklists import burden
from services.casework.reporting.feeds import Fed
from services.casework.specification import specification_of
from services.events.event_entries import list_events
from services.naming.areas import find_area
from services.naming.steps import find_activities
from services.plans.plan_store import published_version
from services.shown import outlook
from services.shown.activity_forms import ActivityForm, activity_form
from services.shown.area_background import background_of_area
from services.shown.authority_view import OwnArea, own_area
from services.shown.consultation import ConsultationForm, consultation_form, consultation_of
from services.shown.findings import contribution_lines, ended_in_words
from services.shown.follow_up import follow_up_of_area
from services.shown.gantt import plan_chart
from services.shown.judgements import judgement_lines
from services.shown.partners import people_of_area
from services.shown.report import report_view
from services.shown.shown_plan import Audience, Selection
from services.shown.team_states import review_teams
from services.shown.waiting_list import waiting

router = APIRouter()


@router.get("/areas/{code:path}", response_class=HTMLResponse)
def area(request: Request, code: str) -> HTMLResponse:
    """The timeline of one area, by its DfE number or its GSS code."""
    with session(context_of(request).engine, read_only=True) as opened:
        with or_404():
            found = find_area(opened, code)
        if audience_of(who_asks(request)) is Audience.AUTHORITY:
            return _of_authority(request, found, own_area(opened, found, context_of(request).today()))
    only = reviews_seen(request, who_asks(request))
    values = {**kept(request, values_of, found.code, only), "page_of": pages_for(request)}
    if not may(who_asks(request), "GET", "/plans/{version}/activity"):
        values["desk"] = None
    return render(request, "area.html", {**values, "in_england": in_england})


def values_of(opened: Session, today: date, code: str, only: frozenset[str] | None = None) -> dict[str, Any]:
    """What the page of an area shows: of all its activities, or of those that a body has a part in."""
    found, plan = find_area(opened, code), published_version(opened)
    lines = outlook.step_lines(opened, today, area_code=code, with_people=True)
    rows, people = find_activities(opened, code), people_of_area(opened, code)
    required = waiting(opened, today, code)
    if only is not None:
        lines = [line for line in lines if line.activity in only]
        rows = [row for row in rows if row.code in only]
        required = [item for item in required if item.action.activity in only]
        people = replace(people, lists=tuple(listed for listed in people.lists if listed.activity in only))
    activities = [list(steps) for _code, steps in groupby(_by_activity(lines), lambda line: line.activity)]
    late = sum(line.is_late for line in lines)
    return {
        "title": f"{found.name}: {plural(late, 'step')} late" if late else found.name,
        "area": found,
        "activities": activities,
        "chart": _chart(opened, found, today) if only is None else None,
        "load": burden(opened, code) if only is None else "your reviews",
        "required": required,
        "teams": review_teams(opened, code),
        "specifications": {row.code: specification_of(opened, row) for row in rows},
        "judgements": {row.code: judgement_lines(opened, row) for row in rows},
        "reports": {row.code: _reporting(opened, row) for row in rows},
        "follow_up": follow_up_of_area(opened, code, today) if only is None else None,
        "consultations": _consultations(opened, code, today, {row.code for row in rows}),
        "people": people,
        "events": list_events(opened, code) if only is None else [],
        "background": background_of_area(opened, code) if only is None else None,
        "reviews": {row.code: _review(opened, row) for row in rows},
        "desk": None if plan is None else plan.version,
    }


def _review(opened: Session, row: Activity) -> tuple[ActivityForm, list[tuple[str, str]]]:
    """An activity and what can be said of it now."""
    form = activity_form(opened, row)
    return form, open_sayings(SAYINGS, form)


def _reporting(opened: Session, row: Activity) -> tuple[str, str, tuple[Fed, ...]]:
    """How far findings and report are, each blank where there are none; and what other reports bring to it."""
    lines, view = contribution_lines(opened, row), report_view(opened, row)
    return ended_in_words(lines) if lines else "", view.in_words if view.parts else "", view.inputs


def _consultations(
    opened: Session, code: str, today: date, only: set[str]
) -> list[tuple[ConsultationForm, list[tuple[str, str]]]]:
    """The consultation of each published review, and what can be said of it now."""
    found = []
    for view in consultation_of(opened, code, today):
        if view.code in only and view.days is not None:
            form = consultation_form(opened, view.row, today)
            found.append((form, open_sayings(CONSULTATION, form)))
    return found


def _of_authority(request: Request, found: Area, shown: OwnArea) -> HTMLResponse:
    title = f"{found.name}: {plural(shown.num_late, 'step')} late" if shown.num_late else found.name
    values = {"title": title, "area": found, "own": shown, "page_of": pages_for(request)}
    return render(request, "own_area.html", values)


def _by_activity(lines: list[outlook.StepLine]) -> list[outlook.StepLine]:
    first = {line.activity: line.first_on for line in reversed(lines)}
    return sorted(lines, key=lambda line: (first[line.activity], line.activity))


def _chart(opened: Session, found: Area, today: date) -> Any:
    plan = published_version(opened)
    if plan is None or plan.version is None:
        return None
    selection = Selection(areas=frozenset({found.code}))
    return markup(
        gantt_table(plan_chart(opened, plan.version, today=today, selection=selection), heading_level=2)
    )
