"""The problem is what the tables say, in weeks: stages, windows, calendars, links, teams, limits."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, PlannedStage, PlanVersion, Rating, TeamPlace, session
from scheduler.validating.validation import require_valid
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Activity as Planned
from scheduler.values.problem import ApartLink, LagLink, NearLink, Problem, WithinLink
from scheduler.values.value import WeekSpan
from services.errors import NotFound
from services.imports import import_folder
from services.option_words import Option
from services.problem import build_problem
from tests.import_files import Rows, right_files, write_files

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
FIRST_MONDAY = date(2005, 9, 5)


def filled(engine: Engine, tmp_path: Path, files: dict[str, Rows] | None = None) -> Engine:
    import_folder(engine, write_files(tmp_path / "files", files or right_files()), "planner", AT)
    return engine


def built(engine: Engine, option: Option = 3) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, option)


def activity(problem: Problem, code: str) -> Planned:
    return next(own for own in problem.activities if own.id == code)


def closed(problem: Problem, calendar: str) -> set[int]:
    own = next(own for own in problem.calendars if own.id == calendar)
    return {week for closure in own.closures for week in closure.span.weeks()}


def week(day: str) -> int:
    return (date.fromisoformat(day) - FIRST_MONDAY).days // 7


def test_an_empty_database_has_no_problem(engine):
    with pytest.raises(NotFound, match="there is no programme"):
        built(engine)


def test_reviews_start_in_173_weeks_and_assessments_may_follow_for_forty_more(engine, tmp_path):
    """R013, R014: from 5 September 2005 to December 2008; planned early enough, the first week is one of them."""
    files = right_files()
    files["programme.csv"][0]["planned_on"] = "2005-06-01"
    problem = built(filled(engine, tmp_path, files))
    assert (problem.first_monday, problem.num_weeks) == (FIRST_MONDAY, 213)
    assert activity(problem, "373-jar").start_window == WeekSpan(first=0, end=173)
    assert activity(problem, "373-ca").start_window == WeekSpan(first=0, end=213)


def test_week_0_is_the_first_whole_week_of_the_programme(engine, tmp_path):
    files = right_files()
    files["programme.csv"][0]["first_start_on"] = "2005-09-01"
    assert built(filled(engine, tmp_path, files)).first_monday == FIRST_MONDAY


@pytest.mark.parametrize("option", [1, 2, 3, 4, "mixed"])
def test_every_problem_is_valid_and_the_same_facts_give_the_same_problem(engine, tmp_path, option):
    filled(engine, tmp_path)
    problem = built(engine, option)
    require_valid(problem)
    assert built(engine, option).hash == problem.hash


def test_fieldwork_follows_two_or_three_clear_weeks_after_the_analysis(engine, tmp_path):
    """R047, R049, R050."""
    analysis, fieldwork = activity(built(filled(engine, tmp_path)), "373-jar").stages
    assert (analysis.duration_weeks, analysis.uses_team, analysis.on_site) == (1, True, False)
    assert (fieldwork.duration_weeks, fieldwork.lag_min_weeks, fieldwork.lag_max_weeks) == (2, 2, 3)
    assert fieldwork.stretch_price > 0


def test_school_holidays_of_the_area_close_fieldwork_but_not_the_analysis(engine, tmp_path):
    """R049 and the decision on the analysis week."""
    problem = built(filled(engine, tmp_path))
    analysis, fieldwork = activity(problem, "373-jar").stages
    assert "school:north" in fieldwork.calendars
    assert not [own for own in analysis.calendars if own.startswith("school:")]
    assert "school:south" in activity(problem, "201-jar").stages[1].calendars


def test_holidays_of_two_calendars_close_different_weeks(engine, tmp_path):
    problem = built(filled(engine, tmp_path))
    assert closed(problem, "school:north") == {week("2006-04-10"), week("2006-04-17")}
    assert closed(problem, "school:south") == {week("2006-04-03"), week("2006-04-10")}


def test_weeks_with_a_bank_holiday_and_christmas_close_both_stages(engine, tmp_path):
    problem = built(filled(engine, tmp_path))
    for stage in activity(problem, "373-jar").stages:
        assert {"bank-holidays", "christmas"} <= set(stage.calendars)
    assert week("2006-05-01") in closed(problem, "bank-holidays")
    assert week("2006-05-08") not in closed(problem, "bank-holidays")
    assert week("2005-12-26") in closed(problem, "christmas")


def test_a_closure_of_an_area_closes_its_own_stages_only(engine, tmp_path):
    problem = built(filled(engine, tmp_path))
    assert closed(problem, "closed:201") == {week("2006-06-05")}
    for own in ("201-jar", "201-ca"):
        assert all("closed:201" in stage.calendars for stage in activity(problem, own).stages)
    assert not [stage for stage in activity(problem, "373-jar").stages if "closed:201" in stage.calendars]


def test_a_closure_without_an_area_closes_everything(engine, tmp_path):
    files = right_files()
    files["closures.csv"][0]["area"] = ""
    problem = built(filled(engine, tmp_path, files))
    assert closed(problem, "closed") == {week("2006-06-05")}
    assert all("closed" in stage.calendars for own in problem.activities for stage in own.stages)


def test_graver_concern_makes_delay_dearer(engine, tmp_path):
    """R023, R027."""
    problem = built(filled(engine, tmp_path))
    prices = [activity(problem, f"{code}-jar").urgency_price for code in ("201", "875", "373")]
    assert prices == sorted(set(prices))
    assert prices[0] > 0


def test_a_due_inspection_starts_on_a_monday_of_its_window(engine, tmp_path):
    """R097, R098."""
    due = activity(built(filled(engine, tmp_path)), "373-yot")
    assert due.start_window == WeekSpan(first=week("2006-03-06"), end=week("2006-05-29") + 1)
    assert (due.team, due.urgency_price) == (None, 0)


def test_a_window_without_a_monday_is_refused_in_words(engine, tmp_path):
    files = right_files()
    files["inspections_due.csv"][0].update(window_first_day="2006-03-07", window_last_day="2006-03-10")
    with pytest.raises(InvalidProblem, match=r"373-yot \(Sheffield\): no Monday"):
        built(filled(engine, tmp_path, files))


def links_of(problem: Problem, area: str) -> list:
    return [link for link in problem.links if area in link.model_dump_json()]


@pytest.mark.parametrize(("option", "kind"), [(1, LagLink), (2, LagLink), (3, WithinLink), (4, ApartLink)])
def test_each_option_links_review_and_assessment_in_its_way(engine, tmp_path, option, kind):
    """R030, R032, R034, R036."""
    (link,) = links_of(built(filled(engine, tmp_path), option), "201-")
    assert isinstance(link, kind)


def test_options_one_and_two_run_from_the_last_stage_to_the_first(engine, tmp_path):
    """R030, R032."""
    filled(engine, tmp_path)
    (one,), (two,) = links_of(built(engine, 1), "201-"), links_of(built(engine, 2), "201-")
    assert [(own.activity, own.stage) for own in (one.before, one.after)] == [
        ("201-jar", "fieldwork"),
        ("201-ca", "on_site"),
    ]
    assert [(own.activity, own.stage) for own in (two.before, two.after)] == [
        ("201-ca", "on_site"),
        ("201-jar", "analysis"),
    ]


def test_the_lag_is_six_to_nine_calendar_months(engine, tmp_path):
    """R030: fieldwork that ends on Friday 10 February 2006 lets the assessment start from 14 August to 6 November."""
    (table,) = built(filled(engine, tmp_path), 1).lag_tables
    last = week("2006-02-06")
    assert (table.first[last], table.end[last]) == (week("2006-08-14"), week("2006-11-06") + 1)


def test_apart_stops_paying_at_78_weeks(engine, tmp_path):
    """R036."""
    (link,) = links_of(built(filled(engine, tmp_path), 4), "201-")
    assert link.cap_weeks == 78


def test_a_mixed_programme_uses_each_areas_own_option_else_the_default(engine, tmp_path):
    """R039, R040."""
    problem = built(filled(engine, tmp_path), "mixed")
    assert isinstance(links_of(problem, "875-")[0], LagLink)
    assert isinstance(links_of(problem, "201-")[0], WithinLink)


def test_a_due_inspection_is_drawn_near_the_review(engine, tmp_path):
    """R097."""
    near = [link for link in links_of(built(filled(engine, tmp_path)), "373-") if isinstance(link, NearLink)]
    assert [(own.one.stage, own.other.activity) for own in near] == [("fieldwork", "373-yot")]


def skills(problem: Problem, code: str) -> set[str]:
    team = activity(problem, code).team
    return {place.skill for place in team.places}


def test_every_review_covers_safeguarding_looked_after_children_and_special_needs(engine, tmp_path):
    """R059, R080, R081."""
    problem = built(filled(engine, tmp_path))
    always = {"safeguarding", "looked_after", "special_needs"}
    assert all(always <= skills(problem, f"{code}-jar") for code in ("201", "373", "875"))
    assert skills(problem, "201-jar") == always


def test_a_larger_extent_needs_a_larger_team(engine, tmp_path):
    """R055, R060, R077."""
    problem = built(filled(engine, tmp_path))
    sizes = [activity(problem, f"{code}-jar").team.members() for code in ("201", "875", "373")]
    assert sizes == [4, 6, 8]


def test_option_two_saves_the_place_for_management(engine, tmp_path):
    """R033."""
    filled(engine, tmp_path)
    assert skills(built(engine, 1), "875-jar") - skills(built(engine, 2), "875-jar") == {"management"}


def test_a_weak_grade_before_the_planning_date_takes_the_local_place(engine, tmp_path):
    """R060, R081: Cheshire was graded 1 for youth justice."""
    assert "youth_justice" in skills(built(filled(engine, tmp_path)), "875-jar")


@pytest.mark.parametrize(
    ("value", "published_on", "local"),
    [
        ("3", "2005-01-10", "education"),
        ("1", "2005-08-01", "education"),
        ("2", "2005-07-31", "youth_justice"),
    ],
    ids=["not weak", "published too late", "weak"],
)
def test_a_good_grade_or_a_late_one_makes_no_focus(engine, tmp_path, value, published_on, local):
    """Decision: ratings published before the planning date only."""
    files = right_files()
    files["ratings.csv"][1].update(value=value, published_on=published_on)
    assert skills(built(filled(engine, tmp_path, files)), "875-jar") & {"education", "youth_justice"} == {
        local
    }


def test_the_latest_grade_of_a_field_counts(engine, tmp_path):
    filled(engine, tmp_path)
    with session(engine) as opened:
        later = {"measure": "youth_justice", "published_on": date(2005, 6, 1), "source": "a report"}
        opened.add(Rating(area_code="875", value="4", **later))
    assert "youth_justice" not in skills(built(engine), "875-jar")


def test_the_first_term_is_slow_and_load_is_even(engine, tmp_path):
    """R014, R028."""
    limits = {own.id: own for own in built(filled(engine, tmp_path)).period_limits}
    autumn = limits["autumn_2005"]
    assert (autumn.maximum, autumn.price) == (8, None)
    assert autumn.span == WeekSpan(first=0, end=week("2005-12-26") + 1)
    quarter = limits["even_quarters:2006-Q2"]
    assert quarter.price > 0
    assert quarter.span == WeekSpan(first=week("2006-04-03"), end=week("2006-06-26") + 1)
    assert limits["reviews_a_year:FY2006-07"].price is None


def test_areas_of_one_police_force_share_a_limit(engine, tmp_path):
    """R128."""
    (limit,) = built(filled(engine, tmp_path)).partner_limits
    assert (limit.id, limit.areas, limit.kinds, limit.maximum) == ("police", ("373", "875"), ("jar",), 1)


def test_a_group_that_cannot_exceed_its_maximum_has_no_limit(engine, tmp_path):
    files = right_files()
    files["partner_groups.csv"][0]["maximum"] = "2"
    assert built(filled(engine, tmp_path, files)).partner_limits == ()


def test_a_pin_fixes_the_first_week(engine, tmp_path):
    filled(engine, tmp_path)
    with session(engine) as opened:
        own = opened.exec(select(Activity).where(col(Activity.code) == "373-jar")).one()
        own.pinned_on = date(2006, 9, 11)
    pinned = activity(built(engine), "373-jar")
    assert pinned.start_window == WeekSpan(first=week("2006-09-11"), end=week("2006-09-18"))


def test_a_cancelled_activity_is_left_out(engine, tmp_path):
    filled(engine, tmp_path)
    with session(engine) as opened:
        opened.exec(select(Activity).where(col(Activity.code) == "373-ca")).one().state = "cancelled"
    assert "373-ca" not in {own.id for own in built(engine).activities}


def publish(engine: Engine, precision: str, state: str = "planned", monday: date = date(2006, 1, 9)) -> None:
    """Dates and a team for Sheffield's review, as a published plan leaves them."""
    with session(engine) as opened:
        opened.add(
            PlanVersion(
                version=1, option="3", status="published", problem_hash="", problem_json="", plan_json="",
                result_json="", uncovered_places=0, date_cost=1, team_cost=1, created_by="planner", created_at=AT,
            )
        )  # fmt: skip
        opened.flush()
        for stage, weeks, length in (("analysis", 0, 1), ("fieldwork", 3, 2)):
            start = monday + timedelta(weeks=weeks)
            end = start + timedelta(weeks=length)
            opened.add(
                PlannedStage(plan_version=1, activity_code="373-jar", stage=stage, start_on=start, end_on=end)
            )
        opened.add(TeamPlace(plan_version=1, activity_code="373-jar", skill="education", inspector_code="I5"))
        own = opened.exec(select(Activity).where(col(Activity.code) == "373-jar")).one()
        own.plan_version, own.precision, own.state = 1, precision, state


