"""Burden on areas: the weeks in which somebody inspects on site (R028, R038)."""

from scheduler.measures.weeks import visits_by_area
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value

HALF_A_YEAR = 26
"""Weeks over which visits are felt as one strain."""


class Burden(Value):
    """Weeks with a visit by area; two visits in the same week are one week.

    Attributes
    ----------
    mean, worst
        Over the areas that are visited at all; 0 without any.
    worst_half_year
        Most weeks with a visit of one area within 26 weeks.
    """

    weeks_by_area: dict[str, NonNegative]
    mean: float
    worst: NonNegative
    worst_half_year: NonNegative


def burden(problem: Problem, plan: Plan) -> Burden:
    """Weeks in which each area is visited."""
    weeks = {
        area: sorted({week for run in visits for week in run.weeks})
        for area, visits in visits_by_area(problem, plan).items()
    }
    counts = {area: len(own) for area, own in weeks.items()}
    return Burden(
        weeks_by_area=counts,
        mean=sum(counts.values()) / max(1, len(counts)),
        worst=max(counts.values(), default=0),
        worst_half_year=max((_most_within(own, HALF_A_YEAR) for own in weeks.values()), default=0),
    )


def _most_within(weeks: list[int], length: int) -> int:
    """Most of the weeks that lie within `length` weeks of each other."""
    return max(sum(first <= week < first + length for week in weeks) for first in weeks)
