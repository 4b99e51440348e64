"""A plan as a map of its areas, coloured by the year of review, by state or by concern, and the same as a table."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from models import Area
from reports.area_map import NUM_TONES, AreaMap, MapClass, Place
from reports.values import Level
from reports.words import date_in_words, list_in_words, plural
from services.shown.chart_rows import ChartRow, NameLink, area_rows, work_by_area
from services.shown.look import Look
from services.shown.shown_plan import ShownActivity, read_plan


class Colouring(StrEnum):
    """What the colours of a map say."""

    YEAR = "year"
    STATE = "state"
    CONCERN = "concern"


CONCERNS = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
"""Classes of urgency, from none to the gravest concern, both ends included (R023-R027)."""

MOST_ON_A_MAP = 400
"""Of more areas the dots would have no room to be pressed, however far they are moved apart."""

GRAVE = 7
"""Urgency from which on a map's finding counts an area."""


@dataclass(frozen=True)
class AreaLine:
    """An area as the table beside the map has it; `begins_on` is None without dates."""

    name: str
    href: str
    region: str
    year: str
    begins_on: date | None
    state: str
    is_late: bool
    concern: int


@dataclass(frozen=True)
class MapPage:
    """A map and its table: the areas in the order of the legend, then of their names; None if there are too many."""

    map: AreaMap | None
    lines: tuple[AreaLine, ...]
    title: str


@dataclass(frozen=True)
class _Shown:
    """An area with its row, its activities and the address of its page."""

    area: Area
    row: ChartRow
    activities: tuple[ShownActivity, ...]
    href: str


def plan_map(
    session: Session, version: int, look: Look, colouring: Colouring, *, today: date, link: NameLink
) -> MapPage:
    """The areas of a version that somebody looks at; those without any activity of the selection are left out.

    Raises
    ------
    NotFound
        If there is no such version, or nobody of the selected inspector's code.
    """
    view = read_plan(session, version, look.selection, pressing_on=today)
    rows, work = [row for row in area_rows(view, today) if look.shows(row)], work_by_area(view)
    shown = [_Shown(view.areas[row.code], row, tuple(work[row.code]), link(row.code)) for row in rows]
    classes, class_of = CLASSES[colouring](shown)
    shown.sort(key=lambda found: (class_of(found), found.area.name))
    title, lines = FINDINGS[colouring](shown), tuple(map(_line, shown))
    if len(shown) > MOST_ON_A_MAP:
        return MapPage(None, lines, title)
    places = tuple(_place(found, class_of(found), colouring) for found in shown)
    return MapPage(AreaMap(title=title, places=places, classes=classes), lines, title)


def _place(found: _Shown, class_index: int, colouring: Colouring) -> Place:
    return Place(
        name=found.area.name,
        latitude=found.area.lat,
        longitude=found.area.lon,
        href=found.href,
        class_index=class_index,
        words=_in_words(found),
        sign=str(found.area.urgency) if colouring is Colouring.CONCERN else "",
    )


def _in_words(found: _Shown) -> str:
    """'from 9 January 2006 (2005-06); Under way; concern 4 of 10'."""
    begins = _begins_on(found.row)
    dates = f"from {date_in_words(begins)} ({found.row.year})" if begins else "no dates"
    return f"{dates}; {found.row.row.status}; concern {found.area.urgency} of 10"


def _line(found: _Shown) -> AreaLine:
    row = found.row
    return AreaLine(
        name=found.area.name,
        href=found.href,
        region=found.area.region,
        year=row.year,
        begins_on=_begins_on(row),
        state=row.row.status,
        is_late=row.state.level is Level.LATE,
        concern=found.area.urgency,
    )


def _begins_on(row: ChartRow) -> date | None:
    return row.first_day if row.year else None


Classes = tuple[tuple[MapClass, ...], Callable[[_Shown], int]]
"""The classes in the order of the legend, and the index of that of an area."""


def _by_year(shown: Sequence[_Shown]) -> Classes:
    """Later years are darker; what has no dates is white."""
    counts = Counter(found.row.year for found in shown)
    years = sorted(counts, key=lambda year: (not year, year))
    step = max(len([year for year in years if year]) - 1, 1)
    classes = tuple(
        MapClass(
            year[2:4] if year else "–",
            f"{year or 'Without dates'}: {plural(counts[year], 'area')}",
            1 + (NUM_TONES - 2) * index // step if year else 0,
        )
        for index, year in enumerate(years)
    )
    return classes, lambda found: years.index(found.row.year)


