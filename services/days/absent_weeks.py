"""Days away as weeks: the one place where absences, leave and events become shares of weeks."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from scheduler.values.problem import Absence
from scheduler.values.value import Week, WeekSpan
from services.days.calendar_exceptions import OneOff, one_off_days
from services.days.weeks import day_before, week_monday, week_of
from services.days.working_days import is_working_day

DAYS_OF_WEEK = 5


class DaysAway(NamedTuple):
    """Days from `start_on` up to, not including, `end_on`, with the share of the time that is still free."""

    start_on: date
    end_on: date
    percent_available: int = 0


def weeks_away(
    spans: Iterable[DaysAway], percent: int, first_monday: date, num_weeks: int
) -> tuple[Absence, ...]:
    """Absences as weeks: a week is available at the share of its working days, of the share that is worked at all.

    A Friday away leaves four fifths of its week.

    Parameters
    ----------
    percent
        Share of a full week that the person works.

    Returns
    -------
    Spans of weeks with less than `percent` available, neighbours with equal shares as one.
    """
    lost: dict[Week, list[int]] = {}
    for span in spans:
        first = max(0, week_of(first_monday, span.start_on))
        last = min(num_weeks - 1, week_of(first_monday, day_before(span.end_on)))
        for week in range(first, last + 1):
            days = lost.setdefault(week, [100] * DAYS_OF_WEEK)
            monday = week_monday(first_monday, week)
            away_from, away_until = (span.start_on - monday).days, (span.end_on - monday).days
            for number in range(max(0, away_from), min(DAYS_OF_WEEK, away_until)):
                days[number] = min(days[number], span.percent_available)
    shares = [
        (week, _share(week_monday(first_monday, week), days) * percent // 100)
        for week, days in sorted(lost.items())
    ]
    runs = groupby(
        ((week - rank, share, week) for rank, (week, share) in enumerate(shares)), key=lambda item: item[:2]
    )
    found = [(share, [week for *_, week in run]) for (_rank, share), run in runs]
    return tuple(
        Absence(span=WeekSpan(first=weeks[0], end=weeks[-1] + 1), percent_available=share)
        for share, weeks in found
        if share < percent
    )


def _share(monday: date, days: Sequence[int]) -> int:
    """Per cent of a week's working days; a week without any counts as lost if it is lost at all."""
    are_worked = zip(days, _worked(monday, one_off_days()), strict=True)
    worked = [share for share, is_worked in are_worked if is_worked]
    return sum(worked) // len(worked) if worked else min(days)


@lru_cache(maxsize=4096)
def _worked(monday: date, _one_off: frozenset[OneOff]) -> tuple[bool, ...]:
    return tuple(is_working_day(monday + timedelta(days=number)) for number in range(DAYS_OF_WEEK))
