"""The seats of a team, which several rules count."""

from collections import Counter

from scheduler.values.problem import Activity
from scheduler.values.value import LEADER


def demanded(activity: Activity) -> Counter[str]:
    """Seats by skill, the leader's included."""
    if activity.team is None:
        return Counter()
    seats = Counter([LEADER] if activity.team.needs_leader else [])
    for place in activity.team.places:
        seats.update({place.skill: place.count})
    return seats
