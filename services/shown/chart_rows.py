"""The rows of a plan's Gantt chart: bars for stages, diamonds for milestones, school holidays, state in words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from sqlmodel import Session, col, select

from models import SchoolHoliday, Step
from reports.values import Band, Bar, Level, Milestone, Row, Tone
from reports.words import plural
from services.casework.step_turns import is_late
from services.casework.steps import LEFT_OUT, last_day
from services.days.weeks import financial_year
from services.shown.chart_words import AreaState, next_step, state_of
from services.shown.shown_plan import PlanView, ShownActivity


class Detail(Enum):
    """Which milestones and deadlines are shown as diamonds, besides those that are late."""

    PUBLICATION = frozenset({"publication"})
    NOTABLE = frozenset({"set_up", "draft_report", "discussion", "publication"})
    ALL = None

    def shows(self, step_id: str) -> bool:
        """Whether a step that is not late is shown."""
        return self.value is None or step_id in self.value


LATE_GROUP = "Late or at risk"
NameLink = Callable[[str], str]
"""Gives the address of an area's page from its code; empty for no link."""


@dataclass(frozen=True)
class AreaRow:
    """A row and what orders it."""

    row: Row
    state: AreaState
    first_day: date


def area_rows(
    session: Session, view: PlanView, *, today: date | None, detail: Detail, link: NameLink
) -> list[AreaRow]:
    """One row for each selected area: late and at-risk ones first, the others by the day on which they begin.

    Parameters
    ----------
    detail
        Which milestones and deadlines are diamonds; there is not room for all of them in every chart.
    """
    holidays = _holidays(session)
    by_area: dict[str, list[ShownActivity]] = defaultdict(list)
    for activity in view.activities:
        by_area[activity.area.code].append(activity)
    rows = []
    for code, area in view.areas.items():
        activities = by_area.get(code, [])
        state = state_of(view, activities, today)
        names = _names(activities)
        ahead = next_step(activities, today)
        row = Row(
            name=area.name,
            bars=tuple(
                bar for activity in activities for bar in _bars(activity, names[activity.row.code], today)
            ),
            milestones=tuple(
                stone
                for activity in activities
                for stone in _milestones(activity, names[activity.row.code], today, detail)
            ),
            href=link(code),
            next_on=ahead[0] if ahead else None,
            next_name=ahead[1] if ahead else "",
            status=state.words,
            level=state.level,
            holidays=holidays.get(area.holiday_calendar, ()),
        )
        rows.append(AreaRow(row, state, _main_day(activities)))
    return _grouped(rows)


def _grouped(rows: Iterable[AreaRow]) -> list[AreaRow]:
    """Urgent ones under a heading of their own, the others under the financial year in which they begin (R016)."""
    ordered = sorted(rows, key=_order)
    years = Counter(_year(row) for row in ordered if row.state.level is Level.USUAL)
    if len(ordered) == 1:
        return ordered
    return [_with_group(row, years) for row in ordered]


def _with_group(row: AreaRow, years: Mapping[str, int]) -> AreaRow:
    if row.state.level is not Level.USUAL:
        group = LATE_GROUP
    else:
        year = _year(row)
        group = f"{year}: {plural(years[year], 'area')}" if year else "Without dates"
    return replace(row, row=replace(row.row, group=group))


def _order(row: AreaRow) -> tuple[int, date, date, str]:
    rank = {Level.LATE: 0, Level.AT_RISK: 1, Level.USUAL: 2}[row.state.level]
    return rank, row.state.since, row.first_day, row.row.name


def _year(row: AreaRow) -> str:
    return "" if row.first_day == date.max else financial_year(row.first_day).removeprefix("FY")


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


def tone_of(activity: ShownActivity, stage: str) -> Tone:
    """On site dark, other planned stages middle, stages that only follow from others light."""
    planned = {stage.id: stage for stage in activity.framework.stages}
    if stage not in planned:
        return Tone.LIGHT
    return Tone.DARK if planned[stage].on_site else Tone.MIDDLE


def _bars(activity: ShownActivity, name: str, today: date | None) -> list[Bar]:
    steps = {step.step_id: step for step in activity.steps if step.kind == "stage"}
    spans = {stage: (span.start, span.end) for stage, span in activity.stages.items()}
    if activity.is_current:
        spans |= {
            step.step_id: (step.start_on, step.end_on)
            for step in steps.values()
            if step.start_on and step.end_on and step.state not in LEFT_OUT
        }
    first = next(iter(activity.stages))
    return [
        _bar(activity, name, stage, span, steps.get(stage), today, is_first=stage == first)
        for stage, span in sorted(spans.items(), key=lambda item: item[1])
    ]


def _bar(
    activity: ShownActivity,
    name: str,
    stage: str,
    span: tuple[date, date],
    step: Step | None,
    today: date | None,
    *,
    is_first: bool,
) -> Bar:
    tone = tone_of(activity, stage)
    before = activity.published.get(stage)
    return Bar(
        activity=name,
        name=activity.framework.step(stage).in_words(),
        start=span[0],
        end=span[1],
        tone=tone,
        label=activity.row.kind.upper() if tone is Tone.DARK else "",
        is_provisional=activity.row.precision == "indicative",
        is_pinned=is_first and activity.is_pinned,
        is_late=activity.is_current and step is not None and is_late(step, today),
        published=Band(before.start, before.end) if before else None,
    )


def _milestones(activity: ShownActivity, name: str, today: date | None, detail: Detail) -> list[Milestone]:
    if not activity.is_current:
        return []
    stones = []
    for step in activity.steps:
        late = is_late(step, today)
        is_wanted = late or detail.shows(step.step_id)
        if step.kind != "stage" and step.state not in LEFT_OUT and is_wanted:
            on = step.actual_on if step.state == "done" and step.actual_on else last_day(step)
            stones.append(
                Milestone(activity=name, name=activity.called(step.step_id, step.name), on=on, is_late=late)
            )
    return stones


def _holidays(session: Session) -> dict[str, tuple[Band, ...]]:
    found: dict[str, list[Band]] = defaultdict(list)
    for row in session.exec(select(SchoolHoliday).order_by(col(SchoolHoliday.start_on))):
        found[row.calendar].append(Band(row.start_on, row.end_on, row.name))
    return {calendar: tuple(bands) for calendar, bands in found.items()}
