"""How days are counted, with the days of capabilities C20 and others."""

from datetime import date

import pytest

from config.steps import Count
from services.days.step_dates import counted, counted_day, counts_in_words

PUBLISHED = date(2026, 3, 2)
EASTER_2006 = ((date(2006, 4, 10), date(2006, 4, 22)),)


def _count(**keys):
    return Count(**{"counted_from": "letter", **keys})


def _words(count, names=None):
    return counts_in_words(count, lambda by: (names or {}).get(by.counted_from, f"the {by.counted_from}"))


def test_eight_weeks_with_the_first_day_counted_are_56_days():
    """PEEL: report of 2 March 2026, comments by Sunday 26 April; eight weeks after it is a day late."""
    keys = {"amount": 8, "unit": "weeks", "on_non_working_day": "keep"}
    assert counted_day(_count(**keys, first_day_counts=True), PUBLISHED) == date(2026, 4, 26)
    assert counted_day(_count(**keys), PUBLISHED) == date(2026, 4, 27)
    days = _count(amount=56, unit="calendar_days", first_day_counts=True, on_non_working_day="keep")
    assert counted_day(days, PUBLISHED) == date(2026, 4, 26)
    assert _words(days) == "56 calendar days after the letter, first day counted"


def test_a_draft_plan_takes_20_and_a_final_one_70_working_days():
    """ILACS: letter received on 2 March 2026, draft plan by 30 March, final one by 12 June."""
    assert counted_day(_count(amount=20, unit="working_days"), PUBLISHED) == date(2026, 3, 30)
    assert counted_day(_count(amount=70, unit="working_days"), PUBLISHED) == date(2026, 6, 12)


def test_notice_is_given_ten_working_days_before_the_visit():
    """JTAI: on site from Monday 22 June 2026. C11: 7 June 2010 with the bank holiday of 31 May left out."""
    notice = _count(amount=10, unit="working_days", direction="before")
    assert counted_day(notice, date(2026, 6, 22)) == date(2026, 6, 8)
    assert counted_day(notice, date(2010, 6, 7)) == date(2010, 5, 21)


def test_interviews_lie_nine_to_eleven_weeks_after_the_notice():
    """CQC: notice of 7 September 2026, interviews from 9 to 23 November."""
    first, last = (_count(amount=weeks, unit="weeks", on_non_working_day="next") for weeks in (9, 11))
    assert counted_day(first, date(2026, 9, 7)) == date(2026, 11, 9)
    assert counted_day(last, date(2026, 9, 7)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("direction", "origin", "day"),
    [
        ("after", date(2005, 7, 29), date(2005, 11, 30)),
        ("after", date(2005, 11, 30), date(2005, 11, 30)),
        ("after", date(2005, 12, 1), date(2006, 11, 30)),
        ("before", date(2005, 12, 1), date(2005, 11, 30)),
        ("before", date(2005, 7, 29), date(2004, 11, 30)),
    ],
)
def test_a_fixed_day_of_the_year_is_the_next_or_the_last_one(direction, origin, day):
    count = _count(fixed_day="11-30", direction=direction, on_non_working_day="keep")
    assert counted_day(count, origin) == day


def test_a_fixed_day_is_told_in_words():
    after, before = (_count(fixed_day="11-30", direction=way) for way in ("after", "before"))
    assert _words(after) == "the first 30 November on or after the letter"
    assert _words(before) == "the last 30 November on or before the letter"


def test_a_fixed_day_on_a_sunday_goes_where_the_rule_says():
    """31 December 2006 is a Sunday, 1 January a holiday."""
    for goes, day in (
        ("previous", date(2006, 12, 29)),
        ("next", date(2007, 1, 2)),
        ("keep", date(2006, 12, 31)),
    ):
        count = _count(fixed_day="12-31", on_non_working_day=goes)
        assert counted_day(count, date(2006, 6, 1)) == day


