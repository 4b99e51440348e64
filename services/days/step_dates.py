"""Counting a step's day from another's, and saying how in words."""

from collections.abc import Sequence
from datetime import date, timedelta

from config.steps import Count
from services.days.weeks import add_months
from services.days.working_days import add_working_days, next_working_day, previous_working_day

Span = tuple[date, date]
"""Days from a first up to, not including, an end."""


def counted_day(count: Count, origin: date) -> date:
    """The day that a rule counts to, from the day it counts from (R049-R053, R089).

    A date that falls on no working day goes where the rule says: to the previous or the next one, or it stays.
    """
    amount = count.amount if count.direction == "after" else -count.amount
    if count.unit == "months":
        day = add_months(origin, amount)
    elif count.unit == "weeks":
        day = origin + timedelta(weeks=amount)
    else:
        day = add_working_days(origin, amount, first_day_counts=count.first_day_counts)
    if count.on_non_working_day == "previous":
        return previous_working_day(day)
    return next_working_day(day) if count.on_non_working_day == "next" else day


def out_of(blocked: Sequence[Span], day: date) -> date:
    """The day itself, or if it is blocked the first working day that is not."""
    while ends := [end for start, end in blocked if start <= day < end]:
        day = next_working_day(max(ends))
    return day


def count_text(count: Count, origin: str, is_stage: bool) -> str:
    """A rule in words: '8 weeks after the last day of fieldwork', which is what `origin` is called."""
    if is_stage:
        origin = f"the {'first' if count.edge == 'start' else 'last'} day of {origin}"
    if count.amount == 0:
        return f"on {origin}"
    unit = count.unit.replace("_", " ")
    words = (
        f"{count.amount} {unit if count.amount > 1 else unit.removesuffix('s')} {count.direction} {origin}"
    )
    return f"{words}, first day counted" if count.first_day_counts else words
