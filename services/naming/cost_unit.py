"""What a week of delay of the most urgent area costs: the unit in which planners read every other cost (R023-R027)."""

from scheduler.values.problem import Problem


def price_of_week(problem: Problem) -> int:
    """The highest price of a week of delay in the price list of a problem; 0 if nothing has a claim to be early."""
    return max((activity.urgency_price for activity in problem.activities), default=0)
