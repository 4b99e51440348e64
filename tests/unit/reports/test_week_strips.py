"""Weeks side by side: runs of equal weeks are one shape, hidden from the keyboard, with their words in tooltips."""

import re
from datetime import date

from reports.week_strips import PIXELS_PER_WEEK, Run, hatch, runs_of, week_axis, week_strip


def test_equal_weeks_in_a_row_are_one_run() -> None:
    found = [(first, end, kinds[0]) for first, end, kinds in runs_of("aabba", lambda kind: kind)]
    assert found == [(0, 2, "a"), (2, 4, "b"), (4, 5, "a")]


def test_a_run_is_one_shape_with_words_and_a_link_that_no_tab_reaches() -> None:
    text = week_strip([Run(1, 4, "jc-w--half", "3 & more", "/load/work?skill=a&from=b")], 10)
    assert f'd="M{PIXELS_PER_WEEK} 1h{3 * PIXELS_PER_WEEK}' in text
    assert "<title>3 &amp; more</title>" in text
    assert '<a href="/load/work?skill=a&amp;from=b" tabindex="-1">' in text
    assert 'aria-hidden="true"' in text
    assert f'width="{10 * PIXELS_PER_WEEK}"' in text


def test_what_is_over_is_hatched_and_numbered_where_there_is_room() -> None:
    wide, narrow = (week_strip([Run(0, end, "jc-w--over", label="7", is_hatched=True)], 5) for end in (2, 1))
    assert "url(#jc-hatch)" in wide
    assert 'id="jc-hatch"' in hatch()
    assert (">7</text>" in wide, ">7</text>" in narrow) == (True, False)


def test_the_present_week_has_a_line_only_within_the_strip() -> None:
    assert "jc-now" in week_strip([], 5, now=4)
    assert "jc-now" not in week_strip([], 5, now=5)


def test_every_year_stands_once_on_the_axis() -> None:
    text = week_axis(date(2005, 9, 5), 120)
    assert re.findall(r">(\d{4})</text>", text) == ["2005", "2006", "2007"]


def test_a_script_is_never_a_link() -> None:
    assert 'href=""' in week_strip([Run(0, 1, "a", href="javascript:alert(1)")], 1)