def _final(bound):
    twelve = {
        "counted_from": "analysis",
        "edge": "start",
        "direction": "before",
        "amount": 12,
        "unit": "weeks",
    }
    other = {"counted_from": "year", "fixed_day": "03-31", "direction": "before"}
    keep = {"on_non_working_day": "keep"}
    return Count(**other, **keep, **{bound: {**twelve, **keep}})


@pytest.mark.parametrize(
    ("bound", "analysis", "day", "by"),
    [
        ("not_after", date(2006, 5, 8), date(2006, 2, 13), "analysis"),
        ("not_after", date(2006, 9, 11), date(2006, 3, 31), "year"),
        ("not_before", date(2006, 5, 8), date(2006, 3, 31), "year"),
        ("not_before", date(2006, 9, 11), date(2006, 6, 19), "analysis"),
    ],
)
def test_the_earlier_or_the_later_of_two_counts_holds_r017(bound, analysis, day, by):
    """Final on 31 March or twelve weeks before the first stage, whichever is earlier."""
    origins = {"analysis": analysis, "year": date(2006, 4, 1)}
    found = counted(_final(bound), lambda count: origins[count.counted_from])
    assert (found.day, found.by.counted_from, found.origin) == (day, by, origins[by])


def test_the_earlier_of_two_is_told_in_words():
    names = {"year": "the start of the year", "analysis": "the analysis"}
    first = "the last 31 March on or before the start of the year"
    assert (
        _words(_final("not_after"), names) == f"{first}, or 12 weeks before the analysis if that is earlier"
    )
    assert _words(_final("not_before"), names) == f"{first}, or 12 weeks before the analysis if that is later"


def test_weeks_of_school_holidays_are_left_out():
    """Four weeks after Friday 31 March 2006: 7 April, the fortnight of Easter not, 28 April, 5 and 12 May."""
    count = _count(amount=4, unit="weeks", without_school_holidays=True, on_non_working_day="keep")
    assert counted_day(count, date(2006, 3, 31), EASTER_2006) == date(2006, 5, 12)
    assert counted_day(count, date(2006, 3, 31)) == date(2006, 4, 28)
    assert _words(count) == "4 weeks after the letter, school holidays left out"


def test_working_days_of_school_holidays_are_left_out():
    """Seven days after Wednesday 5 April 2006: 6, 7, 24 to 28 April; the bank holidays lie in the holidays."""
    count = _count(amount=7, unit="working_days", without_school_holidays=True)
    assert counted_day(count, date(2006, 4, 5), EASTER_2006) == date(2006, 4, 28)
    backwards = _count(amount=2, unit="working_days", without_school_holidays=True, direction="before")
    assert counted_day(backwards, date(2006, 4, 24), EASTER_2006) == date(2006, 4, 6)


def test_calendar_days_of_school_holidays_are_left_out():
    keys = {"unit": "calendar_days", "without_school_holidays": True, "on_non_working_day": "keep"}
    assert counted_day(_count(amount=3, **keys), date(2006, 4, 8), EASTER_2006) == date(2006, 4, 23)
    first_counts = _count(amount=3, first_day_counts=True, **keys)
    assert counted_day(first_counts, date(2006, 4, 8), EASTER_2006) == date(2006, 4, 22)


def test_inclusive_weeks_without_school_holidays_end_a_day_earlier():
    keys = {"unit": "weeks", "without_school_holidays": True, "on_non_working_day": "keep"}
    count = _count(amount=4, first_day_counts=True, **keys)
    assert counted_day(count, date(2006, 3, 31), EASTER_2006) == date(2006, 5, 11)


@pytest.mark.parametrize(
    ("keys", "weeks"),
    [
        ({"amount": 10, "unit": "working_days"}, 2),
        ({"amount": 11, "unit": "working_days"}, 3),
        ({"amount": 12, "unit": "weeks"}, 12),
        ({"amount": 56, "unit": "calendar_days"}, 8),
        ({"amount": 1, "unit": "months"}, 5),
        ({"fixed_day": "03-31"}, 0),
    ],
)
def test_a_count_takes_whole_weeks(keys, weeks):
    assert _count(**keys).in_weeks() == weeks
