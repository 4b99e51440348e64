"""Travel: kilometres from home to area, once for each filled seat."""

from scheduler.cost import distance_km
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value


class Travel(Value):
    """Kilometres over all filled seats, and the mean of a seat (0 without any)."""

    km: NonNegative
    km_a_seat: float


def travel(problem: Problem, plan: Plan) -> Travel:
    """Great-circle kilometres between the homes of members and the areas of their reviews."""
    place = {area.id: area.location for area in problem.areas}
    target = {activity.id: place[activity.area] for activity in problem.activities}
    home = {inspector.id: inspector.home for inspector in problem.inspectors}
    km = sum(distance_km(home[member.inspector], target[member.activity]) for member in plan.members)
    return Travel(km=km, km_a_seat=km / max(1, len(plan.members)))
