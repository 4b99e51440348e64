"""A plan's chart by area, region, team leader and inspector, filtered and a page at a time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, Area, SignOff, Step, session
from reports.values import Band, GanttChart, Level, Row
from services.casework.steps import last_day
from services.shown import gantt
from services.shown.gantt import ChartPage, Links, chart_page
from services.shown.look import By, Look, Standing
from services.shown.shown_plan import Selection
from tests import tables
from tests.known import known
from tests.unit.services.test_charts import finish_steps, row_of, step_of

AS_OF = date(2006, 4, 1)
LINKS = Links(area=lambda code: f"/areas/{code}", person=lambda code: f"/people/{code}")


def page_of(engine: Engine, look: Look, version: int = 1, today: date = AS_OF) -> ChartPage:
    with session(engine, read_only=True) as opened:
        return chart_page(opened, version, look, today=today, links=LINKS)


def names(chart: GanttChart) -> list[str]:
    return [row.name for row in chart.rows]


@pytest.fixture
def late_wigan(engine: Engine) -> Engine:
    """Six areas in two regions; only Wigan's notification is late."""
    tables.published(engine, 6)
    with session(engine) as opened:
        for code in ("wigan", "cheshire"):
            opened.get_one(Area, code).region = "North West"
        for code in ("sheffield", "torbay", "barnet", "luton"):
            opened.get_one(Area, code).region = "Elsewhere"
    finish_steps(engine, but=[("wigan-jar", "notification")], until=AS_OF)
    return engine


# --- Arrangements -------------------------------------------------------------------------------------------


def test_by_region_each_region_has_its_areas_with_late_ones_first_and_counted(late_wigan: Engine) -> None:
    chart = page_of(late_wigan, Look(by=By.REGION)).chart
    assert [(row.group, row.name) for row in chart.rows][-2:] == [
        ("North West: 2 areas, 1 late", "Wigan"),
        ("North West: 2 areas, 1 late", "Cheshire"),
    ]
    assert {row.group for row in chart.rows[:4]} == {"Elsewhere: 4 areas"}


def test_by_leader_each_row_is_what_somebody_leads_and_late_ones_come_first(late_wigan: Engine) -> None:
    chart = page_of(late_wigan, Look(by=By.LEADER)).chart
    first = chart.rows[0]
    assert chart.row_heading == "Team leader"
    assert (first.level, first.status, first.href) == (Level.LATE, "Late: Wigan", "/people/wigan-0")
    assert len(chart.rows) == 6
    assert {bar.label for bar in first.bars if bar.label} == {"Wigan"}


def test_by_inspector_everybody_has_a_row_under_their_body_and_nobody_answers_for_delays(
    late_wigan: Engine,
) -> None:
    chart = page_of(late_wigan, Look(by=By.INSPECTOR)).chart
    assert len(chart.rows) == 6 * 4
    assert {row.level for row in chart.rows} == {Level.USUAL}
    assert "Late or at risk" not in {row.group for row in chart.rows}
    assert all(row.bars for row in chart.rows)
    assert {row.status for row in chart.rows} == {"1 review"}


def test_the_next_date_of_a_person_names_the_area(late_wigan: Engine) -> None:
    chart = page_of(late_wigan, Look(by=By.LEADER)).chart
    ahead = {row.next_name.rpartition(", ")[2] for row in chart.rows}
    assert ahead == {"Sheffield", "Cheshire", "Wigan", "Torbay", "Barnet", "Luton"}


# --- Filters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        (Look(standing=Standing.LATE), ["Wigan"]),
        (Look(name="ESH"), ["Cheshire"]),
        (Look(selection=Selection(leader="torbay-0")), ["Torbay"]),
        (Look(selection=Selection(who="torbay-2")), ["Torbay"]),
        (Look(selection=Selection(region="North West")), ["Wigan", "Cheshire"]),
        (Look(standing=Standing.LATE, name="Torbay"), []),
        (Look(standing=Standing.PINNED), ["Luton"]),
    ],
)
def test_a_filter_leaves_only_what_matches(late_wigan: Engine, look: Look, shown: list[str]) -> None:
    with session(late_wigan) as opened:
        opened.exec(select(Activity).where(Activity.code == "luton-jar")).one().pinned_on = date(2006, 10, 9)
    page = page_of(late_wigan, look)
    assert names(page.chart) == shown
    assert page.num_rows == len(shown)


def test_areas_without_an_activity_of_a_chosen_kind_are_left_out(engine: Engine) -> None:
    tables.published(engine, 2)
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.code == "cheshire-ca")).one().state = "cancelled"
    assert names(page_of(engine, Look(selection=Selection(kinds=frozenset({"ca"})))).chart) == ["Sheffield"]
    assert len(page_of(engine, Look()).chart.rows) == 2


# --- Pages --------------------------------------------------------------------------------------------------


