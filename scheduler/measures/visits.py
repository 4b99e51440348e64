"""Joint visits: inspections of an area that are on site together, so that the area is visited once (R035, R097)."""

from scheduler.measures.weeks import visits_by_area
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value


class Visits(Value):
    """`num_stages` stages on site make `num_visits` visits; `num_joint` of these are of several activities.

    Stages on site that have a week in common are one visit.
    """

    num_stages: NonNegative
    num_visits: NonNegative
    num_joint: NonNegative


def visits(problem: Problem, plan: Plan) -> Visits:
    """Count visits, and those that several activities share."""
    num_stages = num_visits = num_joint = 0
    for own in visits_by_area(problem, plan).values():
        num_stages += len(own)
        end, activities = -1, set[str]()
        for run in own:
            if run.first >= end:
                num_visits, num_joint = num_visits + 1, num_joint + (len(activities) > 1)
                activities = set()
            end = max(end, run.end)
            activities.add(run.activity.id)
        num_joint += len(activities) > 1
    return Visits(num_stages=num_stages, num_visits=num_visits, num_joint=num_joint)
