"""`/years` and `/areas/{code}/years`: what each year is for the areas, how far their assessments are, and results."""

from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.codes import in_name
from console.assessment_pages import sayings_of
from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.rendering import render
from console.visitors import audience_of, who_asks
from models import session
from reports.words import date_in_words, list_in_words
from services.events.event_entries import list_events
from services.naming.areas import find_area
from services.programme import policy_of
from services.shown.shown_plan import Audience
from services.shown.years import YearLine, year_lines, years_counted

router = APIRouter()


def _field(line: YearLine) -> Words:
    if not line.has_field:
        return Words("None: the review supplies it")
    if line.field_on is not None:
        return Words(f"Began on {date_in_words(line.field_on)}")
    return Words(f"{date_in_words(line.days.field_first)} to {date_in_words(line.days.field_last)}")


def _state(line: YearLine) -> Words:
    return Words(line.state_name, is_late=line.is_late)


def _grades(line: YearLine) -> Words:
    return Words(", ".join(f"{given.name} {given.grade}" for given in line.grades))


YEARS: Listing[YearLine] = Listing(
    path="/years",
    name="Yearly assessments",
    noun=("assessment", "assessments"),
    columns=(
        Column("area", "Area", lambda line: Words(line.area_name, f"/areas/{in_name(line.area)}/years")),
        Column("year", "Year", lambda line: Words(str(line.year)), lambda line: line.year, is_number=True),
        Column("role", "What the year is", lambda line: Words(line.role_name)),
        Column("state", "State", _state),
        Column("field", "Field exercise", _field, lambda line: line.field_on),
        Column("grades", "Grades", _grades),
        Column(
            "judged",
            "Judged on",
            lambda line: Words(date_in_words(line.judged_on) if line.judged_on else ""),
            lambda line: line.judged_on,
        ),
    ),
    filters=(
        Filter("year", "Year", "All years", lambda line: [(str(line.year), str(line.year))]),
        Filter("role", "What the year is", "Anything", lambda line: [(line.role, line.role_name)]),
        Filter("state", "State", "All states", lambda line: [(line.state, line.state_name)]),
    ),
    found_by=lambda line: f"{line.area_name} {line.area} {line.year}",
    search_label="Area",
)


def all_lines(opened: Session, today: date) -> list[YearLine]:
    """Every assessment, the newest year first."""
    return year_lines(opened, today)


@router.get("/years", response_class=HTMLResponse)
def years(request: Request) -> HTMLResponse:
    """Every area in every year, searched and filtered as the address says."""
    found, today = kept(request, all_lines), context_of(request).today()
    counted = years_counted(found, today)
    values = {
        "title": counted[0].title if counted else "Years",
        "counted": counted,
        "frame": frame(YEARS, asked_of(request, YEARS), found),
        "num_rows": len(found),
        "names": {
            counts.year: list_in_words(list(counts.not_judged)) for counts in counted if counts.is_over
        },
    }
    return render(request, "years.html", values)


add_file(router, YEARS, lambda request: kept(request, all_lines))


@router.get("/areas/{code:path}/years", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The years of one area; its authority sees no roles, which would tell when its review is."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        with or_404():
            area = find_area(opened, code)
        lines, rules = year_lines(opened, context.today(), area.code), policy_of(opened).yearly
        watched = list_events(opened, area.code, watched=True)
    is_own = audience_of(who_asks(request)) is Audience.AUTHORITY
    says = {} if is_own or rules is None else {line.number: sayings_of(line, rules) for line in lines}
    values = {
        "title": f"Yearly assessments of {area.name}",
        "area": area,
        "lines": lines,
        "is_own": is_own,
        "sayings": says,
        "watched": [] if is_own else watched,
    }
    return render(request, "area_years.html", values)
