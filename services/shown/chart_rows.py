"""The rows of a plan's Gantt chart by area or by region: bars, diamonds, windows, school holidays, state in words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from models import SchoolHoliday
from reports.values import Band, Level, Row
from reports.words import plural
from services.days.weeks import financial_year
from services.shown.chart_bars import Drawer, windows
from services.shown.chart_words import AreaState, next_step, state_of
from services.shown.shown_plan import PlanView, ShownActivity

LATE_GROUP = "Late or at risk"
NameLink = Callable[[str], str]
"""Gives the address of an area's page from its code; empty for no link."""


@dataclass(frozen=True)
class ChartRow:
    """A row, what orders it, and the code and region of its area; blank where the row is not an area's."""

    row: Row
    state: AreaState
    first_day: date
    code: str = ""
    region: str = ""

    @property
    def year(self) -> str:
        """The financial year in which its main activity begins, '2005-06'; blank without dates (R016)."""
        return "" if self.first_day == date.max else financial_year(self.first_day).removeprefix("FY")


def area_rows(session: Session, view: PlanView, *, drawer: Drawer, link: NameLink) -> list[ChartRow]:
    """One row for each selected area, in the order of their names."""
    holidays = _holidays(session)
    by_area: dict[str, list[ShownActivity]] = defaultdict(list)
    for activity in view.activities:
        by_area[activity.area.code].append(activity)
    rows = []
    for code, area in view.areas.items():
        activities = by_area.get(code, [])
        state = state_of(view, activities, drawer.today)
        names = _names(activities)
        ahead = next_step(activities, drawer.today)
        row = Row(
            name=area.name,
            bars=tuple(
                bar
                for activity in activities
                for bar in drawer.bars(activity, names[activity.row.code], activity.row.kind.upper())
            ),
            milestones=tuple(
                stone
                for activity in activities
                for stone in drawer.milestones(activity, names[activity.row.code])
            ),
            windows=tuple(band for activity in activities for band in windows(activity)),
            href=link(code),
            next_on=ahead[0] if ahead else None,
            next_name=ahead[1] if ahead else "",
            status=state.words,
            level=state.level,
            holidays=holidays.get(area.holiday_calendar, ()),
        )
        rows.append(ChartRow(row, state, _main_day(activities), code, area.region))
    return rows


def grouped_by_region(rows: Iterable[ChartRow]) -> list[ChartRow]:
    """Under the name of each region with its counts, late and at-risk ones first."""
    ordered = sorted(rows, key=lambda row: (row.region, _order(row)))
    areas = Counter(row.region for row in ordered)
    late = Counter(row.region for row in ordered if row.state.level is Level.LATE)
    return [
        replace(row, row=replace(row.row, group=_region_in_words(row.region, areas, late))) for row in ordered
    ]


def _region_in_words(region: str, areas: Mapping[str, int], late: Mapping[str, int]) -> str:
    """'North West: 22 areas, 2 late'."""
    words = f"{region or 'No region'}: {plural(areas[region], 'area')}"
    return f"{words}, {late[region]} late" if late[region] else words


def grouped_by_urgency(rows: Iterable[ChartRow]) -> list[ChartRow]:
    """Urgent ones under a heading of their own, the others under the financial year in which they begin (R016)."""
    ordered = sorted(rows, key=_order)
    years = Counter(row.year for row in ordered if row.state.level is Level.USUAL)
    if len(ordered) == 1:
        return ordered
    return [_with_group(row, years) for row in ordered]


def _with_group(row: ChartRow, years: Mapping[str, int]) -> ChartRow:
    if row.state.level is not Level.USUAL:
        group = LATE_GROUP
    else:
        year = row.year
        group = f"{year}: {plural(years[year], 'area')}" if year else "Without dates"
    return replace(row, row=replace(row.row, group=group))


def _order(row: ChartRow) -> tuple[int, date, date, str]:
    rank = {Level.LATE: 0, Level.AT_RISK: 1, Level.USUAL: 2}[row.state.level]
    return rank, row.state.since, row.first_day, row.row.name


def _main_day(activities: Sequence[ShownActivity]) -> date:
    """The first day of the area's activity of the main kind, else of its first one."""
    days = [activity.first_day for activity in activities if activity.is_main] or [
        activity.first_day for activity in activities
    ]
    return min(days, default=date.max)


def _names(activities: Collection[ShownActivity]) -> dict[str, str]:
    """What people call each activity; with its code where an area has two of the same kind."""
    count = Counter(activity.framework.name for activity in activities)
    return {
        activity.row.code: activity.framework.name
        if count[activity.framework.name] == 1
        else f"{activity.framework.name} {activity.row.code}"
        for activity in activities
    }


def _holidays(session: Session) -> dict[str, tuple[Band, ...]]:
    found: dict[str, list[Band]] = defaultdict(list)
    for row in session.exec(select(SchoolHoliday).order_by(col(SchoolHoliday.start_on))):
        found[row.calendar].append(Band(row.start_on, row.end_on, row.name))
    return {calendar: tuple(bands) for calendar, bands in found.items()}
