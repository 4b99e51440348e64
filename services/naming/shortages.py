"""Proven lacks in words: what is needed in which weeks, and what is available."""

from reports.words import list_in_words, number_in_words
from scheduler.values.result import Shortage
from scheduler.values.row_facts import RowName
from services.naming.names import Names

MOST_ROWS = 6
"""At most so many rows are named in a sentence, the heaviest first."""


def shortage_in_words(names: Names, shortage: Shortage) -> str:
    """'In the week of 7 May 2007 at least 6 weeks of work by leaders are needed, but only 3 are available.'"""
    if shortage.kind == "stranded" or not shortage.rows:
        return _stranded(names, shortage)
    rows = list_in_words([_row(names, row) for row in shortage.rows[:MOST_ROWS]])
    where = (
        f"{'In the ' if shortage.span.end == shortage.span.first + 1 else 'From '}{names.span(shortage.span)}"
    )
    if shortage.kind == "weighed":
        others = " and others" if len(shortage.rows) > MOST_ROWS else ""
        return (
            f"{where} these clash: {rows}{others}. Weighted by price, the activities need "
            f"{shortage.demand / shortage.scale:.2f} where {shortage.capacity / shortage.scale:.2f} is available. "
            "Widen windows, raise a limit or add people."
        )
    if shortage.kind == "minimum":
        return (
            f"{where} at least {number_in_words(shortage.demand)} must start ({rows}), but only "
            f"{number_in_words(shortage.capacity)} can. Lower the minimum or widen their windows."
        )
    if shortage.kind == "holders":
        who = list_in_words([names.activity(name) for name in shortage.activities])
        return (
            f"{who[:1].upper()}{who[1:]} needs {number_in_words(shortage.demand)} {rows} in one team, "
            f"but there are only {number_in_words(shortage.capacity)}. Demand fewer, or add people."
        )
    what = "weeks of work" if shortage.kind == "work" else "places or starts"
    return (
        f"{where} at least {number_in_words(shortage.demand)} {what} are needed of {rows}, but only "
        f"{number_in_words(shortage.capacity)} are available. "
        "Add people or units, widen the windows, or take activities out."
    )


def _stranded(names: Names, shortage: Shortage) -> str:
    if not shortage.activities:
        return "Some activities have no possible weeks. Widen their windows."
    who = list_in_words([names.activity(name) for name in shortage.activities])
    verb = "have" if len(shortage.activities) > 1 else "has"
    return (
        f"{who[:1].upper()}{who[1:]} {verb} no possible weeks: none keep to all windows, pins, closed weeks, lags and "
        "links and have as many people as one team needs. Widen a window, move a pin or open closed weeks."
    )


def _row(names: Names, row: RowName) -> str:
    people = names.people_called(row.skills, body=row.body)
    return {
        "people": people,
        "rest": f"{people} at work or resting",
        "yearly": f"{people} within {row.owner}",
        "whole_team": f"{people} for a whole team",
        "anonymous": row.owner,
        "partner": f"the limit of {row.owner}",
        "period_maximum": f"the maximum of {row.owner}",
        "period_minimum": f"the minimum of {row.owner}",
    }[row.kind]
