"""English school terms, bank holidays and financial years from September 2005 to October 2009, as weeks.

The school holidays are a national approximation (Monday of the first week, number of weeks); a few regions
deviate, as real authorities do. Bank holidays are those of England and Wales. Week 0 is the week of
5 September 2005.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.values.problem import Calendar, Closure, LagTable, Period
from scheduler.values.value import WeekSpan

FIRST_MONDAY = date(2005, 9, 5)

SCHOOL_HOLIDAYS: tuple[tuple[str, date, int], ...] = (
    ("October half-term", date(2005, 10, 24), 1),
    ("Christmas holiday", date(2005, 12, 19), 2),
    ("February half-term", date(2006, 2, 13), 1),
    ("Easter holiday", date(2006, 4, 10), 2),
    ("May half-term", date(2006, 5, 29), 1),
    ("Summer holiday", date(2006, 7, 24), 6),
    ("October half-term", date(2006, 10, 23), 1),
    ("Christmas holiday", date(2006, 12, 25), 2),
    ("February half-term", date(2007, 2, 12), 1),
    ("Easter holiday", date(2007, 4, 2), 2),
    ("May half-term", date(2007, 5, 28), 1),
    ("Summer holiday", date(2007, 7, 23), 6),
    ("October half-term", date(2007, 10, 22), 1),
    ("Christmas holiday", date(2007, 12, 24), 2),
    ("February half-term", date(2008, 2, 18), 1),
    ("Easter holiday", date(2008, 3, 17), 2),
    ("May half-term", date(2008, 5, 26), 1),
    ("Summer holiday", date(2008, 7, 28), 5),
    ("October half-term", date(2008, 10, 27), 1),
    ("Christmas holiday", date(2008, 12, 22), 2),
    ("February half-term", date(2009, 2, 16), 1),
    ("Easter holiday", date(2009, 4, 6), 2),
    ("May half-term", date(2009, 5, 25), 1),
    ("Summer holiday", date(2009, 7, 27), 6),
)

REGION_SHIFTS: dict[tuple[str, str], int] = {
    ("East Midlands", "October half-term"): -1,
    ("East Midlands", "Summer holiday"): -1,
    ("North East", "May half-term"): 1,
    ("South West", "Easter holiday"): 1,
    ("Yorkshire and The Humber", "October half-term"): 1,
}
"""Weeks by which a region's holiday lies later (negative: earlier) than the national one."""

