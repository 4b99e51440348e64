"""Evenness of load: how much work lies in each quarter of a year (R028)."""

from math import sqrt

from scheduler.measures.weeks import runs
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value

QUARTER = 13
"""Weeks of a quarter, counted from the first week with work."""


class Load(Value):
    """Work is person-weeks: seats of a team and units of pools, times the weeks of their stages.

    Attributes
    ----------
    quarters
        Work in each 13 weeks from the first week with work to the last quarter that has any.
    variation
        Standard deviation of the whole quarters over their mean, 0 is even; the last quarter, which the end of
        the programme cuts, is left out unless it is the only one.
    peak
        Work of the fullest quarter.
    """

    quarters: tuple[NonNegative, ...]
    variation: float
    peak: NonNegative


def load(problem: Problem, plan: Plan) -> Load:
    """Person-weeks by quarter."""
    weeks: dict[int, int] = {}
    for run in runs(problem, plan):
        seats = run.activity.team.seats() if run.stage.uses_team and run.activity.team is not None else 0
        units = seats + sum(run.stage.pool_demand.values())
        for week in run.weeks if units else ():
            weeks[week] = weeks.get(week, 0) + units
    first = min(weeks, default=0)
    quarters = [0] * ((max(weeks, default=-1) - first) // QUARTER + 1 if weeks else 0)
    for week, units in weeks.items():
        quarters[(week - first) // QUARTER] += units
    whole = quarters[:-1] or quarters
    return Load(quarters=tuple(quarters), variation=_variation(whole), peak=max(quarters, default=0))


def _variation(values: list[int]) -> float:
    if not any(values):
        return 0.0
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / mean
