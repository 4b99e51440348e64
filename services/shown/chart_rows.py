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
from services.shown.chart_bars import Drawer, windows_of
from services.shown.chart_words import AreaState, next_step, state_of
from services.shown.shown_plan import PlanView, ShownActivity

LATE_GROUP = "Late or at risk"
NameLink = Callable[[str], str]
"""Gives the address of an area's page from its code; empty for no link."""


@dataclass(frozen=True)
class ChartRow:
    """A row, what orders it, and what it is chosen by.

    Attributes
    ----------
    row
        Of an area only its name, state and heading, until it is `drawn`.
    code, region
        Of its area; blank where the row is not an area's.
    has_work, is_pinned
        Whether any activity is shown in it, and whether one is where the planner pinned it.
    stages
        Those that the plan has under way today.
    """

    row: Row
    state: AreaState
    first_day: date
    code: str = ""
    region: str = ""
    has_work: bool = True
    is_pinned: bool = False
    stages: frozenset[str] = frozenset()

    @property
    def year(self) -> str:
        """The financial year in which its main activity begins, '2005-06'; blank without dates (R016)."""
        return "" if self.first_day == date.max else financial_year(self.first_day).removeprefix("FY")


def area_rows(view: PlanView, today: date | None) -> list[ChartRow]:
    """One row for each selected area, in the order of their names, not drawn yet."""
    work = work_by_area(view)
    return [
        ChartRow(
            row=Row(name=area.name, status=state.words, level=state.level),
            state=state,
            first_day=_main_day(work[code]),
            code=code,
            region=area.region,
            has_work=bool(work[code]),
            is_pinned=any(activity.is_pinned for activity in work[code]),
            stages=stages_on(work[code], today),
        )
        for code, area in view.areas.items()
        for state in [state_of(view, work[code], today)]
    ]


def stages_on(work: Iterable[ShownActivity], today: date | None) -> frozenset[str]:
    """The stages of some activities that the plan has under way today."""
    return frozenset[str]().union(*(activity.stages_on(today) for activity in work))


def work_by_area(view: PlanView) -> Mapping[str, list[ShownActivity]]:
    """The activities of each area, by its code; none where there are none."""
    work: dict[str, list[ShownActivity]] = defaultdict(list)
    for activity in view.activities:
        work[activity.area.code].append(activity)
    return work


def drawn(
    session: Session, view: PlanView, rows: Iterable[ChartRow], *, drawer: Drawer, link: NameLink
) -> list[ChartRow]:
    """The rows of areas with their bars, diamonds, windows, holidays and next dates.

    Parameters
    ----------
    view
        Holds all steps of these areas.
    """
    holidays, work = _holidays(session), work_by_area(view)
    return [
        replace(
            row,
            row=replace(
                _drawn(row.row, work[row.code], drawer),
                href=link(row.code),
                holidays=holidays.get(view.areas[row.code].holiday_calendar, ()),
            ),
        )
        for row in rows
    ]


def _drawn(row: Row, activities: Sequence[ShownActivity], drawer: Drawer) -> Row:
    names = _names(activities)
    ahead = next_step(activities, drawer.today)
    return replace(
        row,
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
        windows=tuple(band for activity in activities for band in windows_of(activity)),
        next_on=ahead[0] if ahead else None,
        next_name=ahead[1] if ahead else "",
    )


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
