"""Dates, numbers and gaps in the words a planner reads: '7 September 2006', 'within 0.021 per cent', '3 areas'."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Month names, January first: spelt out here so that no locale of the machine changes a golden file."""

_SATURDAY = 5


def date_in_words(day: date) -> str:
    """'7 September 2006', the form of a date for people."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """'September 2006', the month a day lies in."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def last_day(start: date, end: date) -> date:
    """
    The last working-week day of the half-open span `[start, end)`: the day people would name as its end.

    A stage of whole weeks ends, half-open, on a Monday; people say the Friday before. A span that lies in a
    weekend keeps its last day.
    """
    day = max(start, end - timedelta(days=1))
    while day.weekday() >= _SATURDAY and day > start:
        day -= timedelta(days=1)
    return day


def period_in_words(start: date, end: date) -> str:
    """'25 September to 6 October 2006': the half-open span `[start, end)` with its last day included."""
    last = last_day(start, end)
    if last == start:
        return date_in_words(start)
    first_words = f"{start.day}"
    if (start.year, start.month) != (last.year, last.month):
        first_words += f" {MONTHS[start.month - 1]}"
    if start.year != last.year:
        first_words += f" {start.year}"
    return f"{first_words} to {date_in_words(last)}"


def number_in_words(number: float) -> str:
    """'12,345' or '1,234.5': thousands separated by commas, at most one decimal."""
    if float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.1f}"


WEEKS_OF_DELAY = "weeks of delay of a most urgent area"
"""The unit in which a planner reads a cost: what it costs if the most urgent areas wait a week longer."""


def weeks_of_delay(cost: float, price_of_week: int) -> float | None:
    """
    A cost as so many weeks for which a most urgent area waits; None where waiting costs nothing.

    Parameters
    ----------
    price_of_week
        What a week of delay of the most urgent area costs in the same price list.
    """
    return round(cost / price_of_week, 1) if price_of_week else None


def delay_in_words(cost: float, price_of_week: int) -> str:
    """', as much as 3 weeks of delay of a most urgent area', to follow a cost; empty where waiting costs nothing."""
    weeks = weeks_of_delay(cost, price_of_week)
    if weeks is None:
        return ""
    unit = WEEKS_OF_DELAY.replace("weeks", "week", 1) if weeks == 1 else WEEKS_OF_DELAY
    return f", as much as {number_in_words(weeks)} {unit}"


def plural(count: int, singular: str, plural_form: str = "") -> str:
    """'1 area', '3 areas', 'no areas': a count with its noun; `plural_form` where adding an s is wrong."""
    noun = singular if count == 1 else plural_form or f"{singular}s"
    return f"{number_in_words(count) if count else 'no'} {noun}"


def list_in_words(items: Sequence[str]) -> str:
    """'analysis, fieldwork and publication'; empty for no items."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def per_cent(fraction: float) -> str:
    """
    '0.021 per cent' for the fraction 0.000207: two significant digits, rounded up.

    Rounding up keeps a statement 'within x' true, and never turns a gap that is there into none.
    """
    if fraction <= 0:
        return "0 per cent"
    percentage = Decimal(repr(fraction)) * 100
    if percentage < Decimal("0.0001"):
        return "0.0001 per cent"
    step = Decimal(1).scaleb(max(percentage.adjusted() - 1, -4))
    rounded = (percentage / step).to_integral_value(rounding=ROUND_CEILING) * step
    text = f"{rounded:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} per cent"


def gap_in_words(gap: float | None) -> str:
    """
    What a gap proves, in words.

    Parameters
    ----------
    gap
        (cost - bound) / cost as a fraction; None while there is no plan or no bound.
    """
    if gap is None:
        return "not yet compared with a bound"
    if gap <= 0:
        return "proven to be the best possible"
    return f"within {per_cent(gap)} of the best possible"


def capitalised(text: str) -> str:
    """The text with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]
