"""How another inspection lies to the review: before, after or within its weeks, and how many weeks apart (R104)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BEFORE, AFTER, WITHIN = "before", "after", "within"
RELATION_WORDS = {BEFORE: "before the review", AFTER: "after the review", WITHIN: "within the review"}


@dataclass(frozen=True)
class Days:
    """From a first to a last day, both included; without a first day it is only known by when."""

    first_on: date | None
    last_on: date

    @property
    def earliest_on(self) -> date:
        """The first day, or the last where nothing else is known."""
        return self.first_on or self.last_on


@dataclass(frozen=True)
class Relation:
    """Where an inspection lies: before, after or within the review, and the clear weeks between the two."""

    where: str
    num_weeks: int


def relate(days: Days, review: Days) -> Relation | None:
    """How the days of an inspection, or those on which it may be, lie to the review's on site (R104).

    Whole weeks from Monday to Sunday count. None: it may be on either side of the edge of the review's weeks, so that
    nothing can be said before its days are planned.
    """
    begin, end = _monday(review.earliest_on), _sunday(review.last_on)
    if days.last_on < begin:
        return Relation(BEFORE, _clear_weeks(days.last_on, begin))
    if days.first_on is None:
        return None
    if days.first_on > end:
        return Relation(AFTER, _clear_weeks(end, days.first_on))
    if begin <= days.first_on and days.last_on <= end:
        return Relation(WITHIN, 0)
    return None


def nearest_review(days: Days, reviews: Sequence[Days]) -> Days | None:
    """The review that an inspection is related to, where an area has several: the one nearest to it; None: none."""
    return min(reviews, key=lambda review: _distance(days, review), default=None)


def price_of(relation: Relation, price_per_week: int, cap_weeks: int) -> int:
    """What the distance costs: each clear week, up to a number of them (R097, R099, R101)."""
    return min(relation.num_weeks, cap_weeks) * price_per_week


def _distance(days: Days, review: Days) -> int:
    return max((review.earliest_on - days.last_on).days, (days.earliest_on - review.last_on).days, 0)


def _clear_weeks(earlier: date, later: date) -> int:
    return (_monday(later) - _monday(earlier)).days // 7 - 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _sunday(day: date) -> date:
    return _monday(day) + timedelta(days=6)
