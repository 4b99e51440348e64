"""Months between the two judgements on an area: on its services for children and on its council (R030-R037)."""

from scheduler.measures.weeks import last_weeks
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value

WEEKS_A_MONTH = 365.25 / 12 / 7


class Judgements(Value):
    """Distance between the ends of the last stages of both activities; only areas that have both count.

    Attributes
    ----------
    weeks_by_area
        Whole weeks, whichever of the two comes first.
    mean_months, least_months, most_months
        Weeks over 4.348; None where no area has both.
    """

    weeks_by_area: dict[str, NonNegative]
    mean_months: float | None
    least_months: float | None
    most_months: float | None


def judgements(problem: Problem, plan: Plan, review: str, assessment: str) -> Judgements:
    """How far apart the activities of the kinds `review` and `assessment` end in each area."""
    one, other = (last_weeks(problem, plan, kind) for kind in (review, assessment))
    weeks = {area: abs(one[area] - other[area]) for area in one if area in other}
    months = [own / WEEKS_A_MONTH for own in weeks.values()]
    return Judgements(
        weeks_by_area=weeks,
        mean_months=sum(months) / len(months) if months else None,
        least_months=min(months, default=None),
        most_months=max(months, default=None),
    )
