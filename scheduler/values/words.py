"""Weeks in the words a planner reads: '7 September 2006'."""

from datetime import date, timedelta

from scheduler.values.value import Week, WeekSpan

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def day_in_words(day: date) -> str:
    """'7 September 2006'; no locale of the machine changes it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def week_in_words(first_monday: date, week: Week) -> str:
    """The Monday of a week; a number that no calendar reaches stands for no day."""
    try:
        return day_in_words(first_monday + timedelta(weeks=week))
    except OverflowError:
        return "beyond all calendars"


def span_in_words(first_monday: date, span: WeekSpan) -> str:
    """From the Monday of the first week to the Friday of the last one."""
    last = first_monday + timedelta(weeks=span.end, days=-3)
    return f"{week_in_words(first_monday, span.first)} to {day_in_words(last)}"
