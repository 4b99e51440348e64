"""Counting a step's day from another's: in working days, days, weeks or months, or to a fixed day of the year."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from config.policy import day_in
from config.steps import Count, Repeat
from services.days.weeks import LAST_WORKING_DAY_OF_WEEK, WEEK, add_months, monday_of
from services.days.working_days import (
    ONE_DAY,
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
)

Span = tuple[date, date]
"""Days from a first up to, not including, an end."""


class Counted(NamedTuple):
    """A day, the day it was counted from, and the count that gave it: the one of the rule, or one that bounds it."""

    day: date
    origin: date
    by: Count


def counted(count: Count, origin_of: Callable[[Count], date], holidays: Sequence[Span] = ()) -> Counted:
    """The day that a rule counts to, within its bounds.

    Parameters
    ----------
    origin_of
        The day from which a count counts.
    holidays
        School holidays of the area, from a first day up to, not including, an end.
    """

    def found(by: Count) -> Counted:
        return Counted(counted_day(by, origin_of(by), holidays), origin_of(by), by)

    day = found(count)
    if count.not_after is not None:
        day = min(day, found(count.not_after), key=lambda counted: counted.day)
    if count.not_before is not None:
        day = max(day, found(count.not_before), key=lambda counted: counted.day)
    return day


def counted_day(count: Count, origin: date, holidays: Sequence[Span] = ()) -> date:
    """The day that a rule counts to, from the day it counts from, its bounds aside (R049-R053, R089).

    A date that falls on no working day goes where the rule says: to the previous or the next one, or it stays.
    """
    day = _fixed(count.fixed_day, count, origin) if count.fixed_day else _far(count, origin, holidays)
    return _moved(count, day)


def repeated_days(repeat: Repeat, count: Count, origin: date, end: date | None) -> Iterator[date]:
    """The days after the first on which a step comes again; the rhythm stays where one moves off a holiday.

    Parameters
    ----------
    end
        Before this day the last one falls; None where it comes a number of times.
    """
    first = counted_day(count.model_copy(update={"on_non_working_day": "keep"}), origin)
    for number in range(1, repeat.times or MOST_TIMES):
        steps = number * repeat.every
        raw = first + timedelta(weeks=steps) if repeat.unit == "weeks" else add_months(first, steps)
        day = _moved(count, raw)
        if end is not None and day >= end:
            return
        yield day


MOST_TIMES = 260
"""Every week for five years: no step comes more often."""


def _moved(count: Count, day: date) -> date:
    if count.on_non_working_day == "previous":
        return previous_working_day(day)
    return next_working_day(day) if count.on_non_working_day == "next" else day


def out_of(blocked: Sequence[Span], day: date) -> date:
    """The day itself, or if it is blocked the first working day that is not."""
    while ends := [end for start, end in blocked if start <= day < end]:
        day = next_working_day(max(ends))
    return day


def _fixed(fixed_day: str, count: Count, origin: date) -> date:
    """The first such day on or after the origin, or the last one on or before it."""
    days = [day_in(origin.year + years, fixed_day) for years in (-1, 0, 1)]
    if count.direction == "after":
        return min(day for day in days if day >= origin)
    return max(day for day in days if day <= origin)


def _far(count: Count, origin: date, holidays: Sequence[Span]) -> date:
    assert count.amount is not None  # the framework's reader sees to it
    amount = count.amount if count.direction == "after" else -count.amount
    if count.without_school_holidays:
        return _without_holidays(count, origin, holidays)
    if count.unit == "working_days":
        return add_working_days(origin, amount, first_day_counts=count.first_day_counts)
    if count.unit == "months":
        day = add_months(origin, amount)
    else:
        day = origin + (timedelta(weeks=amount) if count.unit == "weeks" else timedelta(days=amount))
    return day - _sign(count) * ONE_DAY if count.first_day_counts else day


def _without_holidays(count: Count, origin: date, holidays: Sequence[Span]) -> date:
    """Days in school holidays, and weeks with such a day from Monday to Friday, do not count."""
    is_in_weeks = count.unit == "weeks"
    step = _sign(count) * (WEEK if is_in_weeks else ONE_DAY)

    def counts(day: date) -> bool:
        if count.unit == "working_days" and not is_working_day(day):
            return False
        first = monday_of(day) if is_in_weeks else day
        last = first + timedelta(days=LAST_WORKING_DAY_OF_WEEK) if is_in_weeks else day
        return not any(start <= last and first < end for start, end in holidays)

    day, left = origin, count.amount or 0
    if count.first_day_counts and not is_in_weeks and counts(origin):
        left -= 1
    while left:
        day += step
        left -= counts(day)
    return day - _sign(count) * ONE_DAY if count.first_day_counts and is_in_weeks else day


def _sign(count: Count) -> int:
    return 1 if count.direction == "after" else -1


def counts_in_words(count: Count, called: Callable[[Count], str]) -> str:
    """A rule in words: '8 weeks after the last day of the on-site weeks, or the first 30 November after it if ...'.

    Parameters
    ----------
    called
        What a count is counted from: 'the last day of fieldwork', 'publication'.
    """
    words = [_in_words(count, called(count))]
    if count.not_after is not None:
        words.append(f"or {_in_words(count.not_after, called(count.not_after))} if that is earlier")
    if count.not_before is not None:
        words.append(f"or {_in_words(count.not_before, called(count.not_before))} if that is later")
    return ", ".join(words)


def edge_in_words(count: Count, origin: str, is_stage: bool) -> str:
    """The day that a count starts from: 'the first day of fieldwork', or what a milestone or a deadline is called."""
    return f"the {'first' if count.edge == 'start' else 'last'} day of {origin}" if is_stage else origin


def _in_words(count: Count, origin: str) -> str:
    if count.fixed_day:
        day = day_in(2004, count.fixed_day)  # a leap year
        which = "first" if count.direction == "after" else "last"
        return f"the {which} {day.day} {day:%B} on or {count.direction} {origin}"
    if count.amount == 0:
        return f"on {origin}"
    assert count.unit is not None  # the framework's reader sees to it
    unit = count.unit.replace("_", " ")
    unit = unit.removesuffix("s") if count.amount == 1 else unit
    return ", ".join(_and_how(count, f"{count.amount} {unit} {count.direction} {origin}"))


def _and_how(count: Count, words: str) -> Iterable[str]:
    yield words
    if count.first_day_counts:
        yield "first day counted"
    if count.without_school_holidays:
        yield "school holidays left out"
