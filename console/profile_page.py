"""`/areas/{code}/profile`: an area's performance profile in layers, what it allows, its rating, and data queries."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.codes import in_name
from config.findings import InvalidText
from console.context import context_of
from console.missing import or_404
from console.rendering import render
from console.visitors import audience_of, who_asks
from models import session
from services.naming.areas import find_area
from services.rating import rating_words
from services.rating.appeal_entries import NEXT_WORDS
from services.rating.quarters import Quarter, parse_quarter
from services.shown.ratings import shown_profile

router = APIRouter()

ANSWERS = {True: "Met", False: "Not met", None: "Not answered: no figures"}
WORDS = {
    "age_in_words": rating_words.age_in_words,
    "asked_in_words": rating_words.asked_in_words,
    "figure_in_words": rating_words.figure_in_words,
    "finding_in_words": rating_words.finding_in_words,
    "group_in_words": rating_words.group_in_words,
    "limit_days_in_words": rating_words.limit_days_in_words,
    "limited_in_words": rating_words.limited_in_words,
    "tested_in_words": rating_words.tested_in_words,
    "trend_in_words": rating_words.trend_in_words,
}
"""How figures read, by the names under which the template says them."""


@router.get("/areas/{code:path}/profile", response_class=HTMLResponse)
def profile(request: Request, code: str, quarter: str = "") -> HTMLResponse:
    """The newest profile of an area, or that of the quarter in the address."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened, or_404():
        area = find_area(opened, code)
        wanted = _quarter(quarter) if quarter else None
        shown = shown_profile(opened, area, context.today(), wanted, audience_of(who_asks(request)))
        values = {
            "title": f"Profile of {area.name}",
            "shown": shown,
            "address": f"/areas/{in_name(area.code)}",
            "answers": ANSWERS,
            "next_words": NEXT_WORDS,
            "day": context.today(),
            **WORDS,
        }
        if shown.assessment is not None:
            values["title"] = f"Profile of {area.name}, {shown.assessment.profile.quarter}"
        return render(request, "profile.html", values)


def _quarter(text: str) -> Quarter:
    try:
        return parse_quarter(text)
    except InvalidText as fault:
        raise HTTPException(404, f"{fault.message} {fault.advice}") from None
