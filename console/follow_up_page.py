"""`/areas/{code}/follow-up` and `/follow-up`: what was recommended, who owns and monitors it, and what is done."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.follow_up_pages import OF_REVIEW
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.own_part import reviews_seen
from console.programme_page import area_address
from console.recommendation_pages import OF_ACTION, OF_RECOMMENDATION
from console.rendering import render
from console.saying import open_sayings
from console.visitors import audience_of, who_asks
from models import session
from reports.words import capitalised, date_in_words, plural
from services.naming.areas import find_area
from services.shown.follow_up import follow_up_of_area
from services.shown.follow_up_forms import ActionForm, RecommendationForm, follow_up_form
from services.shown.recommendations import RecommendationLine, all_recommendations

router = APIRouter()


@router.get("/areas/{code:path}/follow-up", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The follow-up of every review of an area, its interventions, and what can be said of them."""
    context, who = context_of(request), who_asks(request)
    audience, only, today = audience_of(who), reviews_seen(request, who), context.today()
    with session(context.engine, read_only=True) as opened:
        with or_404():
            area = find_area(opened, code)
        found = follow_up_of_area(opened, area.code, today, audience)
        if only is not None:
            found = replace(found, interventions=(), priorities=0)
        reviews = [review for review in found.reviews if only is None or review.code in only]
        forms = {review.code: follow_up_form(opened, review.row, today, audience) for review in reviews}
    late = sum(
        action.is_late for review in reviews for line in review.recommendations for action in line.actions
    )
    values = {
        "title": f"Follow-up in {found.area}" + (f": {plural(late, 'action')} overdue" if late else ""),
        "area": area,
        "found": found,
        "reviews": reviews,
        "of_review": lambda review: open_sayings(OF_REVIEW, forms[review.code]),
        "of_recommendation": lambda review, line: open_sayings(
            OF_RECOMMENDATION, RecommendationForm(line, forms[review.code], ())
        ),
        "of_action": lambda review, line, action: open_sayings(
            OF_ACTION, ActionForm(action, RecommendationForm(line, forms[review.code], ()))
        ),
    }
    return render(request, "follow_up.html", values)


def _about(line: RecommendationLine) -> Words:
    text = f"Priority action: {line.text}" if line.is_priority else line.text
    return Words(text, more=(Words(f"{line.activity}, recommendation {line.number}"),))


def _owner(line: RecommendationLine) -> Words:
    return Words(line.owner or "Nobody", more=tuple(map(Words, line.organisations[1:])))


def _due(line: RecommendationLine) -> Words:
    if line.next_due is None:
        return Words("")
    return Words(date_in_words(line.next_due), is_late=any(action.is_late for action in line.actions))


RECOMMENDATIONS: Listing[RecommendationLine] = Listing(
    path="/follow-up",
    name="Recommendations",
    noun=("recommendation", "recommendations"),
    columns=(
        Column(
            "area",
            "Area",
            lambda line: Words(line.area, f"{area_address(line.area_code)}/follow-up"),
            lambda line: line.area,
        ),
        Column("recommendation", "Recommendation", _about),
        Column("owner", "Owner", _owner),
        Column("monitor", "Monitored by", lambda line: Words(line.agenda or line.monitor or "Nobody")),
        Column("due", "Next due", _due, lambda line: line.next_due),
        Column("state", "State", lambda line: Words(capitalised(line.state))),
    ),
    filters=(
        Filter(
            "monitor",
            "Monitored by",
            "All monitors",
            lambda line: [(line.monitor_key, line.monitor)] if line.monitor else [],
        ),
        Filter("area", "Area", "All areas", lambda line: [(line.area_code, line.area)]),
        Filter("state", "State", "Any state", lambda line: [(line.state, capitalised(line.state))]),
        Filter(
            "priority",
            "Priority",
            "All recommendations",
            lambda line: [("yes", "Priority actions")] if line.is_priority else [],
        ),
        Filter("on", "Still on", "All", lambda line: [("yes", "Still on")] if line.is_on else []),
    ),
    found_by=lambda line: " ".join((line.area, line.activity, line.text, *line.organisations)),
    search_label="Area, text or owner",
)


def recommendation_lines(opened: Session, today: date) -> list[RecommendationLine]:
    """Every recommendation, priority actions first."""
    return all_recommendations(opened, today)


@router.get("/follow-up", response_class=HTMLResponse)
def recommendations(request: Request) -> HTMLResponse:
    """The recommendations of all areas; a filter gives the list of one monitor."""
    found = kept(request, recommendation_lines)
    on = sum(line.is_on for line in found)
    values = {
        "title": f"Follow-up: {plural(on, 'recommendation')} still on",
        "frame": frame(RECOMMENDATIONS, asked_of(request, RECOMMENDATIONS), found),
        "num_rows": len(found),
    }
    return render(request, "recommendations.html", values)


add_file(router, RECOMMENDATIONS, lambda request: kept(request, recommendation_lines))
