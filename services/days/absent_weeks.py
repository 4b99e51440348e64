"""Days away as weeks: the one place where absences, leave and events become shares of weeks."""

from collections.abc import Iterable
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
    shares = [
        (week, share * percent // 100) for week, share in shares_left(spans, first_monday, num_weeks).items()
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


def shares_left(spans: Iterable[DaysAway], first_monday: date, num_weeks: int) -> dict[Week, int]:
    """Per cent of the working days that are left of each week in which somebody is away, in the order of the weeks."""
    lost: dict[Week, tuple[int, ...]] = {}
    for span in spans:
        for week, days in _touched(span, first_monday, num_weeks):
            lost[week] = tuple(map(min, lost[week], days)) if week in lost else days
    one_off = one_off_days()
    return {
        week: _share(week_monday(first_monday, week), days, one_off) for week, days in sorted(lost.items())
    }


# Most people are away on the same days, such as Christmas: each span and each week is looked at once.
@lru_cache(maxsize=4096)
def _touched(span: DaysAway, first_monday: date, num_weeks: int) -> tuple[tuple[Week, tuple[int, ...]], ...]:
    """The weeks that a span touches, each with the per cent of its five days that are left."""
    first = max(0, week_of(first_monday, span.start_on))
    last = min(num_weeks - 1, week_of(first_monday, day_before(span.end_on)))
    return tuple(
        (
            week,
            tuple(
                span.percent_available if span.start_on <= day < span.end_on else 100
                for day in _five_days(week_monday(first_monday, week))
            ),
        )
        for week in range(first, last + 1)
    )


@lru_cache(maxsize=4096)
def _share(monday: date, days: tuple[int, ...], _one_off: frozenset[OneOff]) -> int:
    """Per cent of a week's working days; a week without any counts as lost if it is lost at all."""
    worked = [share for day, share in zip(_five_days(monday), days, strict=True) if is_working_day(day)]
    return sum(worked) // len(worked) if worked else min(days)


def _five_days(monday: date) -> list[date]:
    return [monday + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
