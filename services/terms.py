"""School terms as named stretches of a chart's axis."""

from datetime import date, timedelta

from reports.values import Band
from reports.words import capitalised
from services.calendar import monday_of, periods, week_monday

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
