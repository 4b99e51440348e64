"""Candidates in a planner's words: weeks of an activity, people for a place, weeks of a person."""

from datetime import timedelta
from typing import NamedTuple

from reports.words import date_in_words, list_in_words, plural, weeks_of_delay
from scheduler.candidates.values import (
    Change,
    OpenPlace,
    PersonCandidate,
    PersonSpan,
    PersonWeeks,
    Swap,
    WeekCandidate,
)
from services.days.weeks import week_monday
from services.naming.cost_unit import price_of_week
from services.naming.names import Names
from services.shown.reasons.answers import impossible_in_words
from services.shown.reasons.shortfalls import limit_in_words, why_not_in_words


class WeekRow(NamedTuple):
    """A week, what dates and people would cost more (None if it can't be had), and what it takes.

    `as_weeks` is the rise of dates in weeks of delay of a most urgent area; None where waiting costs nothing.
    """

    week: str
    rise: int | None
    as_weeks: float | None
    people_rise: int | None
    what: str


class PersonRow(NamedTuple):
    """Somebody, what people would cost more (None if they can't), and where they live, work and are kept."""

    person: str
    rise: int | None
    km: int
    other_reviews: int
    what: str


class SpanRow(NamedTuple):
    """Weeks of a person: the first and the last day, how many weeks, and what they are."""

    first: str
    last: str
    weeks: int
    what: str


def week_row(names: Names, candidate: WeekCandidate) -> WeekRow:
    """A week with its price, or what is short."""
    best, week, what = candidate.best, names.week(candidate.week), _what(names, candidate)
    if best is None:
        return WeekRow(week, None, None, None, what)
    return WeekRow(
        week, best.rise, weeks_of_delay(best.rise, price_of_week(names.problem)), best.people_rise, what
    )


def _what(names: Names, candidate: WeekCandidate) -> str:
    if candidate.impossible is not None:
        return f"impossible: {impossible_in_words(names, candidate.impossible)}"
    alone = candidate.alone
    assert alone is not None
    if alone.fits:
        return _and(_alone(candidate, alone), shortage_words(names, alone))
    if candidate.swap is None:
        return f"{shortage_words(names, alone)}; no single area was found that makes room"
    left = _and(swap_words(names, candidate.swap), shortage_words(names, candidate.swap.change))
    return f"{left} (else it {shortage_words(names, alone)})"


def _alone(candidate: WeekCandidate, alone: Change) -> str:
    if not candidate.is_present:
        return "fits with all others where they are"
    return "where it is now" if alone.rise == 0 else "where it starts now, with cheaper dates later on"


def _and(what: str, shortage: str) -> str:
    return f"{what}, but {shortage}" if shortage else what


def shortage_words(names: Names, change: Change) -> str:
    """'leaves one place open (leader) and lacks 1 unit of vans (...)'; empty where nothing is short."""
    parts = []
    if change.num_open:
        count = "one place" if change.num_open == 1 else plural(change.num_open, "place")
        parts.append(f"leaves {count} open ({list_in_words(_open(names, change.open_places))})")
    if units := _units(names, change):
        parts.append(f"lacks {list_in_words(units)}")
    return list_in_words(parts)


def swap_words(names: Names, swap: Swap) -> str:
    """'Leeds (383) moves from the week of ... to the week of ...'."""
    areas = list_in_words([names.area(area) for area in swap.moved.areas])
    return f"{areas} moves from the {names.week(swap.moved.before)} to the {names.week(swap.moved.after)}"


def _open(names: Names, places: tuple[OpenPlace, ...]) -> list[str]:
    """'leader', '2 education'."""
    return [
        names.skill(place.skill) if place.count == 1 else f"{place.count} {names.skill(place.skill)}"
        for place in places
    ]


def _units(names: Names, change: Change) -> list[str]:
    units = [
        f"{plural(missing.units, 'unit')} of {missing.pool} ({names.span(missing.span)})"
        for missing in change.units
    ]
    return units + [limit_in_words(limit) for limit in change.limits]


def person_row(names: Names, candidate: PersonCandidate) -> PersonRow:
    """An inspector with their price, or why they can't have the place."""
    what = "has the place now" if candidate.is_present else "is free"
    if candidate.why_not is not None:
        what = why_not_in_words(names, candidate.why_not)
    elif candidate.lacks_bodies:
        what = "would leave the team without a body that it needs"
    return PersonRow(
        names.person(candidate.inspector), candidate.rise, candidate.km, candidate.other_reviews, what
    )


def span_row(names: Names, part: PersonSpan) -> SpanRow:
    """Weeks in which somebody is free, or what takes these weeks."""
    first = week_monday(names.problem.first_monday, part.span.first)
    last = week_monday(names.problem.first_monday, part.span.end) - timedelta(days=3)
    of = list_in_words([names.activity(name) for name in part.activities])
    what = {
        "free": "free",
        "not_trained": "not trained yet",
        "away": "away",
        "works": f"works on {of}",
        "rests": f"rests after {of}",
        "past": f"at work on {of}, or resting after it",
    }[part.state]
    return SpanRow(date_in_words(first), date_in_words(last), len(part.span.weeks()), what)


def begins_left_line(answer: PersonWeeks) -> str | None:
    """'May still begin 3 reviews in FY2005-06'; None without any maximum."""
    if not answer.begins_left:
        return None
    parts = [f"{left.left} in {left.period}" for left in answer.begins_left]
    return f"Reviews that may still begin: {list_in_words(parts)}."
