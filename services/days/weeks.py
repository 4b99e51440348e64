"""Weeks, dates and terms: weeks count from a horizon's first Monday; dates become weeks here and nowhere else."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

import pendulum

from config.policy import day_in
from reports.values import Band
from reports.words import capitalised
from scheduler.values.problem import Closure, Period
from scheduler.values.value import Week, WeekSpan
from services.days.working_days import bank_holidays

LAST_WORKING_DAY_OF_WEEK = 4
WEEK = timedelta(weeks=1)
CHRISTMAS_FIRST = "12-24"
CHRISTMAS_LAST = "01-01"
Spans = Iterable[tuple[date, date, str]]
"""Days from a first up to, not including, an end, and their name."""


def monday_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def monday_from(day: date) -> date:
    """The first Monday on or after a day."""
    return monday_of(day + timedelta(days=6))


def day_after(day: date) -> date:
    """The end, not included, of a span of which this is the last day."""
    return day + timedelta(days=1)


def day_before(end: date) -> date:
    """The last day of a span with this end, which is not included."""
    return end - timedelta(days=1)


def week_of(first_monday: date, day: date) -> Week:
    """Index of the week in which a day lies; negative before the horizon."""
    return (day - first_monday).days // 7


def week_monday(first_monday: date, week: Week) -> date:
    """The Monday of a week."""
    return first_monday + timedelta(weeks=week)


def week_friday(first_monday: date, week: Week) -> date:
    """The Friday of a week: the last on-site day of a stage that ends in it."""
    return week_monday(first_monday, week) + timedelta(days=LAST_WORKING_DAY_OF_WEEK)


def week_span(first_monday: date, num_weeks: int, start: date, end: date) -> WeekSpan:
    """Weeks whose Monday lies from `start` up to, not including, `end`, within the horizon."""
    return _cut(_week_from(first_monday, start), _week_from(first_monday, end), num_weeks)


def add_months(day: date, months: int) -> date:
    """The same day some calendar months later (or earlier), clipped to that month's last day."""
    moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(moved.year, moved.month, moved.day)


def lag_table(
    first_monday: date, num_weeks: int, min_months: int, max_months: int
) -> tuple[tuple[Week, ...], tuple[Week, ...]]:
    """When a second activity may start, for each week in which the first one ends (R030, R032).

    The lag runs from the last on-site day of the first (the Friday of its last week) to the Monday on which
    the second starts, at least `min_months` and at most `max_months` calendar months, clipped to the
    last day of a month. Six to nine months leave 26 to 38 or 39 clear weeks.

    Returns
    -------
    first, end
        `num_weeks` entries each: first allowed week, and one past the last; equal where none is within the horizon.
    """
    fridays = [week_friday(first_monday, week) for week in range(num_weeks)]
    spans = [
        week_span(
            first_monday,
            num_weeks,
            add_months(friday, min_months),
            day_after(add_months(friday, max_months)),
        )
        for friday in fridays
    ]
    return tuple(span.first for span in spans), tuple(span.end for span in spans)


def financial_year(day: date) -> str:
    """Name of the financial year (April to March) of a day: 'FY2006-07'."""
    year = day.year if day.month >= 4 else day.year - 1
    return f"FY{year}-{(year + 1) % 100:02d}"


def quarter(day: date) -> str:
    """Name of the quarter of a day: '2006-Q2' for April to June."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def term(day: date) -> str:
    """Name of a day's term: autumn-2005 from September, spring-2006 from January, summer-2006 from Easter Monday."""
    if day.month >= 9:
        return f"autumn-{day.year}"
    return f"spring-{day.year}" if day < easter_monday(day.year) else f"summer-{day.year}"


def easter_monday(year: int) -> date:
    """Easter Monday of a year."""
    return next(day for day, name in bank_holidays(year).items() if name == "Good Friday") + timedelta(days=3)


def calendar_year(day: date) -> str:
    """Name of the calendar year of a day: '2006'."""
    return str(day.year)


NAME_BY_KIND = {
    "financial_year": financial_year,
    "calendar_year": calendar_year,
    "quarter": quarter,
    "term": term,
}


def periods(
    first_monday: date, num_weeks: int, kinds: Iterable[str] = tuple(NAME_BY_KIND)
) -> tuple[Period, ...]:
    """The periods of each kind (years, quarters, terms) in the horizon; a week belongs where its Monday lies.

    The periods of a kind follow each other without a hole. One cut by the horizon's edge keeps its name.
    """
    return tuple(period for kind in kinds for period in _periods_of(first_monday, num_weeks, kind))


