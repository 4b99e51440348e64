"""Proven lacks in words: what is needed in which weeks, and what is there."""

from reports.words import list_in_words, number_in_words
from scheduler.values.result import Shortage
from scheduler.values.row_facts import RowName
from services.naming.names import Names

MOST_ROWS = 6
"""At most so many rows are named in a sentence, the heaviest first."""


def shortage_in_words(names: Names, own: Shortage) -> str:
    """'In the week of 7 May 2007 at least 6 weeks of work by leaders are needed, but only 3 are there.'"""
    if own.kind == "stranded" or not own.rows:
        return _stranded(names, own)
    rows = list_in_words([_row(names, row) for row in own.rows[:MOST_ROWS]])
    where = f"{'In the ' if own.span.end == own.span.first + 1 else 'From '}{names.span(own.span)}"
    if own.kind == "weighed":
        others = " and others" if len(own.rows) > MOST_ROWS else ""
        return (
            f"{where} these clash: {rows}{others}. Weighed by what they are worth, the activities need "
            f"{own.demand / own.scale:.2f} where {own.capacity / own.scale:.2f} is there. "
            "Widen windows, raise a limit or add people."
        )
    if own.kind == "minimum":
        return (
            f"{where} at least {number_in_words(own.demand)} must start ({rows}), but only "
            f"{number_in_words(own.capacity)} can. Lower the minimum or widen their windows."
        )
    if own.kind == "holders":
        who = list_in_words([names.activity(name) for name in own.activities])
        return (
            f"{who[:1].upper()}{who[1:]} needs {number_in_words(own.demand)} {rows} in one team, but there are only "
            f"{number_in_words(own.capacity)}. Demand fewer, or add people."
        )
    what = "weeks of work" if own.kind == "work" else "places or starts"
    return (
        f"{where} at least {number_in_words(own.demand)} {what} are needed of {rows}, but only "
        f"{number_in_words(own.capacity)} are there. "
        "Add people or units, widen the windows, or take activities out."
    )


def _stranded(names: Names, own: Shortage) -> str:
    if not own.activities:
        return "Some activities find no weeks at all. Widen their windows."
    who = list_in_words([names.activity(name) for name in own.activities])
    verb = "find" if len(own.activities) > 1 else "finds"
    return (
        f"{who[:1].upper()}{who[1:]} {verb} no weeks: none keep windows, pins, closed weeks, lags and links together "
        "and have as many people as one team needs. Widen a window, move a pin or open closed weeks."
    )


def _row(names: Names, own: RowName) -> str:
    people = names.people_called(own.skills)
    return {
        "people": people,
        "rest": f"{people} at work or resting",
        "yearly": f"{people} within {own.owner}",
        "whole_team": f"{people} for a whole team",
        "anonymous": own.owner,
        "partner": f"the limit of {own.owner}",
        "period_maximum": f"the maximum of {own.owner}",
        "period_minimum": f"the minimum of {own.owner}",
    }[own.kind]
