"""When activities that come again are due (R140, R143), worked out by hand."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from pydantic import ValidationError

from config.framework import Framework
from config.framework_files import frameworks
from config.recurrence import Recurrence, Spread
from services.days.lots import drawn_windows, spread_of
from services.days.recurrence import Last, Occasion, latest_monday, num_years, occasions, year_of
from services.days.weeks import monday_of

YEARLY = Recurrence(each="financial_year")
APRIL_2009, MARCH_2012 = date(2009, 4, 1), date(2012, 3, 31)


def framework(rule: Recurrence) -> Framework:
    """The youth offending inspection, one week long, due as the rule says."""
    known = frameworks()["yot-inspection-2003"]
    return known.model_copy(update={"recurrence": rule, "window": "programme"})


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2009, 6, 10), 2009),
        (date(2010, 3, 30), 2009),
        (date(2010, 3, 31), 2009),
        (date(2010, 4, 1), 2010),
        (date(2010, 4, 6), 2010),
    ],
)
def test_a_visit_counts_for_the_financial_year_of_its_first_day(day: date, year: int) -> None:
    """R140: Wednesday 31 March 2010 to 1 April counts for 2009-10."""
    assert year_of(YEARLY, day) == year


def test_each_area_has_a_visit_each_financial_year() -> None:
    """R140: 152 areas have 456 visits in three years."""
    found = list(occasions(framework(YEARLY), APRIL_2009, MARCH_2012))
    assert [occasion.number for occasion in found] == [2009, 2010, 2011]
    assert found[1] == Occasion(2010, date(2010, 4, 1), date(2011, 4, 1))
    assert 152 * len(found) == 456


def test_a_year_that_does_not_end_in_the_programme_is_not_due() -> None:
    assert num_years(YEARLY, date(2009, 6, 1), date(2011, 3, 30)) == 1
    assert num_years(YEARLY, date(2009, 6, 1), date(2011, 3, 31)) == 2
    assert [o.start_on for o in occasions(framework(YEARLY), date(2009, 6, 1), date(2010, 3, 31))] == [
        date(2009, 6, 1)
    ]


def test_a_calendar_year_begins_in_january() -> None:
    yearly = Recurrence(each="calendar_year")
    assert [o.number for o in occasions(framework(yearly), date(2009, 4, 1), date(2011, 12, 31))] == [
        2009,
        2010,
        2011,
    ]


def test_the_third_anniversary_leaves_half_a_year_either_side() -> None:
    """ILACS: last ended 16 June 2023, window 16 December 2025 to 16 December 2026, both included."""
    rule = Recurrence(anniversary_years=3, months_either_side=6)
    last = Last(date(2023, 6, 16))
    (found,) = occasions(framework(rule), date(2025, 1, 6), date(2027, 12, 31), last)
    assert found == Occasion(2026, date(2025, 12, 16), date(2026, 12, 17))


@pytest.mark.parametrize(
    ("outcome", "due_on"),
    [("3", date(2026, 9, 21)), ("2", date(2028, 3, 21)), ("1", date(2030, 3, 21))],
)
def test_the_next_follows_the_outcome(outcome: str, due_on: date) -> None:
    """SEND: 18 months, three or five years after an outcome of 21 March 2025, about a month either side."""
    rule = Recurrence(after_months={"1": 60, "2": 36, "3": 18}, months_either_side=1)
    last = Last(date(2025, 3, 21), outcome)
    (found,) = occasions(framework(rule), date(2025, 4, 1), date(2030, 12, 31), last)
    assert found.number == due_on.year
    assert found.start_on < due_on < found.end_on
    assert (found.end_on - found.start_on).days in range(57, 64)


def test_what_was_never_done_may_be_done_at_any_time() -> None:
    rule = Recurrence(anniversary_years=3, months_either_side=6)
    (found,) = occasions(framework(rule), date(2025, 1, 6), date(2026, 12, 31), Last(None))
    assert (found.start_on, found.end_on) == (date(2025, 1, 6), date(2027, 1, 1))


def test_what_falls_after_the_programme_is_left_to_the_next() -> None:
    rule = Recurrence(anniversary_years=3, months_either_side=6)
    last = Last(date(2024, 6, 16))
    assert list(occasions(framework(rule), date(2025, 1, 6), date(2026, 12, 15), last)) == []
    assert len(list(occasions(framework(rule), date(2025, 1, 6), date(2026, 12, 16), last))) == 1


def test_two_weeks_that_are_to_end_by_31_march_2012_begin_by_the_19th() -> None:
    """R143: 19 March 2012 ends on the 30th; 26 March would be too late."""
    rule = Recurrence(by=MARCH_2012)
    known = framework(rule)
    stage = known.stages[0].model_copy(update={"duration_weeks": None, "duration_days": 10})
    ten_days = known.model_copy(update={"stages": (stage,)})
    assert latest_monday(ten_days, MARCH_2012) == date(2012, 3, 19)
    (found,) = occasions(ten_days, APRIL_2009, MARCH_2012)
    assert found.number == 1
    assert date(2012, 3, 19) < found.end_on <= date(2012, 3, 26)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({}, "has none"),
        ({"each": "financial_year", "by": MARCH_2012}, "each and by"),
        ({"anniversary_years": 3}, "months_either_side belongs"),
        ({"each": "financial_year", "months_either_side": 2}, "months_either_side belongs"),
        ({"after_months": {"3": 6}, "months_either_side": 6}, "would never end"),
        ({"by": MARCH_2012, "spread": {}}, "only what comes each year"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(keys: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Recurrence.model_validate(keys)


def test_a_spread_that_is_longer_than_a_year_is_refused() -> None:
    with pytest.raises(ValidationError, match="longer than a year"):
        Spread(weeks=40, window_weeks=9)
    with pytest.raises(ValidationError, match="too little of a year"):
        Spread(weeks=10, window_weeks=16)


SIX = ("830", "831", "855", "856", "857", "925")
SPREAD = Spread()
DUE = {
    (area, occasion.number): occasion
    for area in SIX
    for occasion in occasions(framework(YEARLY), APRIL_2009, MARCH_2012)
}


@pytest.mark.parametrize("seed", range(12))
def test_unannounced_visits_are_spread_over_half_a_year(seed: int) -> None:
    """R068: whatever week the solver takes of each window."""
    drawn = drawn_windows(DUE, {}, SPREAD, Random(seed))
    for year in (2009, 2010, 2011):
        windows = [window for (_area, number), window in drawn.items() if number == year]
        assert spread_of(windows) >= 26
        assert all(year_of(YEARLY, start) == year for start, _end in windows)


@pytest.mark.parametrize("seed", range(12))
def test_no_visit_comes_within_four_weeks_of_last_years_week(seed: int) -> None:
    """R068: neither of the visit itself nor of the same week a year on."""
    drawn = drawn_windows(DUE, {}, SPREAD, Random(seed))
    for area in SIX:
        for year in (2010, 2011):
            before, now = drawn[area, year - 1], drawn[area, year]
            for shift in (timedelta(), timedelta(weeks=52)):
                weeks = [
                    abs((this - other - shift).days) // 7
                    for this in mondays(now)
                    for other in mondays(before)
                ]
                assert min(weeks) > 4


def mondays(window: tuple[date, date]) -> list[date]:
    """The Mondays in a window."""
    first = monday_of(window[0] + timedelta(days=6))
    return [first + timedelta(weeks=n) for n in range(9) if first + timedelta(weeks=n) < window[1]]


def test_other_chances_draw_other_windows_and_the_same_one_the_same() -> None:
    draws = [drawn_windows(DUE, {}, SPREAD, Random(seed)) for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_windows_that_are_kept_stay_and_count_for_the_spread() -> None:
    first = drawn_windows(DUE, {}, SPREAD, Random(1))
    kept = {key: window for key, window in first.items() if key[0] != "855"}
    again = drawn_windows(DUE, kept, SPREAD, Random(2))
    assert {key: again[key] for key in kept} == kept
    assert spread_of([window for (_area, number), window in again.items() if number == 2009]) >= 26


def test_a_short_first_year_spreads_what_it_can() -> None:
    short = {("855", 2009): Occasion(2009, date(2010, 1, 4), date(2010, 4, 1))}
    short["856", 2009] = short["855", 2009]
    drawn = drawn_windows(short, {}, SPREAD, Random(1))
    assert all(date(2010, 1, 4) <= start and end <= date(2010, 4, 1) for start, end in drawn.values())


def test_nobody_who_knows_the_rule_can_guess_the_weeks_of_an_area() -> None:
    """R068: over 200 draws a window begins in 35 different weeks or more, in none of them in a tenth of the draws."""
    of_first_year = {key: occasion for key, occasion in DUE.items() if key[1] == 2009}
    starts = Counter(
        drawn_windows(of_first_year, {}, SPREAD, Random(seed))["855", 2009][0] for seed in range(200)
    )
    assert len(starts) >= 35
    assert max(starts.values()) < 20
    by_quarter = Counter((start - APRIL_2009).days // 91 for start in starts.elements())
    assert min(by_quarter[quarter] for quarter in range(3)) >= 20
