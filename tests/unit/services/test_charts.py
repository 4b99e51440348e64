from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config import framework_files
from models import Activity, Area, PlannedStage, PlanVersion, Step, TeamPlace, session
from reports.gantt import gantt_html
from reports.values import Band, GanttChart, Level, Milestone, Row, Tone
from services.errors import NotFound
from services.shown.gantt import plan_chart
from services.shown.shown_plan import Audience, Selection
from tests import tables

AS_OF = date(2006, 2, 1)
"""Sheffield's fieldwork (30 January to 10 February 2006) is under way, the others are ahead."""


@pytest.fixture
def home_frameworks(home: Path) -> Path:
    """The folder of the operator's own frameworks, with one whose inspections are not announced."""
    folder = home / "frameworks"
    folder.mkdir()
    own = framework_files.FOLDER / "yot-inspection-2003.toml"
    text = own.read_text(encoding="utf-8")
    for before, after in (
        ('id = "yot-inspection-2003"', 'id = "secret-2005"'),
        ('kind = "yot"', 'kind = "secret"\nannounce_from = "never"'),
        ('name = "Youth offending team inspection"', 'name = "Secret visit"'),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    (folder / "secret-2005.toml").write_text(text, encoding="utf-8")
    return folder


def chart_of(engine: Engine, version: int, today: date | None = AS_OF, **arguments: object) -> GanttChart:
    with session(engine, read_only=True) as opened:
        return plan_chart(opened, version, today=today, **arguments)  # type: ignore[arg-type]


def row_of(chart: GanttChart, area: str) -> Row:
    return next(row for row in chart.rows if row.name == area)


def names(chart: GanttChart) -> list[str]:
    return [row.name for row in chart.rows]


def bar_starts(row: Row) -> dict[str, date]:
    return {f"{bar.activity}: {bar.name}": bar.start for bar in row.bars}


def step_of(opened: Session, activity: str, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == activity, Step.step_id == step_id)).one()


def finish_steps(engine: Engine, *, but: Sequence[tuple[str, str]] = (), until: date = AS_OF) -> None:
    """Every step due by a day is done, and every stage whose day has come has begun, except some."""
    with session(engine) as opened:
        rows = opened.exec(select(Step, Activity).join(Activity, col(Activity.id) == col(Step.activity_id)))
        for step, activity in rows:
            last = step.end_on or step.due_on
            if (activity.code, step.step_id) in but:
                continue
            if last and last <= until:
                step.state = "done"
            elif step.start_on and step.start_on <= until:
                step.state = "open"


# --- Rows ---------------------------------------------------------------------------------------------------


def test_every_area_has_a_row_in_the_order_of_its_review(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened, 3)
        version = tables.store(opened, {"wigan": date(2006, 1, 16), "cheshire": date(2006, 3, 6)})
    assert names(chart_of(engine, version)) == ["Sheffield", "Wigan", "Cheshire"]


def test_the_bars_of_a_row_are_the_stages_on_the_plans_dates(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened, 1)
        version = tables.store(opened)
    row = chart_of(engine, version).rows[0]
    assert bar_starts(row) == {
        "Joint area review: analysis": date(2006, 1, 9),
        "Joint area review: fieldwork": date(2006, 1, 30),
        "Corporate assessment: the on-site weeks": date(2006, 1, 30),
    }
    assert [(bar.tone, bar.label) for bar in row.bars] == [
        (Tone.MIDDLE, ""),
        (Tone.DARK, "JAR"),
        (Tone.DARK, "CA"),
    ]
    assert row.milestones == ()


def test_a_published_plan_shows_counted_stages_and_milestones_too(engine: Engine) -> None:
    row = row_of(chart_of(engine, tables.published(engine)), "Cheshire")
    assert Tone.LIGHT in {bar.tone for bar in row.bars if bar.name == "consultation"}
    stones = {stone.name: stone.on for stone in row.milestones if stone.activity == "Joint area review"}
    assert stones["notification"] == date(2005, 12, 12)
    assert stones["feedback"] == date(2006, 4, 7)


