"""`/appeals`, `/appeals/{number}`: appeals against ratings, how far each has come, and how they were decided."""

from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.codes import in_name
from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.own_part import is_number
from console.rendering import render
from models import session
from reports.words import capitalised, date_in_words
from services.rating.appeal_entries import NEXT_WORDS, AppealEntry, count_appeals, list_appeals, show_appeal

router = APIRouter()


def _next(entry: AppealEntry) -> Words:
    if entry.next_step is None or entry.due is None:
        return Words("")
    return Words(f"{capitalised(NEXT_WORDS[entry.next_step])} by {date_in_words(entry.due)}")


APPEALS: Listing[AppealEntry] = Listing(
    path="/appeals",
    name="Appeals against ratings",
    noun=("appeal", "appeals"),
    columns=(
        Column(
            "number",
            "Appeal",
            lambda entry: Words(f"Appeal {entry.number}", f"/appeals/{entry.number}"),
            lambda entry: entry.number,
        ),
        Column("area", "Area", lambda entry: Words(entry.area, f"/areas/{in_name(entry.area_code)}/profile")),
        Column(
            "year", "Year", lambda entry: Words(str(entry.year)), lambda entry: entry.year, is_number=True
        ),
        Column("state", "State", lambda entry: Words(capitalised(entry.state))),
        Column("since", "Since", lambda entry: Words(date_in_words(entry.since)), lambda entry: entry.since),
        Column("next", "What next", _next, lambda entry: entry.due),
        Column("complaint", "Complaint", lambda entry: Words(entry.complaint)),
    ),
    filters=(
        Filter("year", "Year", "All years", lambda entry: [(str(entry.year), str(entry.year))]),
        Filter("state", "State", "Any state", lambda entry: [(entry.state, capitalised(entry.state))]),
    ),
    found_by=lambda entry: f"{entry.number} {entry.area} {entry.complaint}",
    search_label="Area, number or complaint",
)


def appeal_entries(opened: Session, _today: date) -> list[AppealEntry]:
    """Every appeal, what is due first."""
    return list_appeals(opened)


@router.get("/appeals", response_class=HTMLResponse)
def appeals(request: Request) -> HTMLResponse:
    """Every appeal, and how many of them were upheld."""
    found = kept(request, appeal_entries)
    counts = count_appeals(found)
    values = {
        "title": f"Appeals: {counts.lodged} lodged, {counts.num_open} to be decided",
        "frame": frame(APPEALS, asked_of(request, APPEALS), found),
        "num_rows": len(found),
        "counts": counts,
    }
    return render(request, "appeals.html", values)


add_file(router, APPEALS, lambda request: kept(request, appeal_entries))


@router.get("/appeals/{number}", response_class=HTMLResponse)
def one_appeal(request: Request, number: str) -> HTMLResponse:
    """Everything that happened in it, and what is to come."""
    entry = appeal_entry(request, number)
    values = {
        "title": f"Appeal {entry.number} of {entry.area}: {entry.state}",
        "entry": entry,
        "facts": appeal_facts(entry),
        "is_late": entry.is_late(context_of(request).today()),
    }
    return render(request, "appeal.html", values)


def appeal_entry(request: Request, number: str) -> AppealEntry:
    """An appeal by the number in an address; 404 if there is none."""
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        if is_number(number):
            return show_appeal(opened, int(number))
    raise HTTPException(404, f"There is no appeal {number}. Go to the page Appeals.")


def appeal_facts(entry: AppealEntry) -> tuple[tuple[str, str], ...]:
    """What is known of an appeal, by name."""
    known = (
        ("Area", entry.area),
        ("Rating", f"{entry.year}: {entry.grade}"),
        ("State", capitalised(entry.state)),
        ("What next", _next(entry).text),
        ("Waived", entry.waiver),
        ("New rating", entry.new_grade),
        ("Complaint", entry.complaint),
    )
    return tuple((name, value) for name, value in known if value)
