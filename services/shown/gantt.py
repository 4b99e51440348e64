"""A plan as the values that its Gantt chart is drawn from."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, select

from models import Area
from reports.values import GanttChart, Level, Tone
from reports.words import capitalised, list_in_words
from services.days.weeks import WEEK, day_before, monday_of, terms
from services.plans.freshness import is_stale
from services.shown.chart_bars import Detail, Drawer, tone_of
from services.shown.chart_people import person_rows
from services.shown.chart_rows import (
    ChartRow,
    NameLink,
    area_rows,
    drawn,
    grouped_by_region,
    grouped_by_urgency,
)
from services.shown.chart_words import finding, which_plan
from services.shown.look import ROWS_ON_A_PAGE, By, Look
from services.shown.shown_plan import EVERYTHING, Audience, PlanView, Selection, read_plan

WEEKS_WITH_ALL_STEPS, WEEKS_WITH_NOTABLE_STEPS = 30, 60
"""Up to so many weeks there is room for every milestone and deadline, or for the notable ones."""

MOST_ROWS_WITH_ALL_STEPS = 5

LEAST_WEEKS_BEFORE_TODAY, SHARE_BEFORE_TODAY = 4, 13
"""A chart of some weeks begins a thirteenth of them before today, so that there is room to say what is late."""

HALF_A_DIAMOND = timedelta(days=5)
"""So far a diamond reaches to the left of its day: a whole plan begins a week earlier where one would be cut."""

ROW_HEADINGS = {By.AREA: "Area", By.REGION: "Area", By.LEADER: "Team leader", By.INSPECTOR: "Inspector"}


@dataclass(frozen=True)
class Links:
    """Addresses of the page of an area and of what a person does, from their codes; blank for no link."""

    area: NameLink = lambda code: ""
    person: NameLink = lambda code: ""


@dataclass(frozen=True)
class ChartPage:
    """A page of a chart: rows `first` to `last` of `num_rows`, page `page` of `num_pages`; both count from 1."""

    chart: GanttChart
    first: int
    last: int
    num_rows: int
    page: int
    num_pages: int


def plan_chart(
    session: Session,
    version: int,
    *,
    today: date | None,
    weeks: int | None = None,
    selection: Selection = EVERYTHING,
    audience: Audience = Audience.INSPECTORATE,
    link: NameLink = lambda code: "",
) -> GanttChart:
    """A version as a Gantt chart, a row for each area.

    Parameters
    ----------
    today
        Where the today line stands and what counts as late; None for neither.
    weeks
        Weeks shown, from a few weeks before today; all of the plan when None.
    link
        Gives the address of an area's page from its code.

    Raises
    ------
    NotFound
        If there is no such version, or nobody of the selected inspector's code.
    """
    view = read_plan(session, version, selection, audience)
    look = Look(weeks=weeks, selection=selection)
    rows = grouped_by_urgency(area_rows(view, today))
    num_late = sum(row.state.level is Level.LATE for row in rows)
    drawer = Drawer.over(session, today, _detail(view, weeks))
    return _chart(session, view, look, drawn(session, view, rows, drawer=drawer, link=link), num_late, today)


def chart_page(session: Session, version: int, look: Look, *, today: date | None, links: Links) -> ChartPage:
    """One page of the part of a version that somebody looks at, arranged as they wish.

    Of many areas only those of the page are read with all of their steps.

    Raises
    ------
    NotFound
        As for `plan_chart`.
    """
    if look.by in (By.LEADER, By.INSPECTOR):
        view = read_plan(session, version, look.selection)
        drawer = Drawer.over(session, today, Detail.LATE)
        leading = look.by is By.LEADER
        people = person_rows(session, view, drawer=drawer, link=links.person, leading=leading)
        part = _part_of([row for row in people if look.shows(row)], look)
        return _page(_chart(session, view, look, part.rows, 0, today), part)
    is_large = _num_areas(session) > ROWS_ON_A_PAGE
    view = read_plan(session, version, look.selection, pressing_on=today if is_large else None)
    grouped = grouped_by_region if look.by is By.REGION else grouped_by_urgency
    every = grouped(area_rows(view, today))
    num_late = sum(row.state.level is Level.LATE for row in every)
    part = _part_of([row for row in every if look.shows(row)], look)
    drawer = Drawer.over(session, today, _detail(view, look.weeks))
    whole = view
    if is_large:
        codes = frozenset(row.code for row in part.rows)
        whole = read_plan(session, version, replace(look.selection, areas=codes))
    rows = drawn(session, whole, part.rows, drawer=drawer, link=links.area)
    return _page(_chart(session, view, look, rows, num_late, today), part)


@dataclass(frozen=True)
class _Part:
    """The rows of a page, and where they lie among all `num_rows`."""

    rows: list[ChartRow]
    first: int
    num_rows: int
    page: int
    num_pages: int


def _part_of(rows: list[ChartRow], look: Look) -> _Part:
    num_pages = max(-(-len(rows) // ROWS_ON_A_PAGE), 1)
    page = min(look.page, num_pages)
    start = (page - 1) * ROWS_ON_A_PAGE
    return _Part(rows[start : start + ROWS_ON_A_PAGE], start + 1, len(rows), page, num_pages)


def _page(chart: GanttChart, part: _Part) -> ChartPage:
    last = part.first + len(part.rows) - 1
    return ChartPage(chart, part.first, last, part.num_rows, part.page, part.num_pages)


def _num_areas(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Area)).one()


def _chart(
    session: Session, view: PlanView, look: Look, rows: list[ChartRow], num_late: int, today: date | None
) -> GanttChart:
    first, end = _span(rows, view, today, look.weeks)
    return GanttChart(
        title=finding(view, num_late),
        subtitle=which_plan(view, today, is_stale(session, view.version)),
        start=first,
        end=end,
        rows=tuple(row.row for row in rows),
        row_heading=ROW_HEADINGS[look.by],
        today=today,
        periods=terms(first, end),
        tones=_tones(view, rows),
    )


def _detail(view: PlanView, weeks: int | None) -> Detail:
    """A few areas have room for everything, and so has half a year."""
    if len(view.areas) <= MOST_ROWS_WITH_ALL_STEPS or (weeks is not None and weeks <= WEEKS_WITH_ALL_STEPS):
        return Detail.ALL
    is_wide = weeks is None or weeks > WEEKS_WITH_NOTABLE_STEPS
    return Detail.PUBLICATION if is_wide else Detail.NOTABLE


def _span(rows: list[ChartRow], view: PlanView, today: date | None, weeks: int | None) -> tuple[date, date]:
    """First Monday and end of the chart."""
    days = [day for activity in view.activities for day in (activity.first_day, day_before(activity.end))]
    days += [day for row in rows for bar in row.row.bars for day in (bar.start, day_before(bar.end))]
    days += [stone.on for row in rows for stone in row.row.milestones]
    days = days or [today or view.version.created_at.date()]
    first, last = monday_of(min(days)), monday_of(max(days))
    if weeks is None:
        stones = [stone.on for row in rows for stone in row.row.milestones]
        is_cut = any(day - first < HALF_A_DIAMOND for day in stones)
        return first - WEEK * is_cut, last + WEEK
    if today is not None and first <= today <= last:
        before = max(LEAST_WEEKS_BEFORE_TODAY, weeks // SHARE_BEFORE_TODAY)
        first = max(first, monday_of(today) - timedelta(weeks=before))
    return first, first + timedelta(weeks=weeks)


def _tones(view: PlanView, rows: list[ChartRow]) -> tuple[tuple[Tone, str], ...]:
    """What the blues stand for: the stages that are there, by their names."""
    shown = {bar.tone for row in rows for bar in row.row.bars}
    kinds = {(not activity.is_main, activity.row.kind) for activity in view.activities}
    on_site = [kind.upper() for _is_other, kind in sorted(kinds)]
    words = {Tone.DARK: f"On site ({', '.join(on_site)})"}
    for tone in (Tone.MIDDLE, Tone.LIGHT):
        names = [
            step.in_words()
            for activity in {activity.framework.id: activity for activity in view.activities}.values()
            for step in activity.framework.steps
            if step.kind == "stage" and tone_of(activity, step.id) is tone
        ]
        words[tone] = capitalised(list_in_words(list(dict.fromkeys(names))))
    return tuple((tone, words[tone]) for tone in (Tone.LIGHT, Tone.MIDDLE, Tone.DARK) if tone in shown)
