"""Working days in England and Wales: not Saturday, Sunday, Christmas Day, Good Friday or a bank holiday (SI 2005/1973).

Counting N working days leaves out the day counted from, unless a rule says otherwise.
"""

import sys
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Any

from services.days.calendar_exceptions import OneOff, one_off_days

ONE_DAY = timedelta(days=1)


def bank_holidays(year: int) -> Mapping[date, str]:
    """Bank holidays of a year by day, Christmas Day, Good Friday, substitute and one-off days included."""
    return _bank_holidays(year, one_off_days())


@lru_cache(maxsize=256)
def _bank_holidays(year: int, one_off: frozenset[OneOff]) -> Mapping[date, str]:
    # Days are copied out one by one: the library's own mapping adds further years when it is asked for them.
    found = _holidays_of_england(year)
    known = {day: found[day] for day in sorted(found) if day.year == year}
    known |= {other.day: other.name for other in one_off if other.day.year == year}
    worked = {other.day for other in one_off if other.is_working}
    return {day: known[day] for day in sorted(known) if day not in worked}


def _holidays_of_england(year: int) -> Mapping[date, str]:
    """The library's days of a year. It takes its time, so who counts no days does without."""
    # The package of its countries imports all 250 of them; a package that has not run yet finds its modules as well.
    countries = find_spec("holidays.countries")
    if countries is not None:
        sys.modules.setdefault(countries.name, module_from_spec(countries))
    from holidays.countries.united_kingdom import UnitedKingdom

    kingdom: Any = UnitedKingdom
    found: Mapping[date, str] = kingdom(subdiv="ENG", years=year)
    return found


def is_working_day(day: date) -> bool:
    """Whether work is done and days count on this day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def why_nobody_works(day: date) -> str:
    """'a Sunday', 'a bank holiday (Good Friday)'; empty on a working day."""
    if day.weekday() >= 5:
        return f"a {day:%A}"
    holiday = bank_holidays(day.year).get(day)
    return f"a bank holiday ({holiday})" if holiday else ""


def next_working_day(day: date) -> date:
    """The first working day on or after a day."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def previous_working_day(day: date) -> date:
    """The last working day on or before a day."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def add_working_days(day: date, count: int, *, first_day_counts: bool = False) -> date:
    """The working day that lies `count` working days after a day.

    Parameters
    ----------
    count
        0 gives the day itself, also when it is no working day; a negative count goes back.
    first_day_counts
        The day itself is the first working day, if it is one (one real plan counts so).
    """
    if count < 0:
        return subtract_working_days(day, -count, first_day_counts=first_day_counts)
    return _walk(day, count, ONE_DAY, first_day_counts, one_off_days())


def subtract_working_days(day: date, count: int, *, first_day_counts: bool = False) -> date:
    """The working day that lies `count` working days before a day; the same rules as for adding."""
    if count < 0:
        return add_working_days(day, -count, first_day_counts=first_day_counts)
    return _walk(day, count, -ONE_DAY, first_day_counts, one_off_days())


def working_days_between(start: date, end: date) -> int:
    """Number of working days from `start` up to, not including, `end`; negative if `end` lies before `start`."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range((end - start).days))


@lru_cache(maxsize=16384)
def _walk(
    day: date, count: int, step: timedelta, first_day_counts: bool, _one_off: frozenset[OneOff]
) -> date:
    # Thousands of steps fall on a few hundred days; where the programme's own days off change, all is counted anew.
    if count and first_day_counts and is_working_day(day):
        count -= 1
    while count:
        day += step
        count -= is_working_day(day)
    return day
