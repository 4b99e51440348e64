"""Weeks and dates: calendar months as week windows, periods, closed weeks."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.policy import load_policy
from services.days import weeks as cal

FIRST = date(2005, 9, 5)
WEEKS = 213
MONDAYS = st.integers(0, 1000).map(lambda n: date(2004, 1, 5) + timedelta(weeks=n))


def _mondays(closures):
    return [cal.week_monday(FIRST, week) for closure in closures for week in closure.span.weeks()]


def test_weeks_count_from_the_first_monday():
    assert cal.week_of(FIRST, date(2005, 9, 11)) == 0
    assert cal.week_of(FIRST, date(2005, 9, 12)) == 1
    assert cal.week_of(FIRST, date(2005, 9, 4)) == -1
    assert cal.week_friday(FIRST, 1) == date(2005, 9, 16)
    assert cal.monday_of(date(2005, 9, 11)) == FIRST


def test_the_end_of_a_span_is_the_day_after_its_last_one():
    assert cal.day_after(date(2006, 2, 28)) == date(2006, 3, 1)
    assert cal.day_before(date(2006, 3, 1)) == date(2006, 2, 28)


def test_days_and_weeks_are_counted_on_in_one_place():
    """`day_after`, `day_before` and `WEEK`; the log stands beside the days and doesn't know them."""
    root = Path(__file__).parents[3]
    counting = {
        path.relative_to(root).as_posix()
        for room in ("services", "cli", "console", "flows")
        for path in (root / room).rglob("*.py")
        if re.search(r"(= |[+-] |< )timedelta\((days|weeks)=1\)", path.read_text(encoding="utf-8"))
    }
    assert counting == {"services/audit.py", "services/days/weeks.py", "services/days/working_days.py"}


@given(MONDAYS, st.dates(date(2004, 1, 1), date(2025, 1, 1)))
def test_a_day_lies_in_its_own_week(first, day):
    monday = cal.week_monday(first, cal.week_of(first, day))
    assert monday <= day < monday + timedelta(weeks=1)
    assert monday == cal.monday_of(day)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2006, 8, 31), 6, date(2007, 2, 28)),
        (date(2007, 8, 31), 6, date(2008, 2, 29)),  # a leap year
        (date(2006, 3, 31), 6, date(2006, 9, 30)),
        (date(2006, 5, 12), 9, date(2007, 2, 12)),
        (date(2006, 12, 15), 1, date(2007, 1, 15)),
        (date(2006, 1, 15), -1, date(2005, 12, 15)),
    ],
)
def test_calendar_months_are_clipped_to_the_last_day(day, months, expected):
    assert cal.add_months(day, months) == expected


def test_six_to_nine_months_run_from_the_last_on_site_friday_to_the_second_start_r030_r032():
    first, end = cal.lag_table(FIRST, WEEKS, 6, 9)
    ends_in = cal.week_of(FIRST, date(2006, 2, 10))  # fieldwork ends on Friday 10 February 2006
    assert cal.week_monday(FIRST, first[ends_in]) == date(2006, 8, 14)  # six months: 10 August, a Thursday
    assert cal.week_monday(FIRST, end[ends_in] - 1) == date(2006, 11, 6)  # nine months: 10 November, a Friday


def test_a_start_on_the_very_last_day_of_nine_months_is_allowed_r030():
    first, end = cal.lag_table(FIRST, WEEKS, 6, 9)
    # Friday 30 June 2006 + 6 months = Saturday 30 December; Friday 31 August 2007 + 6 months = 29 February 2008.
    june, august = cal.week_of(FIRST, date(2006, 6, 30)), cal.week_of(FIRST, date(2007, 8, 31))
    assert cal.week_monday(FIRST, first[june]) == date(2007, 1, 1)
    assert cal.week_monday(FIRST, first[august]) == date(2008, 3, 3)
    friday = next(w for w in range(WEEKS) if cal.add_months(cal.week_friday(FIRST, w), 9).weekday() == 0)
    assert cal.week_monday(FIRST, end[friday] - 1) == cal.add_months(cal.week_friday(FIRST, friday), 9)


def test_six_to_nine_months_leave_26_to_38_or_39_clear_weeks_r030_r032():
    first, end = cal.lag_table(FIRST, WEEKS, 6, 9)
    inside = range(WEEKS - 45)
    assert {first[week] - week - 1 for week in inside} == {26}
    assert {end[week] - 1 - week - 1 for week in inside} == {38, 39}


def test_no_second_start_lies_outside_the_horizon():
    first, end = cal.lag_table(FIRST, WEEKS, 6, 9)
    assert len(first) == len(end) == WEEKS
    assert all(0 <= a <= b <= WEEKS for a, b in zip(first, end, strict=True))
    assert first[-1] == end[-1] == WEEKS, "nothing can follow what ends in the last week"


@given(MONDAYS, st.integers(0, 12), st.integers(0, 12))
def test_the_lag_table_says_the_same_as_dates_do(first_monday, low, more):
    first, end = cal.lag_table(first_monday, 110, low, low + more)
    for week in (0, 3, 29, 60):
        friday = cal.week_friday(first_monday, week)
        for start in range(week + 1, 110):
            monday = cal.week_monday(first_monday, start)
            allowed = cal.add_months(friday, low) <= monday <= cal.add_months(friday, low + more)
            assert (first[week] <= start < end[week]) == allowed


