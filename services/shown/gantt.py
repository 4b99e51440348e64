"""A plan as the values that its Gantt chart is drawn from."""

from datetime import date, timedelta

from sqlmodel import Session

from reports.values import GanttChart, Level, Tone
from reports.words import capitalised, list_in_words
from services.days.weeks import WEEK, day_before, monday_of, terms
from services.plans.freshness import is_stale
from services.shown.chart_rows import AreaRow, Detail, NameLink, area_rows, tone_of
from services.shown.chart_words import finding, which_plan
from services.shown.shown_plan import EVERYTHING, Audience, PlanView, Selection, read_plan

WEEKS_WITH_ALL_STEPS, WEEKS_WITH_NOTABLE_STEPS = 30, 60
"""Up to so many weeks there is room for every milestone and deadline, or for the notable ones."""

MOST_ROWS_WITH_ALL_STEPS = 5

WEEKS_BEFORE_TODAY = 4


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
    rows = area_rows(session, view, today=today, detail=_detail(view, weeks), link=link)
    first, end = _span(rows, view, today, weeks)
    num_late = sum(row.state.level is Level.LATE for row in rows)
    return GanttChart(
        title=finding(view, num_late),
        subtitle=which_plan(view, today, is_stale(session, view.version)),
        start=first,
        end=end,
        rows=tuple(row.row for row in rows),
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


def _span(rows: list[AreaRow], view: PlanView, today: date | None, weeks: int | None) -> tuple[date, date]:
    """First Monday and end of the chart."""
    days = [day for row in rows for bar in row.row.bars for day in (bar.start, day_before(bar.end))]
    days += [stone.on for row in rows for stone in row.row.milestones]
    days = days or [today or view.version.created_at.date()]
    first, last = monday_of(min(days)), monday_of(max(days))
    if weeks is None:
        return first, last + WEEK
    if today is not None and first <= today <= last:
        first = max(first, monday_of(today) - timedelta(weeks=WEEKS_BEFORE_TODAY))
    return first, first + timedelta(weeks=weeks)


def _tones(view: PlanView, rows: list[AreaRow]) -> tuple[tuple[Tone, str], ...]:
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
