"""`/plans/moves`: what begins in another week, or has other people, in one plan than in another."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.context import context_of
from console.exports import version_number
from console.frames import Choice, Field, frame
from console.keeping import kept
from console.listing import Asked, Column, Filter, Listing, Words, asked_of, file_of, selected
from console.missing import or_404
from console.programme_page import area_address
from console.rendering import render
from models import session
from reports.words import date_in_words, list_in_words, plural
from services.plans.plan_store import versions
from services.shown.plan_shifts import SAME, Move, moves_between

router = APIRouter()

BEFORE, AFTER = "before", "after"


def _weeks(move: Move) -> Words:
    if not move.weeks:
        return Words("Same week")
    way = "later" if move.weeks > 0 else "earlier"
    return Words(f"{plural(abs(move.weeks), 'week')} {way}")


def _people(move: Move) -> Words:
    said = [
        f"{list_in_words(list(names))} {verb}"
        for names, verb in ((move.left, "out"), (move.joined, "in"))
        if names
    ]
    return Words("; ".join(said))


MOVES: Listing[Move] = Listing(
    path="/plans/moves",
    name="What moves",
    noun=("activity", "activities"),
    columns=(
        Column(
            "area",
            "Area",
            lambda move: Words(move.area, area_address(move.area_code)),
            lambda move: move.area,
        ),
        Column("activity", "Activity", lambda move: Words(move.kind, more=(Words(move.activity),))),
        Column("from", "From", lambda move: Words(date_in_words(move.before)), lambda move: move.before),
        Column("to", "To", lambda move: Words(date_in_words(move.after)), lambda move: move.after),
        Column("weeks", "Moves by", _weeks, lambda move: move.weeks),
        Column("people", "People", _people),
    ),
    filters=(
        Filter("shift", "Moves by", "Any distance", lambda move: [(move.shift.code, move.shift.words)]),
        Filter("kind", "Kind", "All kinds", lambda move: [(move.kind, move.kind)]),
        Filter("region", "Region", "All regions", lambda move: [(move.region, move.region)]),
    ),
    found_by=lambda move: f"{move.area} {move.activity} {' '.join((*move.left, *move.joined))}",
    search_label="Area, activity or person",
)


@router.get("/plans/moves", response_class=HTMLResponse)
def moves(request: Request) -> HTMLResponse:
    """From the version `before` to the version `after`, which the address names."""
    asked, versions_asked = _asked(request)
    rows = _rows(request, versions_asked)
    before, after = versions_asked
    weeks = sum(move.shift is not SAME for move in rows)
    begins = "begins" if weeks == 1 else "begin"
    shown = frame(MOVES, asked, rows)
    values = {
        "title": f"Plan {before} to plan {after}: {plural(weeks, 'activity', 'activities')} {begins} in another week",
        "frame": replace(shown, fields=(*_of_plans(request, versions_asked), *shown.fields)),
        "before": before,
        "after": after,
    }
    return render(request, "moves.html", values)


@router.get("/plans/moves.{kind}")
def moves_as_file(request: Request, kind: str) -> Response:
    """The same view as a file, all pages of it."""
    asked, versions_asked = _asked(request)
    rows = selected(MOVES, asked, _rows(request, versions_asked))
    return file_of(MOVES, rows, kind, context_of(request).today())


def _asked(request: Request) -> tuple[Asked, tuple[int, int]]:
    asked = asked_of(request, MOVES, (BEFORE, AFTER))
    with session(context_of(request).engine, read_only=True) as opened:
        found = [version_number(opened, asked.answers.get(name, "")) for name in (BEFORE, AFTER)]
    before, after = found
    if before == after:
        raise HTTPException(404, "A plan does not move against itself. Choose two plans on the page Plans.")
    return asked, (before, after)


def _rows(request: Request, numbers: tuple[int, int]) -> Sequence[Move]:
    with or_404():
        return kept(request, moves_between, *numbers)


def _of_plans(request: Request, numbers: tuple[int, int]) -> tuple[Field, ...]:
    """Both plans, to be chosen anew."""
    known = kept(request, _versions)
    return tuple(
        Field(
            name,
            label,
            str(number),
            "Choose a plan",
            tuple(Choice(str(version), f"Plan {version}", version == number) for version in known),
        )
        for name, label, number in zip((BEFORE, AFTER), ("From", "To"), numbers, strict=True)
    )


def _versions(opened: Session, _as_of: object) -> tuple[int, ...]:
    return tuple(row.version for row in versions(opened) if row.version is not None)