def test_school_holidays_are_those_of_the_areas_calendar(engine: Engine) -> None:
    version = tables.published(engine, 2)
    with session(engine) as opened:
        other = opened.get_one(Area, "cheshire")
        other.holiday_calendar = "none"
    chart = chart_of(engine, version)
    easter = Band(date(2006, 4, 10), date(2006, 4, 22), "Easter holiday")
    assert row_of(chart, "Sheffield").holidays == (easter,)
    assert row_of(chart, "Cheshire").holidays == ()


@pytest.mark.parametrize(("precision", "is_provisional"), [("indicative", True), ("final", False)])
def test_only_indicative_dates_are_provisional(engine: Engine, precision: str, is_provisional: bool) -> None:
    """R018."""
    chart = chart_of(engine, tables.published(engine, precision=precision))
    assert {bar.is_provisional for row in chart.rows for bar in row.bars} == {is_provisional}


def test_a_pin_is_shown_where_the_plan_keeps_it(engine: Engine) -> None:
    version = tables.published(engine, 2)
    with session(engine) as opened:
        query = select(Activity).where(Activity.kind == "jar").order_by(col(Activity.area_code))
        cheshire, sheffield = opened.exec(query)
        cheshire.pinned_on = date(2006, 3, 6)
        sheffield.pinned_on = date(2006, 5, 1)  # asked for later than the plan was made
    pinned = [
        (row.name, bar.name) for row in chart_of(engine, version).rows for bar in row.bars if bar.is_pinned
    ]
    assert pinned == [("Cheshire", "analysis")]


def test_the_link_of_a_row_is_made_from_the_areas_code(engine: Engine) -> None:
    version = tables.published(engine, 1)
    assert chart_of(engine, version, link=lambda code: f"/areas/{code}").rows[0].href == "/areas/sheffield"
    assert chart_of(engine, version).rows[0].href == ""


def test_an_area_without_any_activity_is_not_planned(engine: Engine) -> None:
    version = tables.published(engine, 2)
    chart = chart_of(engine, version, selection=Selection(kinds=frozenset({"yot"})))
    assert {row.status for row in chart.rows} == {"Not planned"}
    assert chart.title == "Nothing is planned here"


def test_a_cancelled_activity_has_no_bar(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.kind == "ca")).one().state = "cancelled"
    assert {bar.activity for bar in chart_of(engine, version).rows[0].bars} == {"Joint area review"}


def test_what_was_done_under_an_earlier_plan_stays_in_the_published_chart(engine: Engine) -> None:
    first = tables.published(engine, 2)
    with session(engine) as opened:
        for own in opened.exec(select(Activity).where(Activity.area_code == "sheffield")):
            own.state = "done"
        second = tables.store(opened)
        for stage in opened.exec(select(PlannedStage).where(PlannedStage.plan_version == second)):
            if stage.activity_code.startswith("sheffield"):
                opened.delete(stage)
        opened.get_one(PlanVersion, first).status = "superseded"
        opened.flush()
        opened.get_one(PlanVersion, second).status = "published"
    assert len(row_of(chart_of(engine, second), "Sheffield").bars) == 4


# --- State in words -----------------------------------------------------------------------------------------


def test_late_areas_come_first_and_say_what_is_late(engine: Engine) -> None:
    version = tables.published(engine)
    finish_steps(engine, but=[("wigan-jar", "notification")], until=date(2006, 4, 1))
    chart = chart_of(engine, version, date(2006, 4, 1))
    assert names(chart)[0] == "Wigan"
    row = chart.rows[0]
    assert (row.level, row.group) == (Level.LATE, "Late or at risk")
    assert row.status.startswith("Late: notification")
    assert [stone.name for stone in row.milestones if stone.is_late] == ["notification"]
    assert chart.title.startswith("1 of 3 areas is late; ")
    assert "Late: notification" in gantt_html(chart)


def test_nothing_is_late_where_everything_due_is_done(engine: Engine) -> None:
    version = tables.published(engine)
    finish_steps(engine, until=date(2006, 2, 1))
    chart = chart_of(engine, version, date(2006, 2, 1))
    assert Level.LATE not in {row.level for row in chart.rows}
    assert " late" not in chart.title


