"""`/ratings`: every area's newest profile, what it allows, and how it is rated; profiles are imported here, too."""

from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from config.codes import in_name
from console.context import context_of
from console.desk import word_of
from console.forms import Form, go_on
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.rendering import render
from console.uploads import Files
from models import session
from reports.words import capitalised, plural
from services.imports import ImportRefused
from services.imports.profile_files import import_profiles, read_sent_profiles
from services.shown.ratings import RatingLine, rating_lines

router = APIRouter()


def _rating(line: RatingLine) -> Words:
    marks = (Words("Under appeal"),) if line.is_under_appeal else ()
    return Words(line.grade or "Not rated", more=marks)


RATINGS: Listing[RatingLine] = Listing(
    path="/ratings",
    name="Annual ratings",
    noun=("area", "areas"),
    columns=(
        Column("area", "Area", lambda line: Words(line.area, f"/areas/{in_name(line.area_code)}/profile")),
        Column("quarter", "Newest profile", lambda line: Words(line.quarter)),
        Column("best", "At best", lambda line: Words(line.best)),
        Column("rating", "Rating", _rating),
        Column("letter", "Letter", lambda line: Words(capitalised(line.state))),
        Column(
            "queries",
            "Open queries",
            lambda line: Words(str(line.open_queries)),
            lambda line: line.open_queries,
            is_number=True,
        ),
    ),
    filters=(
        Filter("rating", "Rating", "Any rating", lambda line: [(line.grade, line.grade or "Not rated")]),
        Filter("best", "At best", "Any", lambda line: [(line.best, line.best)] if line.best else []),
    ),
    found_by=lambda line: f"{line.area} {line.area_code}",
    search_label="Area",
)


def lines_of_today(opened: Session, today: date) -> list[RatingLine]:
    """The list on a day."""
    return rating_lines(opened, today)


@router.get("/ratings", response_class=HTMLResponse)
def ratings(request: Request) -> HTMLResponse:
    """The list, searched, filtered and sorted as the address says."""
    return _shown(request)


add_file(router, RATINGS, lambda request: kept(request, lines_of_today))


@router.post("/ratings/profiles")
def send_profiles(request: Request, files: Files) -> Response:
    """Import profiles: all of what was sent, or nothing and everything that is wrong."""
    try:
        batch = read_sent_profiles(files)
        with session(context_of(request).engine) as opened:
            done = import_profiles(opened, batch, word_of(request, Form()))
    except ImportRefused as refused:
        return _shown(request, refused)
    told = f"{plural(done.added, 'profile')} added, {done.changed} changed, {done.same} as before."
    return go_on(request, "/ratings", capitalised(told))


def _shown(request: Request, problems: ImportRefused | None = None) -> HTMLResponse:
    found = kept(request, lines_of_today)
    year = context_of(request).today().year
    values = {
        "title": f"Ratings of {year}",
        "frame": frame(RATINGS, asked_of(request, RATINGS), found),
        "num_rows": len(found),
        "problems": () if problems is None else problems.findings,
    }
    return render(request, "ratings.html", values, 422 if problems else 200)