def test_what_was_announced_has_a_price_that_rises_with_its_precision(engine, tmp_path):
    """R018: the published plan is the base of a new one."""
    publish(filled(engine, tmp_path), "indicative")
    early = activity(built(engine), "373-jar").published
    assert early.starts == (week("2006-01-09"), week("2006-01-30"))
    assert early.members == ("I5",)
    with session(engine) as opened:
        opened.exec(select(Activity).where(col(Activity.code) == "373-jar")).one().precision = "final"
    late = activity(built(engine), "373-jar").published
    assert late.move_price > early.move_price
    assert activity(built(engine), "201-jar").published is None


@pytest.mark.parametrize("state", ["under_way", "done"])
def test_what_has_begun_stays_where_it_is(engine, tmp_path, state):
    publish(filled(engine, tmp_path), "final", state)
    assert activity(built(engine), "373-jar").pinned_starts == (week("2006-01-09"), week("2006-01-30"))


def test_what_is_only_planned_is_not_pinned(engine, tmp_path):
    publish(filled(engine, tmp_path), "final")
    assert activity(built(engine), "373-jar").pinned_starts is None


def test_what_was_done_before_the_horizon_is_left_out(engine, tmp_path):
    publish(filled(engine, tmp_path), "final", "done", monday=date(2005, 3, 7))
    problem = built(engine)
    assert "373-jar" not in {own.id for own in problem.activities}
    require_valid(problem)
