"""Mistakes in weeks are found; every refusal has its acceptance."""

from datetime import date

import pytest

from scheduler.validating.validation import validate
from scheduler.values.problem import Calendar, Closure, Period, Published
from tests.builders import analysis, calendars, fieldwork, messages, one_area, review, span
from tests.complete import complete


def findings(**changes):
    """Findings for a review with changes."""
    return messages(validate(one_area(activities=(review("north", **changes),))))


@pytest.mark.parametrize(("day", "is_sound"), [(5, True), (6, False), (11, False), (12, True)])
def test_the_horizon_begins_on_a_monday(day, is_sound):
    found = validate(one_area(first_monday=date(2005, 9, day)))
    assert (found == ()) == is_sound


def test_a_horizon_in_days_is_found():
    assert "1461 weeks are more than 1040" in messages(validate(one_area(num_weeks=1461)))
    assert validate(one_area(num_weeks=1040)) == ()


def test_a_horizon_beyond_the_calendar_is_found():
    assert "after the year 9999" in messages(validate(one_area(first_monday=date(9999, 1, 4))))


def test_a_window_without_a_week_is_found():
    assert findings(start_window=span(8, 8)).startswith("activity jar-north, start window: has no week")
    assert findings(start_window=span(8, 9)) == ""


@pytest.mark.parametrize(
    ("window", "is_sound"), [((-1, 9), False), ((0, 52), True), ((0, 53), False), ((60, 70), False)]
)
def test_a_window_lies_within_the_horizon(window, is_sound):
    assert (findings(start_window=span(*window)) == "") == is_sound


def test_a_period_without_a_week_is_found():
    empty = Period(id="FY", kind="financial_year", span=span(9, 9))
    assert "period FY: has no week" in messages(validate(one_area(periods=(empty,))))


def test_lags_exchanged_are_found_r049():
    stages = (analysis(), fieldwork(lag_min_weeks=3, lag_max_weeks=2))
    assert "allows a lag of at least 3, but at most 2 weeks" in findings(stages=stages)
    assert findings(stages=(analysis(), fieldwork(lag_min_weeks=3, lag_max_weeks=3))) == ""


@pytest.mark.parametrize("starts", [(8,), (8, 11, 14), ()])
def test_pins_and_announcements_have_a_week_for_each_stage(starts):
    assert "pinned starts: has" in findings(pinned_starts=starts)
    assert "published starts: has" in findings(published=Published(starts=starts))


def test_a_sound_pin_is_accepted():
    assert findings(pinned_starts=(8, 11)) == ""


@pytest.mark.parametrize(
    ("pins", "words"),
    [
        ((45, 48), "week 45 is outside the start window (0 up to 40)"),
        ((4, 7), "fieldwork cannot start in week 7: closed by school, October half-term"),
        ((3, 6), "fieldwork cannot start in week 6: closed by school, October half-term"),
        ((16, 19), "analysis cannot start in week 16: closed by office, Christmas closure"),
        ((8, 10), "fieldwork starts 1 clear weeks after analysis; allowed are 2 to 3"),
        ((8, 13), "fieldwork starts 4 clear weeks after analysis; allowed are 2 to 3"),
        ((39, 51), "fieldwork cannot start in week 51: outside the horizon"),
        ((-1, 2), "analysis cannot start in week -1: outside the horizon"),
    ],
)
def test_a_pin_that_breaks_a_rule_is_found_r017(pins, words):
    text = findings(pinned_starts=pins)
    assert words in text
    assert "no start week" not in text


def test_an_activity_whose_window_leaves_no_start_is_found():
    """Analysis in weeks 13 to 14 leads to fieldwork in weeks 16 to 18, all but the last in the holiday."""
    assert findings(start_window=span(13, 14)) == (
        "activity jar-north: no start week of its window leaves room for fieldwork (closed by office, Christmas "
        "closure). Widen the window, allow longer lags or open some closed weeks."
    )
    assert findings(start_window=span(13, 15)) == ""


def test_a_window_at_the_end_of_the_horizon_leaves_no_room():
    assert "leaves room for fieldwork (outside the horizon)" in findings(start_window=span(48, 52))
    assert findings(start_window=span(47, 52)) == ""


def test_a_first_stage_without_an_open_week_is_found():
    shut = Calendar(id="office", closures=(Closure(span=span(0, 60)),))
    text = messages(validate(one_area(calendars=(shut, calendars()[1]))))
    assert "leaves room for analysis (closed by office)" in text


def test_absurd_numbers_are_found_in_no_time():
    """Sizes that no memory could hold are compared, never counted out."""
    huge = 10**15
    stages = (analysis(duration_weeks=huge), fieldwork(lag_max_weeks=huge))
    assert "leaves room for analysis (outside the horizon)" in findings(stages=stages)
    assert "start window" in findings(start_window=span(0, huge))
    assert "num_weeks" in messages(validate(complete(num_weeks=huge)))
