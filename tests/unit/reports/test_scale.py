from datetime import date

import pytest

from reports.scale import months, scale_for, timeline_in_words, years
from tests.unit.reports.builders import MONDAY, WEEK, a_chart


@pytest.mark.parametrize(("num_weeks", "pixels"), [(4, 40), (26, 36), (52, 18), (156, 6), (213, 5), (600, 5)])
def test_the_timeline_is_as_wide_as_comfortable_and_a_week_at_least_five_pixels(
    num_weeks: int, pixels: int
) -> None:
    assert scale_for(a_chart(num_weeks=num_weeks)).pixels_per_week == pixels


def test_mondays_lie_exactly_on_whole_weeks() -> None:
    scale = scale_for(a_chart(num_weeks=213))
    assert [scale.x(MONDAY + week * WEEK) for week in (0, 1, 100, 213)] == [0, 5, 500, 1065]


def test_a_span_is_clipped_to_the_timeline() -> None:
    scale = scale_for(a_chart(num_weeks=26))
    assert scale.span(MONDAY - WEEK, MONDAY + WEEK) == (0, 36)
    assert scale.span(MONDAY + 25 * WEEK, MONDAY + 30 * WEEK) == (900, 36)


def test_a_span_that_only_touches_the_timeline_is_outside() -> None:
    scale = scale_for(a_chart(num_weeks=26))
    assert scale.span(MONDAY - WEEK, MONDAY) is None
    assert scale.span(scale.end, scale.end + WEEK) is None


def test_months_and_years_cover_the_timeline_over_the_turn_of_the_year() -> None:
    scale = scale_for(a_chart(num_weeks=20))
    assert [band.name for band in months(scale)] == [
        "September",
        "October",
        "November",
        "December",
        "January",
    ]
    assert [(band.name, band.start) for band in years(scale)] == [
        ("2006", date(2006, 1, 1)),
        ("2007", date(2007, 1, 1)),
    ]


def test_the_timeline_is_named_by_its_first_and_last_month() -> None:
    assert timeline_in_words(scale_for(a_chart(num_weeks=20))) == "September 2006 to January 2007"
    assert timeline_in_words(scale_for(a_chart(num_weeks=3))) == "September 2006"
