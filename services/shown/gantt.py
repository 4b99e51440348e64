"""A plan as the values that its Gantt chart is drawn from."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session

from reports.values import GanttChart, Level, Tone
from reports.words import capitalised, list_in_words
from services.days.weeks import WEEK, day_before, monday_of, terms
from services.plans.freshness import is_stale
from services.shown.chart_bars import Detail, Drawer, tone_of
from services.shown.chart_people import person_rows
from services.shown.chart_rows import ChartRow, NameLink, area_rows, grouped_by_region, grouped_by_urgency
from services.shown.chart_words import finding, which_plan
from services.shown.look import ROWS_ON_A_PAGE, By, Look
from services.shown.shown_plan import EVERYTHING, Audience, PlanView, Selection, read_plan

WEEKS_WITH_ALL_STEPS, WEEKS_WITH_NOTABLE_STEPS = 30, 60
"""Up to so many weeks there is room for every milestone and deadline, or for the notable ones."""

MOST_ROWS_WITH_ALL_STEPS = 5

LEAST_WEEKS_BEFORE_TODAY, SHARE_BEFORE_TODAY = 4, 13
"""A chart of some weeks begins a thirteenth of them before today, so that there is room to say what is late."""

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
    rows = _rows(session, view, look, today, Links(area=link))
    return _chart(session, view, look, today, rows)


def chart_page(session: Session, version: int, look: Look, *, today: date | None, links: Links) -> ChartPage:
    """One page of the part of a version that somebody looks at, arranged as they wish.

    Raises
    ------
    NotFound
        As for `plan_chart`.
    """
    view = read_plan(session, version, look.selection)
    every = _rows(session, view, look, today, links)
    shown = [row for row in every if look.shows(row)]
    num_pages = max(-(-len(shown) // ROWS_ON_A_PAGE), 1)
    page = min(look.page, num_pages)
    start = (page - 1) * ROWS_ON_A_PAGE
    rows = shown[start : start + ROWS_ON_A_PAGE]
    chart = replace(
        _chart(session, view, look, today, every),
        rows=tuple(row.row for row in rows),
        tones=_tones(view, rows),
    )
    return ChartPage(chart, min(start + 1, len(shown)), start + len(rows), len(shown), page, num_pages)


def _rows(session: Session, view: PlanView, look: Look, today: date | None, links: Links) -> list[ChartRow]:
    """All rows in their order, under their headings."""
    drawer = Drawer.over(session, today, _detail(view, look.weeks))
    if look.by in (By.LEADER, By.INSPECTOR):
        drawer = replace(drawer, detail=Detail.LATE)
        leading = look.by is By.LEADER
        return person_rows(session, view, drawer=drawer, link=links.person, leading=leading)
    rows = area_rows(session, view, drawer=drawer, link=links.area)
    return (grouped_by_region if look.by is By.REGION else grouped_by_urgency)(rows)


def _chart(
    session: Session, view: PlanView, look: Look, today: date | None, rows: list[ChartRow]
) -> GanttChart:
    first, end = _span(rows, view, today, look.weeks)
    num_late = sum(row.state.level is Level.LATE for row in rows) if look.by in (By.AREA, By.REGION) else 0
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
    days = [day for row in rows for bar in row.row.bars for day in (bar.start, day_before(bar.end))]
    days += [stone.on for row in rows for stone in row.row.milestones]
    days = days or [today or view.version.created_at.date()]
    first, last = monday_of(min(days)), monday_of(max(days))
    if weeks is None:
        return first, last + WEEK
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
