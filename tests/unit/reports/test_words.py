from datetime import date

import pytest

from reports.words import (
    date_in_words,
    delay_in_words,
    gap_in_words,
    last_day,
    list_in_words,
    number_in_words,
    per_cent,
    period_in_words,
    plural,
    weeks_of_delay,
)


def test_a_date_is_said_as_in_a_letter() -> None:
    assert date_in_words(date(2006, 9, 7)) == "7 September 2006"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2006, 9, 4), date(2006, 9, 11), "4 to 8 September 2006"),
        (date(2006, 9, 25), date(2006, 10, 9), "25 September to 6 October 2006"),
        (date(2006, 12, 18), date(2007, 1, 8), "18 December 2006 to 5 January 2007"),
        (date(2006, 9, 7), date(2006, 9, 8), "7 September 2006"),
        (date(2006, 9, 8), date(2006, 9, 11), "8 September 2006"),
    ],
)
def test_a_period_ends_with_its_last_working_day(start: date, end: date, expected: str) -> None:
    assert period_in_words(start, end) == expected


def test_a_period_within_a_weekend_keeps_its_last_day() -> None:
    assert last_day(date(2006, 9, 9), date(2006, 9, 10)) == date(2006, 9, 9)


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (0.0, "0 per cent"),
        (0.000207, "0.021 per cent"),
        (0.00021, "0.021 per cent"),
        (0.1, "10 per cent"),
        (0.1234, "13 per cent"),
        (1e-9, "0.0001 per cent"),
        (1.0, "100 per cent"),
    ],
)
def test_a_share_is_rounded_up_to_two_digits_and_never_to_nothing(fraction: float, expected: str) -> None:
    assert per_cent(fraction) == expected


def test_a_gap_says_what_is_proven() -> None:
    assert gap_in_words(None) == "not yet compared with a bound"
    assert gap_in_words(0.0) == "proven to be the best possible"
    assert gap_in_words(0.000207) == "within 0.021 per cent of the best possible"


def test_counts_go_with_their_nouns() -> None:
    assert [plural(count, "area") for count in (0, 1, 1500)] == ["no areas", "1 area", "1,500 areas"]
    assert plural(2, "body", "bodies") == "2 bodies"


def test_lists_end_with_and() -> None:
    assert [list_in_words(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_numbers_have_thousands_and_at_most_one_decimal() -> None:
    assert [number_in_words(number) for number in (1234567, 1234.56, -2)] == ["1,234,567", "1,234.6", "-2"]


def test_a_cost_is_said_in_weeks_of_delay_of_a_most_urgent_area() -> None:
    assert weeks_of_delay(45, 15) == 3
    assert weeks_of_delay(20, 15) == 1.3
    assert weeks_of_delay(20, 0) is None
    assert delay_in_words(45, 15) == ", as much as 3 weeks of delay of a most urgent area"
    assert delay_in_words(15, 15) == ", as much as 1 week of delay of a most urgent area"
    assert delay_in_words(15, 0) == ""