STATES: tuple[tuple[str, str, int], ...] = (
    ("L", "Late", 0),
    ("R", "At risk", 2),
    ("U", "Under way", 3),
    ("P", "Planned", 1),
    ("D", "Done", 4),
    ("–", "Without dates", 0),
)
"""Sign, words and tone of each state; the first is urgent."""


def _by_state(shown: Sequence[_Shown]) -> Classes:
    counts = Counter(map(_state, shown))
    present = [index for index in range(len(STATES)) if counts[index]]
    classes = tuple(
        MapClass(sign, f"{words}: {plural(counts[index], 'area')}", tone, is_urgent=index == 0)
        for index, (sign, words, tone) in enumerate(STATES)
        if counts[index]
    )
    return classes, lambda found: present.index(_state(found))


def _state(found: _Shown) -> int:
    """Index of the state of an area in `STATES`."""
    row = found.row
    if row.state.level is not Level.USUAL:
        return 0 if row.state.level is Level.LATE else 1
    if not found.activities:
        return 5
    if all(activity.row.state == "done" for activity in found.activities):
        return 4
    return 2 if any(map(_has_begun, found.activities)) else 3


def _has_begun(activity: ShownActivity) -> bool:
    return activity.row.state == "under_way" or any(step.state == "open" for step in activity.steps)


def _by_concern(shown: Sequence[_Shown]) -> Classes:
    counts = Counter(_concern(found) for found in shown)
    present = [index for index in range(len(CONCERNS)) if counts[index]]
    names = {0: "least concern", len(CONCERNS) - 1: "gravest concern"}
    classes = tuple(
        MapClass(
            "",
            f"{low} or {high}{', ' + names[index] if index in names else ''}: {plural(counts[index], 'area')}",
            index,
        )
        for index, (low, high) in enumerate(CONCERNS)
        if counts[index]
    )
    return classes, lambda found: present.index(_concern(found))


def _concern(found: _Shown) -> int:
    return next(
        index for index, (low, high) in enumerate(CONCERNS) if found.area.urgency <= high or high == 10
    )


def _finding_of_years(shown: Sequence[_Shown]) -> str:
    """'150 areas: 35 are reviewed in 2005-06, 56 in 2006-07 and 59 in 2007-08'."""
    counts = Counter(found.row.year for found in shown if found.row.year)
    parts = [f"{count} in {year}" for year, count in sorted(counts.items())]
    return f"{plural(len(shown), 'area')} by the year of review: {list_in_words(parts) or 'none has dates'}"


def _finding_of_states(shown: Sequence[_Shown]) -> str:
    late = sum(found.row.state.level is Level.LATE for found in shown)
    verb = "is" if late == 1 else "are"
    return f"{late or 'None'} of {plural(len(shown), 'area')} {verb} late"


def _finding_of_concerns(shown: Sequence[_Shown]) -> str:
    """'28 of 150 areas give grave concern (7 to 10); 20 of them are reviewed in the first year, 2005-06'."""
    grave = [found for found in shown if found.area.urgency >= GRAVE]
    verb = "gives" if len(grave) == 1 else "give"
    words = f"{len(grave) or 'None'} of {plural(len(shown), 'area')} {verb} grave concern ({GRAVE} to 10)"
    first = min((found.row.year for found in shown if found.row.year), default="")
    if not grave or not first:
        return words
    soon = sum(found.row.year == first for found in grave)
    return f"{words}; {soon} of them {'is' if soon == 1 else 'are'} reviewed in the first year, {first}"


CLASSES: dict[Colouring, Callable[[Sequence[_Shown]], Classes]] = {
    Colouring.YEAR: _by_year,
    Colouring.STATE: _by_state,
    Colouring.CONCERN: _by_concern,
}
FINDINGS: dict[Colouring, Callable[[Sequence[_Shown]], str]] = {
    Colouring.YEAR: _finding_of_years,
    Colouring.STATE: _finding_of_states,
    Colouring.CONCERN: _finding_of_concerns,
}
