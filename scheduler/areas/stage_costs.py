"""What each start week of a stage costs on its own: windows, pins, closed weeks, urgency, stability."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs
from scheduler.values.arrays import Mask
from scheduler.values.problem import Activity, Problem


def start_costs(problem: Problem, activity: Activity, closed: dict[str, Mask]) -> Costs:
    """What each start week of each stage costs on its own, shape (stages, weeks).

    Forbidden are weeks outside the first stage's window, weeks in which the stage would meet a closed
    week or the end of the horizon, and all but the pinned week, the frozen one (R016, R017), or what the frozen zone
    leaves (R019). Urgency (R027) and the price of moving a published stage are costs.
    """
    weeks = np.arange(problem.num_weeks, dtype=np.int64)
    costs = np.zeros((len(activity.stages), problem.num_weeks), dtype=np.int64)
    for number, stage in enumerate(activity.stages):
        cost = costs[number]
        if number == 0:
            cost += activity.urgency_price * weeks
            window = activity.start_window
            cost[(weeks < window.first) | (weeks >= window.end)] = FORBIDDEN
        if activity.published is not None:
            moved = np.abs(weeks - activity.published.starts[number])
            price = activity.published.move_price_per_week * moved + activity.published.move_price
            cost += np.where(moved > 0, price, 0)
        cost[weeks + stage.duration_weeks > problem.num_weeks] = FORBIDDEN
        for name in stage.calendars:
            cost[_meets(closed[name], stage.duration_weeks)] = FORBIDDEN
        if activity.pinned_starts is not None:
            cost[weeks != activity.pinned_starts[number]] = FORBIDDEN
        cost[_frozen(problem, activity, number)] = FORBIDDEN
    return np.minimum(costs, FORBIDDEN)


def _frozen(problem: Problem, activity: Activity, number: int) -> Mask:
    """Weeks that confirmed dates or the frozen zone forbid to a stage (R016, R017, R019)."""
    weeks = np.arange(problem.num_weeks)
    announced = activity.published.starts[number] if activity.published else None
    is_frozen = activity.published is not None and activity.published.is_frozen
    forbidden: Mask = (weeks != announced) & is_frozen
    if activity.pinned_starts is None:
        if announced is not None and 0 <= announced < problem.frozen_until:
            forbidden |= weeks != announced
        elif not activity.short_notice:
            forbidden |= weeks < problem.frozen_until
    return forbidden


def closed_weeks(problem: Problem) -> dict[str, Mask]:
    """Closed weeks of each calendar, shape (weeks,)."""
    closed = {}
    for calendar in problem.calendars:
        is_closed = np.zeros(problem.num_weeks, dtype=bool)
        for closure in calendar.closures:
            is_closed[max(0, closure.span.first) : max(0, closure.span.end)] = True
        closed[calendar.id] = is_closed
    return closed


def _meets(closed: Mask, duration: int) -> Mask:
    """Whether a stage that starts in a week has a closed week."""
    padded = np.concatenate([closed, np.zeros(duration, dtype=bool)])
    meets: Mask = np.any([padded[shift : shift + len(closed)] for shift in range(duration)], axis=0)
    return meets