def test_pages_are_the_parts_of_the_whole_chart_though_only_pressing_steps_were_read(
    late_wigan: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = page_of(late_wigan, Look())
    assert (whole.num_pages, whole.first, whole.last) == (1, 1, 6)
    monkeypatch.setattr(gantt, "ROWS_ON_A_PAGE", 4)
    pages = [page_of(late_wigan, Look(page=number)) for number in (1, 2)]
    assert [row for page in pages for row in page.chart.rows] == list(whole.chart.rows)
    assert [(page.first, page.last, page.num_rows) for page in pages] == [(1, 4, 6), (5, 6, 6)]
    assert {page.chart.title for page in pages} == {whole.chart.title}
    assert "1 of 6 areas is late" in whole.chart.title
    assert page_of(late_wigan, Look(page=99)).page == 2


@pytest.mark.parametrize("day", [date(2005, 12, 1), AS_OF, date(2006, 6, 12), date(2007, 3, 1)])
def test_areas_stand_the_same_whether_all_steps_are_read_or_the_pressing_ones(
    late_wigan: Engine, monkeypatch: pytest.MonkeyPatch, day: date
) -> None:
    with session(late_wigan) as opened:
        step_of(opened, "barnet-jar", "set_up").state = "awaiting_sign_off"
        step_of(opened, "luton-jar", "fieldwork").waiver_needed = "its weeks have a bank holiday"
        step_of(opened, "torbay-jar", "notification").state = "overdue"
    every = {row.name: (row.status, row.level) for row in page_of(late_wigan, Look(), today=day).chart.rows}
    monkeypatch.setattr(gantt, "ROWS_ON_A_PAGE", 5)
    some = (
        page_of(late_wigan, Look(), today=day).chart.rows
        + page_of(late_wigan, Look(page=2), today=day).chart.rows
    )
    assert {row.name: (row.status, row.level) for row in some} == every


# --- What is over -------------------------------------------------------------------------------------------


def sheffield(engine: Engine, today: date = AS_OF) -> Row:
    return row_of(page_of(engine, Look(weeks=26), today=today).chart, "Sheffield")


def test_what_was_done_late_says_by_how_much(engine: Engine) -> None:
    tables.published(engine, 1)
    with session(engine) as opened:
        fieldwork, feedback = (step_of(opened, "sheffield-jar", name) for name in ("fieldwork", "feedback"))
        for step, days in ((fieldwork, 5), (feedback, 0)):
            step.state, step.actual_on = "done", last_day(step) + timedelta(days=days)
    row = sheffield(engine)
    late = {bar.name: bar.ended.days_late for bar in row.bars if bar.ended}
    assert late == {"fieldwork": 5}
    assert {stone.name: stone.ended.days_late for stone in row.milestones if stone.ended} == {"feedback": 0}


def test_a_waiver_of_dates_or_of_outputs_is_shown_at_its_step(engine: Engine) -> None:
    tables.published(engine, 1)
    with session(engine) as opened:
        analysis, fieldwork, set_up = (
            step_of(opened, "sheffield-jar", name) for name in ("analysis", "fieldwork", "set_up")
        )
        fieldwork.waiver_needed = "1 clear week lies before it, the rule is 2 to 2"
        fieldwork.waiver_code = "illness"
        analysis.waiver_needed = "a rule that nobody waived yet"
        set_up.state, set_up.actual_on = "done", last_day(set_up)
        opened.add(
            SignOff(
                step_id=set_up.id,
                revision=1,
                signed_by="Ann",
                signed_at=tables.AT,
                happened_on=last_day(set_up),
                waiver_code="illness",
            )
        )
    row = sheffield(engine)
    assert [bar.name for bar in row.bars if bar.is_waived] == ["fieldwork"]
    assert [stone.name for stone in row.milestones if stone.is_waived] == ["set up"]


def test_a_stage_that_left_its_week_shows_where_the_published_plan_had_it(engine: Engine) -> None:
    tables.published(engine, 1)
    before = {bar.name: bar.published for bar in sheffield(engine).bars}
    assert set(before.values()) == {None}
    with session(engine) as opened:
        step = step_of(opened, "sheffield-jar", "fieldwork")
        later = timedelta(weeks=2)
        step.start_on, step.end_on = known(step.start_on) + later, known(step.end_on) + later
    moved = {bar.name: bar.published for bar in sheffield(engine).bars if bar.published}
    assert moved == {"fieldwork": Band(date(2006, 1, 30), date(2006, 2, 13))}


def test_a_window_is_shown_until_the_activity_begins(engine: Engine) -> None:
    tables.published(engine, 1)
    with session(engine) as opened:
        for row in opened.exec(select(Activity).order_by(col(Activity.code))):
            row.window_start_on, row.window_end_on = date(2006, 1, 2), date(2006, 4, 3)
    names_of_windows = sorted(band.name for band in sheffield(engine).windows)
    assert names_of_windows == ["Corporate assessment", "Joint area review"]
    assert {(band.start, band.end) for band in sheffield(engine).windows} == {
        (date(2006, 1, 2), date(2006, 4, 3))
    }
    with session(engine) as opened:
        for row in opened.exec(select(Activity)):
            row.state = "under_way"
    assert sheffield(engine).windows == ()


def test_a_long_chart_begins_far_enough_before_today_to_say_what_is_late(engine: Engine) -> None:
    tables.published(engine, 6)
    today = date(2006, 10, 2)
    first = {weeks: page_of(engine, Look(weeks=weeks), today=today).chart.start for weeks in (26, 52, 156)}
    assert [(today - first[weeks]).days // 7 for weeks in (26, 52, 156)] == [4, 4, 12]


def test_a_step_of_the_past_is_not_a_step_of_the_chart_of_a_draft(engine: Engine) -> None:
    tables.published(engine, 1)
    with session(engine) as opened:
        step = known(opened.exec(select(Step).where(Step.step_id == "fieldwork")).first())
        step.state, step.actual_on = "done", last_day(step) + timedelta(days=9)
        draft = tables.store(opened)
    assert {bar.ended for row in page_of(engine, Look(), draft).chart.rows for bar in row.bars} == {None}


def test_a_diamond_at_the_first_day_of_a_whole_plan_is_not_cut(engine: Engine) -> None:
    tables.published(engine, 1)
    chart = page_of(engine, Look(selection=Selection(areas=frozenset({"sheffield"})))).chart
    first = min(stone.on for row in chart.rows for stone in row.milestones)
    assert first - chart.start >= timedelta(days=5)
