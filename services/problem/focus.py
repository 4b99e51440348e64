"""What matters in an area: the fields in which earlier judgements were weak (R060, R078, R081)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from config.framework import Framework

WEAK_GRADES = ("1", "2")


class Judgement(Protocol):
    """A published rating, whether it stands in a file or in a table."""

    @property
    def measure(self) -> str:
        """What was judged."""

    @property
    def value(self) -> str:
        """The grade."""

    @property
    def published_on(self) -> date:
        """Day of publication."""


def focus_of(ratings: Iterable[Judgement], framework: Framework, planned_on: date) -> tuple[str, ...]:
    """Skills whose field was graded 1 or 2 before the planning date, the weakest first.

    Of several grades of one field the latest counts; equal grades keep the framework's order of skills.
    """
    latest: dict[str, Judgement] = {}
    for rating in ratings:
        if rating.measure in framework.skills and rating.published_on < planned_on:
            known = latest.get(rating.measure)
            if known is None or known.published_on < rating.published_on:
                latest[rating.measure] = rating
    order = list(framework.skills)
    weak = [
        (rating.value, order.index(skill), skill)
        for skill, rating in latest.items()
        if rating.value in WEAK_GRADES
    ]
    return tuple(skill for _value, _position, skill in sorted(weak))