def test_weeks_of_a_span_of_dates_are_those_whose_monday_lies_in_it():
    span = cal.week_span(FIRST, WEEKS, date(2006, 1, 1), date(2006, 1, 16))
    assert [cal.week_monday(FIRST, w) for w in span.weeks()] == [date(2006, 1, 2), date(2006, 1, 9)]
    assert cal.week_span(FIRST, WEEKS, date(2004, 1, 1), date(2005, 1, 1)).weeks() == range(0)


def test_periods_of_each_kind_cover_the_horizon_without_a_hole():
    for kind in cal.NAME_BY_KIND:
        spans = [period.span for period in cal.periods(FIRST, WEEKS, [kind])]
        assert [week for span in spans for week in span.weeks()] == list(range(WEEKS))


def test_financial_years_run_from_april_to_march_r016():
    years = {p.id: p.span for p in cal.periods(FIRST, WEEKS, ["financial_year"])}
    assert cal.week_monday(FIRST, years["FY2006-07"].first) == date(2006, 4, 3)
    assert cal.week_monday(FIRST, years["FY2006-07"].end) == date(2007, 4, 2)
    assert cal.financial_year(date(2000, 3, 31)) == "FY1999-00"


def test_quarters_and_terms_have_the_names_people_use():
    assert (cal.quarter(date(2006, 3, 31)), cal.quarter(date(2006, 4, 1))) == ("2006-Q1", "2006-Q2")
    assert cal.easter_monday(2006) == date(2006, 4, 17)
    assert [cal.term(day) for day in (date(2005, 9, 5), date(2006, 4, 16), date(2006, 4, 17))] == [
        "autumn-2005",
        "spring-2006",
        "summer-2006",
    ]


def test_weeks_with_a_bank_holiday_are_closed():
    closed = cal.bank_holiday_closures(FIRST, 60)
    assert _mondays(closed) == [
        date(2005, 12, 26),
        date(2006, 1, 2),
        date(2006, 4, 10),
        date(2006, 4, 17),
        date(2006, 5, 1),
        date(2006, 5, 29),
        date(2006, 8, 28),
    ]
    assert "Good Friday" in [closure.reason for closure in closed]


def test_a_bank_holiday_at_a_weekend_closes_no_week():
    weeks = cal.bank_holiday_closures(date(2004, 12, 20), 2)  # 25 December 2004 is a Saturday
    assert [closure.span.weeks() for closure in weeks] == [range(1, 2)]


def test_the_christmas_closure_closes_every_week_it_touches():
    assert _mondays(cal.christmas_closures(FIRST, WEEKS)) == [
        date(2005, 12, 26),
        date(2006, 12, 25),
        date(2007, 1, 1),
        date(2007, 12, 24),
        date(2007, 12, 31),
        date(2008, 12, 22),
        date(2008, 12, 29),
    ]


def test_the_closure_is_found_where_the_horizon_starts_within_it():
    assert cal.christmas_closures(date(2007, 1, 1), 1) != ()
    assert cal.christmas_closures(date(2007, 1, 8), 1) == ()


def test_the_days_of_the_closure_are_a_setting():
    rules = load_policy().calendar
    assert cal.christmas_closures(
        FIRST, WEEKS, rules.christmas_first, rules.christmas_last
    ) == cal.christmas_closures(FIRST, WEEKS)
    assert len(_mondays(cal.christmas_closures(FIRST, 30, "12-19", "01-06"))) == 3


def test_school_holidays_close_weeks_of_which_they_touch_a_working_day():
    summer = (date(2006, 7, 22), date(2006, 9, 4), "Summer")  # Saturday to Sunday
    half_term = (date(2006, 10, 27), date(2006, 10, 28), "Inset day")  # one Friday
    closed = cal.closures(FIRST, WEEKS, [summer, half_term])
    assert [c.reason for c in closed] == ["Summer", "Inset day"]
    assert _mondays(closed)[0] == date(2006, 7, 24)
    assert _mondays(closed)[-2:] == [date(2006, 8, 28), date(2006, 10, 23)]


def test_a_weekend_alone_closes_no_week():
    assert cal.closures(FIRST, WEEKS, [(date(2006, 7, 22), date(2006, 7, 24), "Weekend")]) == ()


def test_holidays_that_meet_in_a_week_are_both_named():
    spans = [
        (date(2006, 4, 3), date(2006, 4, 17), "Easter"),
        (date(2006, 4, 10), date(2006, 4, 17), "Closure"),
    ]
    assert [c.reason for c in cal.closures(FIRST, WEEKS, spans)] == ["Easter", "Easter, Closure"]


@given(MONDAYS, st.dates(date(2004, 1, 1), date(2006, 1, 1)), st.integers(0, 60))
def test_a_week_is_closed_exactly_if_one_of_its_five_days_is(first, start, days):
    end = start + timedelta(days=days)
    closed = {w for c in cal.closures(first, 60, [(start, end, "x")]) for w in c.span.weeks()}
    for week in range(60):
        five = [cal.week_monday(first, week) + timedelta(days=n) for n in range(5)]
        assert (week in closed) == any(start <= day < end for day in five)
