"""Tight windows: every review has only a quarter of a year in which it may start.

The windows lie around a plan made for the opposite urgency. So there is a plan, yet the most urgent areas have
their windows late.
"""

import math
from random import Random

from benchmarks.families.family import Option
from benchmarks.families.national import national
from benchmarks.families.reviews import URGENCY_PRICES
from scheduler.dates.search import solve_dates
from scheduler.run.answers import Starts
from scheduler.values.problem import Activity, Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import WeekSpan

WINDOW_WEEKS = 13
"""Weeks in which a review may start."""

ANY_GAP = 0.9
"""Any plan will do to lay the windows around."""


def tight(option: Option = 3, num_areas: int = 150, num_inspectors: int = 170, seed: int = 0) -> Problem:
    """A national programme in which each review may start in 13 weeks only.

    Raises
    ------
    ValueError
        If there is no plan to lay the windows around.
    """
    wide = national(option, num_areas, num_inspectors, seed)
    starts, draw = _planted(wide), Random(seed)
    activities = tuple(_narrowed(activity, starts[activity.id][0], draw) for activity in wide.activities)
    return wide.model_copy(update={"name": wide.name.replace("national", "tight"), "activities": activities})


def _planted(problem: Problem) -> Starts:
    """Some plan for the opposite urgency, with whole teams if there is one; the clock has no say in it."""
    prices = dict(zip(URGENCY_PRICES, reversed(URGENCY_PRICES), strict=True))
    params = SolveParams(dates_seconds=math.inf, gap_target=ANY_GAP)
    for whole_teams in (True, False):
        answer = solve_dates(_repriced(problem, prices), params, whole_teams=whole_teams)
        if answer.starts is not None:
            return answer.starts
    raise ValueError(f"No plan was found for {problem.name}. Take another seed.")


def _repriced(problem: Problem, price: dict[int, int]) -> Problem:
    """The same problem with other prices of urgency."""
    activities = (
        activity.model_copy(update={"urgency_price": price.get(activity.urgency_price, 0)})
        for activity in problem.activities
    )
    return problem.model_copy(update={"activities": tuple(activities)})


def _narrowed(activity: Activity, start: int, draw: Random) -> Activity:
    """A review whose window holds the given start week somewhere; other activities are left alone."""
    if activity.kind != "jar":
        return activity
    first = max(activity.start_window.first, start - draw.randrange(WINDOW_WEEKS))
    end = min(activity.start_window.end, first + WINDOW_WEEKS)
    return activity.model_copy(update={"start_window": WeekSpan(first=first, end=end)})
