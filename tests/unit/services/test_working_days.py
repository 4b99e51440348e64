"""Working days (SI 2005/1973): not Saturday, Sunday, Christmas Day, Good Friday or a bank holiday."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.days.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    next_working_day,
    previous_working_day,
    subtract_working_days,
    working_days_between,
)

DAYS = st.dates(date(2004, 1, 1), date(2028, 12, 31))
COUNTS = st.integers(0, 120)


@pytest.mark.parametrize(
    "day",
    [
        date(2006, 4, 14),  # Good Friday
        date(2006, 4, 17),  # Easter Monday
        date(2006, 5, 1),
        date(2006, 5, 29),
        date(2006, 8, 28),
        date(2006, 12, 25),
        date(2005, 12, 27),  # in place of Christmas Day, a Sunday
        date(2006, 1, 2),  # in place of New Year's Day, a Sunday
        date(2022, 9, 19),  # a funeral of state
        date(2023, 5, 8),  # a coronation
        date(2006, 4, 15),  # Saturday
        date(2006, 4, 16),  # Sunday
    ],
)
def test_no_work_is_done_on(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2006, 4, 13), date(2006, 4, 18), date(2005, 12, 28), date(2008, 2, 29)])
def test_work_is_done_on(day):
    assert is_working_day(day)


@pytest.mark.parametrize("year", range(2000, 2031))
def test_bank_holidays_are_those_of_the_whole_library(year: int) -> None:
    whole = holidays.country_holidays("GB", subdiv="ENG", years=year)
    assert bank_holidays(year) == {day: name for day, name in whole.items() if day.year == year}


def test_a_year_of_bank_holidays():
    assert list(bank_holidays(2006)) == [
        date(2006, 1, 1),
        date(2006, 1, 2),
        date(2006, 4, 14),
        date(2006, 4, 17),
        date(2006, 5, 1),
        date(2006, 5, 29),
        date(2006, 8, 28),
        date(2006, 12, 25),
        date(2006, 12, 26),
    ]


def test_the_day_counted_from_is_left_out():
    assert add_working_days(date(2006, 5, 8), 5) == date(2006, 5, 15)


def test_a_rule_may_count_the_first_day():
    assert add_working_days(date(2006, 5, 8), 5, first_day_counts=True) == date(2006, 5, 12)
    assert add_working_days(date(2006, 5, 6), 5, first_day_counts=True) == date(2006, 5, 12), (
        "a Saturday never counts"
    )


def test_counting_leaps_over_easter_and_the_may_holiday():
    assert add_working_days(date(2006, 4, 13), 1) == date(2006, 4, 18)
    assert add_working_days(date(2006, 4, 13), 10) == date(2006, 5, 2)


def test_counting_back_leaps_over_christmas():
    assert subtract_working_days(date(2006, 1, 3), 1) == date(2005, 12, 30)
    assert subtract_working_days(date(2006, 1, 3), 4) == date(2005, 12, 23)


def test_nothing_is_added_by_0():
    assert add_working_days(date(2006, 4, 15), 0) == date(2006, 4, 15)


@given(DAYS, COUNTS)
def test_forward_and_back_ends_where_it_began(day, count):
    start = next_working_day(day)
    assert subtract_working_days(add_working_days(start, count), count) == start
    assert add_working_days(subtract_working_days(start, count), count) == start


@given(DAYS, COUNTS)
def test_a_negative_count_goes_the_other_way(day, count):
    assert add_working_days(day, -count) == subtract_working_days(day, count)


@given(DAYS, st.integers(1, 120))
def test_counting_ends_on_a_working_day_and_agrees_with_the_number_between(day, count):
    end = add_working_days(day, count)
    assert is_working_day(end)
    assert working_days_between(day + timedelta(days=1), end + timedelta(days=1)) == count
    assert working_days_between(end + timedelta(days=1), day + timedelta(days=1)) == -count


@given(DAYS, DAYS, COUNTS)
def test_a_later_day_never_leads_to_an_earlier_one(one, other, count):
    first, second = sorted((one, other))
    assert add_working_days(first, count) <= add_working_days(second, count)


@given(DAYS)
def test_the_nearest_working_days_enclose_a_day(day):
    before, after = previous_working_day(day), next_working_day(day)
    assert before <= day <= after
    assert (before == after) == is_working_day(day)
    assert working_days_between(before, after) == int(before != after)
