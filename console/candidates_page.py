"""`/activities/{code}/candidates`: every week for an activity of the published plan, or every person for a place."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import Context, context_of
from console.rendering import render
from models import session
from reports.words import capitalised
from services.errors import ServiceError
from services.naming.names import Names
from services.naming.people import names_of_inspectors
from services.plans.candidates import people_for, places_of, weeks_for
from services.plans.plan_store import load_plan, published_version
from services.problem.people_today import with_people_of_today
from services.problem.present import Present, as_it_stands
from services.shown.reasons.candidate_rows import person_row, week_row
from services.shown.reasons.standing_words import only_week_line, settled_words, standing_lines

router = APIRouter()

MOST_ROWS = 60


@router.get("/activities/{code}/candidates", response_class=HTMLResponse)
def candidates(request: Request, code: str, place: str = "") -> HTMLResponse:
    """The weeks, or with `place` the people, ranked; from the prepared plan that this process keeps."""
    context = context_of(request)
    try:
        present, people = _published(context)
        names = Names(present.problem, people)
        values = {"code": code, "places": places_of(present, code), "place": place}
        if place:
            values |= _people(context, present, names, code, place, people)
        else:
            values |= _weeks(context, present, names, code)
    except ServiceError as error:
        raise HTTPException(404, str(error)) from error
    return render(request, "candidates.html", values)


def _published(context: Context) -> tuple[Present, Mapping[str, str]]:
    """The published plan as it stands today, with the people of today and their names."""
    with session(context.engine, read_only=True) as opened:
        row = published_version(opened)
        if row is None or row.version is None:
            raise HTTPException(404, "No plan is published yet. Publish one with: jarcycle publish PLAN")
        stored = load_plan(opened, row.version)
        present = as_it_stands(opened, stored.problem, stored.plan, context.today())
        return with_people_of_today(opened, present), names_of_inspectors(opened)


def _weeks(context: Context, present: Present, names: Names, code: str) -> dict[str, Any]:
    """Weeks that can be had, then those that lack something; impossible ones are left out."""
    answer = weeks_for(context.prepared, present, code)
    sentences = list(standing_lines(names, answer.activity, present))
    found = [candidate for candidate in answer.weeks if candidate.alone is not None]
    if answer.fixed_by is not None:
        is_settled = settled_words(answer.activity, present) is not None
        sentences.append(only_week_line(names, answer.activity, found[0].week, answer.fixed_by, is_settled))
    return {
        "title": f"Weeks for {names.activity(answer.activity)}",
        "sentences": sentences,
        "head": ("Start", "Dates cost more", "People cost more", "What it takes"),
        "rows": [week_row(names, candidate) for candidate in found[:MOST_ROWS]],
        "num_more": max(0, len(found) - MOST_ROWS),
    }


def _people(
    context: Context, present: Present, names: Names, code: str, place: str, people: Mapping[str, str]
) -> dict[str, Any]:
    """Who may have the place, the cheapest first, then everybody with the skill who can't; the others are left out."""
    answer = people_for(context.prepared, present, code, place, people)
    found = [person for person in answer.people if person.why_not is None or person.why_not.why != "no_skill"]
    return {
        "title": f"{capitalised(names.skill(answer.skill))} place in {names.activity(answer.activity)}",
        "sentences": [f"The team is at work in the {names.weeks(answer.weeks)}."],
        "head": ("Person", "People cost more", "Kilometres from home", "Other reviews", "Why"),
        "rows": [person_row(names, person) for person in found[:MOST_ROWS]],
        "num_more": max(0, len(found) - MOST_ROWS),
    }