def bank_holiday_closures(first_monday: date, num_weeks: int) -> tuple[Closure, ...]:
    """Weeks with a bank holiday from Monday to Friday, each named after its holidays."""
    last = week_friday(first_monday, num_weeks - 1)
    days = (
        (day, day_after(day), name)
        for year in range(first_monday.year, last.year + 1)
        for day, name in bank_holidays(year).items()
    )
    return closures(first_monday, num_weeks, days)


def christmas_closures(
    first_monday: date,
    num_weeks: int,
    first: str = CHRISTMAS_FIRST,
    last: str = CHRISTMAS_LAST,
) -> tuple[Closure, ...]:
    """Weeks that the Christmas closure touches; `first` and `last` (month-day) are both included."""
    years = range(first_monday.year - 1, week_friday(first_monday, num_weeks).year + 1)
    spans = ((*_christmas(year, first, last), "Christmas closure") for year in years)
    return closures(first_monday, num_weeks, spans)


def christmas_around(day: date) -> list[tuple[date, date]]:
    """The Christmas closures (half-open) in which a day may lie."""
    return [_christmas(year, CHRISTMAS_FIRST, CHRISTMAS_LAST) for year in (day.year - 1, day.year)]


def _christmas(year: int, first: str, last: str) -> tuple[date, date]:
    """The closure that begins in a year."""
    return day_in(year, first), day_after(day_in(year + (last < first), last))


def closures(first_monday: date, num_weeks: int, spans: Spans) -> tuple[Closure, ...]:
    """Weeks of which any day from Monday to Friday lies in a span: school holidays, local closures.

    Neighbouring weeks closed for the same reasons make one closure.
    """
    reasons: dict[Week, list[str]] = {}
    for start, end, name in spans:
        for week in _touched(first_monday, num_weeks, start, end):
            names = reasons.setdefault(week, [])
            names += [] if name in names else [name]
    # Week minus rank is the same for neighbours: runs of weeks with equal reasons fall into one group.
    ranked = [(week - rank, tuple(reasons[week]), week) for rank, week in enumerate(sorted(reasons))]
    runs = [list(run) for _key, run in groupby(ranked, key=lambda item: item[:2])]
    return tuple(
        Closure(span=WeekSpan(first=run[0][2], end=run[-1][2] + 1), reason=", ".join(run[0][1]))
        for run in runs
    )


def _periods_of(first_monday: date, num_weeks: int, kind: str) -> Iterator[Period]:
    name_of = NAME_BY_KIND[kind]
    for name, weeks in groupby(range(num_weeks), key=lambda week: name_of(week_monday(first_monday, week))):
        run = list(weeks)
        yield Period(id=name, kind=kind, span=WeekSpan(first=run[0], end=run[-1] + 1))


def _touched(first_monday: date, num_weeks: int, start: date, end: date) -> range:
    if end <= start:
        return range(0)
    # A span that starts on a Saturday first touches the next week, one that ends on a Sunday leaves it untouched.
    first = (
        week_of(first_monday, start + timedelta(days=2))
        if start.weekday() > 4
        else week_of(first_monday, start)
    )
    last = week_of(first_monday, day_before(end))
    return range(max(first, 0), min(last + 1, num_weeks))


def _week_from(first_monday: date, day: date) -> Week:
    """The first week whose Monday is on or after a day."""
    return -((first_monday - day).days // 7)


def _cut(first: Week, end: Week, num_weeks: int) -> WeekSpan:
    first = min(max(first, 0), num_weeks)
    return WeekSpan(first=first, end=min(max(end, first), num_weeks))


WEEKS_BEYOND = 30
"""Beyond both ends, so that a term that is cut by an end is known to be."""


def terms(start: date, end: date) -> tuple[Band, ...]:
    """School terms that touch the days from `start` up to, not including, `end`, named 'Autumn term 2005'."""
    first = monday_of(start) - timedelta(weeks=WEEKS_BEYOND)
    num_weeks = (end - first).days // 7 + WEEKS_BEYOND
    found = []
    for period in periods(first, num_weeks, ("term",)):
        name, year = period.id.split("-")
        begin, close = (week_monday(first, week) for week in (period.span.first, period.span.end))
        if begin < end and start < close:
            found.append(Band(begin, close, f"{capitalised(name)} term {year}"))
    return tuple(found)
