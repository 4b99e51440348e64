"""`/areas`: every area with its region, how urgent it is, its last grade, its next date and where it stands."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.codes import in_name
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.rendering import render
from reports.values import Level
from reports.words import capitalised, date_in_words, plural
from services.shown.area_list import MOST_URGENT, AreaLine, area_lines

router = APIRouter()

LEVELS = {Level.LATE: "Late", Level.AT_RISK: "At risk", Level.USUAL: "On its way"}
CONCERN = ((8, "high", "High: 8 to 10"), (4, "medium", "Medium: 4 to 7"), (1, "low", "Low: 1 to 3"))
"""From which urgency on a concern is called so."""


def _name(line: AreaLine) -> Words:
    return Words(line.name, f"/areas/{in_name(line.code)}")


def _grade(line: AreaLine) -> Words:
    if line.last is None:
        return Words("")
    return Words(
        capitalised(line.last.grade), more=(Words(f"{line.last.of}, {date_in_words(line.last.decided_on)}"),)
    )


def _next(line: AreaLine) -> Words:
    if line.next_on is None:
        return Words("Nothing")
    return Words(date_in_words(line.next_on), more=(Words(capitalised(line.next_name)),))


def _concern(line: AreaLine) -> list[tuple[str, str]]:
    return [next((value, words) for least, value, words in CONCERN if line.urgency >= least)]


AREAS: Listing[AreaLine] = Listing(
    path="/areas",
    name="Areas",
    noun=("area", "areas"),
    columns=(
        Column("area", "Area", _name, lambda line: line.name),
        Column("region", "Region", lambda line: Words(line.region)),
        Column(
            "concern",
            "Concern",
            lambda line: Words(f"{line.urgency} of {MOST_URGENT}"),
            lambda line: line.urgency,
            is_number=True,
        ),
        Column("grade", "Last grade", _grade, lambda line: line.last.grade if line.last else None),
        Column("next", "Next date", _next, lambda line: line.next_on),
        Column("state", "State", lambda line: Words(line.state, is_late=line.level is Level.LATE)),
    ),
    filters=(
        Filter("region", "Region", "All regions", lambda line: [(line.region, line.region)]),
        Filter("state", "State", "All states", lambda line: [(line.level.value, LEVELS[line.level])]),
        Filter("concern", "Concern", "Any concern", _concern),
        Filter(
            "grade",
            "Last grade",
            "Any grade",
            lambda line: (
                [(line.last.grade, capitalised(line.last.grade))]
                if line.last
                else [("none", "Not graded yet")]
            ),
        ),
        Filter("kind", "Activity", "All activities", lambda line: line.kinds),
    ),
    found_by=lambda line: f"{line.name} {line.code} {line.state}",
    order="area",
    search_label="Name or number",
)


@router.get("/areas", response_class=HTMLResponse)
def all_areas(request: Request) -> HTMLResponse:
    """Every area, searched and filtered as the address says."""
    lines = kept(request, area_lines)
    late = sum(line.level is Level.LATE for line in lines)
    title = f"{plural(len(lines), 'area')}, {late or 'none'} late" if lines else "No areas yet"
    values = {
        "title": capitalised(title),
        "frame": frame(AREAS, asked_of(request, AREAS), lines),
        "num_rows": len(lines),
    }
    return render(request, "areas.html", values)


add_file(router, AREAS, lambda request: kept(request, area_lines))