def test_a_stage_that_should_have_begun_and_has_not_is_late(engine: Engine) -> None:
    """R043: a stage waits for what must come before it."""
    version = tables.published(engine, 1)
    finish_steps(engine, until=date(2006, 1, 29))
    assert row_of(chart_of(engine, version, date(2006, 1, 30)), "Sheffield").level is Level.USUAL
    late = row_of(chart_of(engine, version, date(2006, 1, 31)), "Sheffield")
    assert late.status == "Late: fieldwork and 1 more"
    assert [bar.name for bar in late.bars if bar.is_late] == ["fieldwork", "the on-site weeks"]


def test_without_a_day_only_what_the_tick_found_overdue_is_late(engine: Engine) -> None:
    version = tables.published(engine, 1)
    assert chart_of(engine, version, None).rows[0].level is Level.USUAL
    with session(engine) as opened:
        step_of(opened, "sheffield-jar", "notification").state = "overdue"
    assert chart_of(engine, version, None).rows[0].status == "Late: notification"


def test_a_step_that_waits_for_its_sign_off_is_a_risk_on_its_day(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with session(engine) as opened:
        step_of(opened, "sheffield-jar", "notification").state = "awaiting_sign_off"
    row = chart_of(engine, version, date(2005, 8, 1)).rows[0]
    assert (row.status, row.level) == ("Sign-off awaited: notification", Level.AT_RISK)


def test_an_uncovered_place_is_a_risk_that_no_authority_is_told_of(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with session(engine) as opened:
        query = select(TeamPlace).where(TeamPlace.skill == "special_needs")
        opened.exec(query).one().inspector_code = None
    day = date(2005, 8, 1)
    assert chart_of(engine, version, day).rows[0].status == "Place uncovered: special needs"
    told = chart_of(engine, version, day, audience=Audience.AUTHORITY).rows[0]
    assert (told.status, told.level) == ("Final", Level.USUAL)


def test_the_next_date_is_the_next_step_that_is_not_done(engine: Engine) -> None:
    version = tables.published(engine, 1)
    finish_steps(engine, until=date(2006, 2, 1))
    row = chart_of(engine, version, date(2006, 2, 1)).rows[0]
    assert (row.next_on, row.next_name) == (date(2006, 2, 10), "feedback")
    assert chart_of(engine, version, date(2007, 12, 1)).rows[0].next_on is None


# --- A draft against the published plan ---------------------------------------------------------------------


def test_a_draft_shows_where_the_published_plan_has_its_bars(engine: Engine) -> None:
    tables.published(engine)
    with session(engine) as opened:
        draft = tables.store(opened, {"wigan": date(2006, 5, 29)})
    chart = chart_of(engine, draft)
    moved = row_of(chart, "Wigan")
    assert moved.status == "JAR 2 weeks later, CA 2 weeks later"
    assert [bar.published for bar in moved.bars if bar.name == "analysis"] == [
        Band(date(2006, 5, 15), date(2006, 5, 22))
    ]
    assert row_of(chart, "Cheshire").status == "As published"
    assert chart.title.startswith("1 of 3 areas would get other dates than published; ")


def test_the_published_plan_itself_has_no_baseline(engine: Engine) -> None:
    chart = chart_of(engine, tables.published(engine))
    assert {bar.published for row in chart.rows for bar in row.bars} == {None}


def test_nothing_of_a_draft_is_late(engine: Engine) -> None:
    tables.published(engine, 1)
    with session(engine) as opened:
        draft = tables.store(opened)
    assert chart_of(engine, draft, date(2008, 1, 7)).rows[0].status == "As published"


def test_a_first_draft_is_called_so(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened, 2)
        version = tables.store(opened)
    chart = chart_of(engine, version)
    assert {row.status for row in chart.rows} == {"Draft"}
    assert chart.subtitle == "Plan 1, option 3 (concurrent), draft, as of 1 February 2006"


# --- The frame ----------------------------------------------------------------------------------------------


def test_the_title_states_the_finding(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened, 6)
        version = tables.store(opened)
    assert chart_of(engine, version).title == (
        "6 reviews from January to November 2006, 4 of them in 2006-07; dates proven to be the best possible"
    )


def test_a_single_area_is_named_in_the_title(engine: Engine) -> None:
    version = tables.published(engine)
    chart = chart_of(engine, version, None, selection=Selection(areas=frozenset({"wigan"})))
    assert names(chart) == ["Wigan"]
    assert chart.title == "Wigan: JAR fieldwork 5 to 16 June 2006; CA on-site weeks 5 to 16 June 2006"


def test_half_a_year_begins_shortly_before_today(engine: Engine) -> None:
    chart = chart_of(engine, tables.published(engine, 6), date(2006, 4, 5), weeks=26)
    assert (chart.start, chart.end) == (date(2006, 3, 6), date(2006, 9, 4))


def test_the_whole_plan_is_shown_by_default(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened, 6)
        version = tables.store(opened)
    chart = chart_of(engine, version)
    assert (chart.start, chart.end) == (date(2006, 1, 9), date(2006, 11, 13))


def stones(chart: GanttChart) -> list[Milestone]:
    return [stone for row in chart.rows for stone in row.milestones if not stone.is_late]


@pytest.mark.parametrize(
    ("weeks", "shown"),
    [
        (None, {"publication"}),
        (52, {"publication", "draft report", "discussion", "set up"}),
    ],
)
def test_a_long_chart_of_many_areas_shows_the_notable_milestones_only(
    engine: Engine, weeks: int | None, shown: set[str]
) -> None:
    chart = chart_of(engine, tables.published(engine, 6), tables.PLANNED_ON, weeks=weeks)
    assert {stone.name for stone in stones(chart)} == shown


def test_half_a_year_and_a_few_areas_show_every_milestone(engine: Engine) -> None:
    version = tables.published(engine, 6)
    every = {stone.name for stone in stones(chart_of(engine, version, tables.PLANNED_ON, weeks=26))}
    assert {"notification", "feedback", "action statement", "evaluation"} < every
    one = Selection(areas=frozenset({"wigan"}))
    assert {
        stone.name for stone in stones(chart_of(engine, version, tables.PLANNED_ON, selection=one))
    } == every


def test_terms_are_named_and_cover_the_chart(engine: Engine) -> None:
    chart = chart_of(engine, tables.published(engine, 6))
    assert "Summer term 2006" in [term.name for term in chart.periods]
    assert chart.periods[0].start <= chart.start
    assert chart.periods[-1].end >= chart.end
    assert all(one.end == other.start for one, other in zip(chart.periods, chart.periods[1:], strict=False))


def test_the_key_names_the_stages_and_kinds_that_are_there(engine: Engine) -> None:
    chart = chart_of(engine, tables.published(engine))
    assert chart.tones == (
        (Tone.LIGHT, "Consultation"),
        (Tone.MIDDLE, "Analysis"),
        (Tone.DARK, "On site (JAR, CA)"),
    )


def test_an_unknown_version_and_an_unknown_person_are_refused(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with pytest.raises(NotFound, match="The newest is 1"):
        chart_of(engine, version + 1)
    with pytest.raises(NotFound, match="nobody of that code"):
        chart_of(engine, version, selection=Selection(who="nobody"))
    assert names(chart_of(engine, version, selection=Selection(who="sheffield-1"))) == ["Sheffield"]


def test_a_person_sees_the_activities_of_their_teams(engine: Engine) -> None:
    chart = chart_of(engine, tables.published(engine), selection=Selection(who="wigan-2"))
    assert {row.name for row in chart.rows if row.bars} == {"Wigan"}


# --- Who may see what (R068) --------------------------------------------------------------------------------


def test_an_unannounced_inspection_is_hidden_from_the_authority_only(
    engine: Engine, home_frameworks: Path
) -> None:
    """R068."""
    with session(engine) as opened:
        tables.fill(opened, 1)
        opened.add(
            Activity(
                code="sheffield-secret", area_code="sheffield", kind="secret", framework_id="secret-2005"
            )
        )
        opened.flush()
        version = tables.store(opened)
    seen = chart_of(engine, version)
    hidden = chart_of(engine, version, audience=Audience.AUTHORITY)
    assert "Secret visit" in {bar.activity for bar in seen.rows[0].bars}
    assert "secret" not in gantt_html(hidden).lower()
    assert len(hidden.rows[0].bars) == len(seen.rows[0].bars) - 1
