"""When activities that come again are due: each year, around an anniversary, after an outcome, or by a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.framework import Framework
from config.recurrence import Recurrence
from services.days.weeks import (
    LAST_WORKING_DAY_OF_WEEK,
    WEEK,
    add_months,
    day_after,
    day_before,
    financial_year,
    monday_of,
)

YEARS_AT_MOST = 12
"""A yearly kind in a longer programme is a slip of the pen: nobody plans visits for a century."""


@dataclass(frozen=True)
class Occasion:
    """One time that an activity is due in an area: its first day lies from `start_on` up to, not including, `end_on`.

    `number` is the year for which it counts, or 1 for what comes once.
    """

    number: int
    start_on: date
    end_on: date


@dataclass(frozen=True)
class Last:
    """The last one of a kind in an area: None as its end if there never was one."""

    ended_on: date | None
    outcome: str | None = None


def occasions(
    framework: Framework, first_on: date, last_on: date, last: Last | None = None
) -> Iterator[Occasion]:
    """All that are due in one area in a programme, in their order.

    A year counts if it ends within the programme; the first one may be cut by its begin. What follows the last one is
    due once: when the next is due is known when that has ended.

    Parameters
    ----------
    first_on, last_on
        First and last day on which activities of the programme may start.
    last
        Needed where the framework counts from the last one; one that never was may start at any time.
    """
    rule = framework.recurrence
    assert rule is not None
    if rule.each is not None:
        yield from _years(rule, first_on, last_on)
    elif rule.by is not None:
        end_on = latest_monday(framework, rule.by) + WEEK
        yield Occasion(1, first_on, max(first_on, min(end_on, day_after(last_on))))
    elif last is None or last.ended_on is None:
        yield Occasion(first_on.year, first_on, day_after(last_on))
    else:
        due_on, start_on, end_on = due_after(rule, last)
        if start_on <= last_on:
            yield Occasion(due_on.year, max(start_on, first_on), max(end_on, first_on))


def due_after(rule: Recurrence, last: Last) -> tuple[date, date, date]:
    """The day on which the next is due, and from when up to, not including, when it may start.

    Raises
    ------
    KeyError
        If the rule says nothing about the outcome.
    """
    assert last.ended_on is not None
    years = rule.anniversary_years
    months = 12 * years if years is not None else rule.after_months[last.outcome or ""]
    due_on, side = add_months(last.ended_on, months), rule.months_either_side or 0
    return due_on, add_months(due_on, -side), day_after(add_months(due_on, side))


def year_of(rule: Recurrence, day: date) -> int:
    """The year for which something that begins on a day counts: 2009 for 31 March 2010 in a financial year."""
    return day.year if rule.each == "calendar_year" else int(financial_year(day).removeprefix("FY")[:4])


def year_in_words(rule: Recurrence, number: int) -> str:
    """'2009-10', or '2009' of a calendar year."""
    return str(number) if rule.each == "calendar_year" else f"{number}-{(number + 1) % 100:02d}"


def year_span(rule: Recurrence, number: int) -> tuple[date, date]:
    """First day of a year, and the day after its last."""
    month = 1 if rule.each == "calendar_year" else 4
    return date(number, month, 1), date(number + 1, month, 1)


def num_years(rule: Recurrence, first_on: date, last_on: date) -> int:
    """Number of years that end within a programme."""
    return max(0, year_of(rule, day_after(last_on)) - year_of(rule, first_on))


def latest_monday(framework: Framework, by: date) -> date:
    """The Monday of the last week in which an activity may begin to have ended by a day, however far it stretches."""
    weeks = sum(stage.occupied_weeks() + stage.max_clear_weeks for stage in framework.stages)
    return monday_of(by - timedelta(weeks=weeks - 1, days=LAST_WORKING_DAY_OF_WEEK))


def last_day(rule: Recurrence, number: int, end_on: date) -> date:
    """The last day on which one that is due may begin, or by which it is to be done.

    Parameters
    ----------
    end_on
        The day after the window, which says it where nothing else does.
    """
    if rule.each is not None:
        return day_before(year_span(rule, number)[1])
    return rule.by if rule.by is not None else day_before(end_on)


def _years(rule: Recurrence, first_on: date, last_on: date) -> Iterator[Occasion]:
    first = year_of(rule, first_on)
    for number in range(first, first + num_years(rule, first_on, last_on)):
        start_on, end_on = year_span(rule, number)
        yield Occasion(number, max(start_on, first_on), end_on)