BANK_HOLIDAYS: dict[int, tuple[str, ...]] = {
    2005: ("12-26", "12-27"),
    2006: ("01-02", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"),
    2007: ("01-01", "04-06", "04-09", "05-07", "05-28", "08-27", "12-25", "12-26"),
    2008: ("01-01", "03-21", "03-24", "05-05", "05-26", "08-25", "12-25", "12-26"),
    2009: ("01-01", "04-10", "04-13", "05-04", "05-25", "08-31"),
}
"""Month and day by year, from the beginning of the horizon on."""


def week_of(day: date) -> int:
    """Index of the week in which a day lies."""
    return (day - FIRST_MONDAY).days // 7


def bank_holiday_weeks() -> dict[int, str]:
    """Weeks with a bank holiday, and why they are closed."""
    days = [
        date.fromisoformat(f"{year}-{day}")
        for year, days_of_year in BANK_HOLIDAYS.items()
        for day in days_of_year
    ]
    return {week_of(day): "Christmas closure" if day.month in (12, 1) else "Bank holiday" for day in days}


def _clipped(first: int, end: int, num_weeks: int) -> WeekSpan | None:
    first, end = max(first, 0), min(end, num_weeks)
    return WeekSpan(first=first, end=end) if first < end else None


def office_calendar(num_weeks: int) -> Calendar:
    """Weeks in which nobody works a whole week: bank holidays and Christmas."""
    closures = [
        Closure(span=WeekSpan(first=week, end=week + 1), reason=reason)
        for week, reason in sorted(bank_holiday_weeks().items())
        if week < num_weeks
    ]
    return Calendar(id="office", closures=tuple(closures))


def school_calendar(region: str, num_weeks: int) -> Calendar:
    """School holidays of a region; the last summer holiday is clipped to the horizon."""
    closures = []
    for reason, monday, length in SCHOOL_HOLIDAYS:
        first = week_of(monday) + REGION_SHIFTS.get((region, reason), 0)
        if span := _clipped(first, first + length, num_weeks):
            closures.append(Closure(span=span, reason=reason))
    return Calendar(id=f"school-{region}", closures=tuple(closures))


@dataclass(frozen=True)
class Round:
    """Weeks of a national round of reviews: an analysis week and the first of two fieldwork weeks."""

    half_term: int
    analysis: int
    fieldwork: int

    def weeks(self) -> tuple[int, int, int]:
        """The three weeks in which a team works together."""
        return (self.analysis, self.fieldwork, self.fieldwork + 1)


def rounds(num_weeks: int) -> tuple[Round, ...]:
    """Rounds of reviews that the bodies agree on, by week.

    In each half-term pairs of open weeks are taken from its end; the analysis lies two clear weeks before
    them, or three where that week is closed. No week belongs to two rounds.
    """
    office = set(bank_holiday_weeks())
    holidays = [(week_of(monday), length) for _, monday, length in SCHOOL_HOLIDAYS]
    found: list[Round] = []
    taken: set[int] = set()
    begin = 0
    for half_term, (holiday, length) in enumerate(holidays):
        fieldwork = holiday - 2
        while fieldwork >= begin:
            candidates = [fieldwork - 1 - lag for lag in (2, 3)]
            analysis = next((w for w in candidates if w >= 0 and w not in office | taken), None)
            if analysis is not None and not {fieldwork, fieldwork + 1} & (office | taken):
                found.append(Round(half_term, analysis, fieldwork))
                taken |= set(found[-1].weeks())
                fieldwork -= 2
            else:
                fieldwork -= 1
        begin = holiday + length
    return tuple(sorted((r for r in found if r.fieldwork + 2 <= num_weeks), key=lambda r: r.analysis))


def weeks_of_months(months: tuple[int, ...], num_weeks: int) -> tuple[WeekSpan, ...]:
    """Spans of the weeks whose Monday lies in one of the consecutive months, one span a year."""
    spans = [
        _clipped(
            _first_week_from(date(year, months[0], 1)),
            _first_week_from(date(year, months[-1] + 1, 1)),
            num_weeks,
        )
        for year in range(2005, 2010)
    ]
    return tuple(span for span in spans if span)


def financial_years(num_weeks: int) -> tuple[Period, ...]:
    """Financial years from April to March; a week belongs to the year of its Monday."""
    return _periods("financial_year", [date(y, 4, 1) for y in range(2005, 2011)], num_weeks, "FY{0}-{1:02d}")


def quarters(num_weeks: int) -> tuple[Period, ...]:
    """Calendar quarters."""
    days = [date(y, m, 1) for y in range(2005, 2011) for m in (1, 4, 7, 10)][2:]
    return _periods("quarter", days, num_weeks, "Q{2}-{0}")


def _periods(kind: str, days: list[date], num_weeks: int, name: str) -> tuple[Period, ...]:
    periods = []
    for begin, end in pairwise(days):
        span = _clipped(_first_week_from(begin), _first_week_from(end), num_weeks)
        if span:
            label = name.format(begin.year, (begin.year + 1) % 100, (begin.month + 2) // 3)
            periods.append(Period(id=label, kind=kind, span=span))
    return tuple(periods)


def _first_week_from(day: date) -> int:
    """First week whose Monday is `day` or later."""
    return -((FIRST_MONDAY - day).days // 7)


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later, clipped to the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def six_to_nine_months(num_weeks: int) -> LagTable:
    """For each last week the weeks whose Monday lies six to nine calendar months after its Friday (R030, R032)."""
    first, end = [], []
    for week in range(num_weeks):
        friday = FIRST_MONDAY + timedelta(weeks=week, days=4)
        first.append(min(num_weeks, _first_week_from(add_months(friday, 6))))
        end.append(min(num_weeks, week_of(add_months(friday, 9)) + 1))
    return LagTable(id="six-to-nine-months", first=tuple(first), end=tuple(end))
