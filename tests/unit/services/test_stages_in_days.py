"""Stages in working days and from mid-week, with the days of capabilities C1, C10 and C11."""

from datetime import date

import pytest

from config.framework_files import FOLDER, load_framework
from config.steps import PlannedStage
from services.casework.review_timetable import InvalidTimetable, timetable
from tests.framework_texts import write_visit

MONDAY_7_JUNE = date(2010, 6, 7)
IN_TWO_DAYS = ("duration_weeks = 1\nuses_team = true", 'duration_days = 2\nweekday = "wednesday"')
IN_TEN_DAYS = ("duration_weeks = 1\nuses_team = true", 'duration_days = 10\navoids = ["bank_holiday_weeks"]')


def _visit(tmp_path, *changes):
    return load_framework(write_visit(tmp_path, *changes))


def _days(framework, start, stage="preparation", **given):
    step = {step.id: step for step in timetable(framework, start, **given)}[stage]
    return step.start, step.end


def test_two_days_from_wednesday_9_june_2010_are_that_day_and_the_next_r139(tmp_path):
    """C1: 9-10 June, not 7-11; the plan gives the week."""
    framework = _visit(tmp_path, IN_TWO_DAYS)
    assert _days(framework, MONDAY_7_JUNE) == (date(2010, 6, 9), date(2010, 6, 10))
    assert framework.stage("preparation").occupied_weeks() == 1


def test_a_stage_in_days_may_begin_on_any_day_that_is_given(tmp_path):
    framework = _visit(tmp_path, IN_TWO_DAYS)
    assert _days(framework, date(2010, 6, 10)) == (date(2010, 6, 10), date(2010, 6, 11))


def test_ten_working_days_from_monday_7_june_2010_end_on_the_18th_r143(tmp_path):
    framework = _visit(tmp_path, IN_TEN_DAYS)
    assert _days(framework, MONDAY_7_JUNE) == (MONDAY_7_JUNE, date(2010, 6, 18))
    assert framework.stage("preparation").occupied_weeks() == 2


def test_ten_working_days_from_tuesday_1_june_2010_end_on_monday_14_june_r143(tmp_path):
    """C11: Monday 31 May is a bank holiday; the fortnight of the plan runs over, which needs a waiver."""
    framework = _visit(tmp_path, IN_TEN_DAYS)
    for given in (date(2010, 5, 31), date(2010, 6, 1)):
        assert _days(framework, given) == (date(2010, 6, 1), date(2010, 6, 14))
    waiver = next(iter(timetable(framework, date(2010, 5, 31)))).waiver_needed
    assert "Spring Bank Holiday" in waiver
    assert waiver.endswith("it lasts until 14 June 2010, the plan keeps its weeks to 11 June 2010")


@pytest.mark.parametrize(
    ("days", "weekday", "avoids", "weeks"),
    [
        (2, "wednesday", (), 1),
        (3, "wednesday", ("bank_holiday_weeks",), 1),
        (4, "wednesday", (), 2),
        (10, "monday", ("bank_holiday_weeks",), 2),
        (10, "monday", (), 3),
        (10, "tuesday", (), 3),
    ],
)
def test_working_days_occupy_whole_weeks_and_one_more_where_a_bank_holiday_would_carry_them_on(
    days, weekday, avoids, weeks
):
    stage = PlannedStage(id="visit", duration_days=days, weekday=weekday, avoids=avoids)
    assert stage.occupied_weeks() == weeks


def test_a_stage_in_days_starts_on_no_saturday(tmp_path):
    with pytest.raises(
        InvalidTimetable, match=r"12 June 2010 is a Saturday\. Give a day from Monday to Friday"
    ):
        timetable(_visit(tmp_path, IN_TWO_DAYS), date(2010, 6, 12))


def test_the_next_stage_keeps_its_clear_weeks_after_a_stage_in_days_r049(tmp_path):
    framework = _visit(tmp_path, IN_TWO_DAYS)
    assert _days(framework, MONDAY_7_JUNE, "visit")[0] == date(2010, 6, 21)


def _jar_of_three_weeks(tmp_path):
    text = (FOLDER / "jar-2005.toml").read_text().replace("duration_weeks = 2", "duration_weeks = 3")
    (tmp_path / "jar-2005.toml").write_text(text)
    return load_framework(tmp_path / "jar-2005.toml")


def test_fieldwork_of_three_weeks_keeps_the_six_weeks_after_two_clear_weeks_r050(tmp_path):
    """C1: 30 January to 17 February 2006 after the analysis of 9 January, no waiver."""
    steps = {step.id: step for step in timetable(_jar_of_three_weeks(tmp_path), date(2006, 1, 9))}
    fieldwork = steps["fieldwork"]
    assert (fieldwork.start, fieldwork.end) == (date(2006, 1, 30), date(2006, 2, 17))
    assert fieldwork.waiver_needed == ""


def test_fieldwork_of_three_weeks_after_three_clear_weeks_needs_a_waiver_r050(tmp_path):
    late = {"fieldwork": date(2006, 2, 6)}
    steps = timetable(_jar_of_three_weeks(tmp_path), date(2006, 1, 9), starts=late)
    fieldwork = next(step for step in steps if step.id == "fieldwork")
    assert fieldwork.waiver_needed == "'Analysis week' to 'Fieldwork' takes 7 weeks, the rule is 6 (R050)"
