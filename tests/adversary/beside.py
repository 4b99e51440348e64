"""An area's timetables beside those of a plan: what they cost, and what they need of the others."""

from collections.abc import Callable
from itertools import pairwise

from scheduler.values.plan import ActivityDates, Plan
from scheduler.values.problem import Activity, Problem
from tests.adversary.model import Best, Model, at
from tests.adversary.prices import date_terms
from tests.adversary.timetables import Timetable, timetables_of
from tests.adversary.weeks import ends, starts_of

MOST_DISPLACED = 2
"""So many other areas make room at most (docs/reasons.md)."""


def leading(problem: Problem, area: str) -> set[str]:
    """The activity that stands for an area: its first one with a team that can move, else that can move.

    Where no first stage can, one of which a later stage can comes first. Two answers where the documents leave it open
    what 'can move' means: alone, or with all that is linked to it.
    """
    activities = [activity for activity in problem.activities if activity.area == area]
    together = [timetable.starts for timetable in timetables_of(problem, area)]
    alone = {activity.id: set(starts_of(problem, activity)) for activity in activities}
    linked = {activity.id: {starts[activity.id] for starts in together} for activity in activities}

    def rank(dates: set[tuple[int, ...]], activity: Activity) -> tuple[bool, bool, bool]:
        return len({starts[0] for starts in dates}) < 2, len(dates) < 2, activity.team is None

    return {
        min(activities, key=lambda activity: rank(dates[activity.id], activity)).id
        for dates in (alone, linked)
    }


def is_together(problem: Problem, area: str) -> bool:
    """Whether all stages of an area that can move are joined by lags and links, so that they are planned together.

    Where they are not, the documents speak of areas that move, and the code moves what is joined.
    """
    activities = [activity for activity in problem.activities if activity.area == area]
    joined = [
        {(activity.id, one.id), (activity.id, other.id)}
        for activity in activities
        for one, other in pairwise(activity.stages)
    ]
    joined += [{(end.activity, end.stage) for end in ends(link)} for link in problem.links]
    movable = {
        (activity.id, stage.id)
        for activity in activities
        for number, stage in enumerate(activity.stages)
        if len({starts[number] for starts in starts_of(problem, activity)}) > 1
    }
    reached = set(sorted(movable)[:1])
    for _ in movable:
        reached |= {stage for pair in joined if pair & reached and pair <= movable for stage in pair}
    return movable <= reached


def cost_beside(problem: Problem, plan: Plan, timetable: Timetable) -> int:
    """The cost of all dates with an area at another timetable, whether it fits or not."""
    return sum(date_terms(problem, plan.starts() | dict(timetable.starts)).values())


def there(plan: Plan, dates: tuple[ActivityDates, ...]) -> Callable[[Timetable], bool]:
    """Whether a timetable is that of the plan, but for some dates."""
    return at(plan.starts() | {item.activity: item.starts for item in dates})


def making_room(
    problem: Problem,
    plan: Plan,
    area: str,
    suits: Callable[[Timetable], bool],
    others: int | frozenset[str] = MOST_DISPLACED,
) -> Best | None:
    """The fewest other areas that move so that an area has a timetable that suits, then the cheapest dates.

    No more places are left uncovered than by the plan, whatever teams are re-assigned.

    Parameters
    ----------
    others
        How many other areas may move at most, or which.
    """

    stays = at(plan.starts())

    def allowed(timetable: Timetable) -> bool:
        if timetable.area == area:
            return suits(timetable)
        if isinstance(others, frozenset):
            return timetable.area in others or stays(timetable)
        return others > 0 or stays(timetable)

    def displaced(timetable: Timetable) -> int:
        return int(timetable.area != area and not stays(timetable))

    model = Model(problem, allowed).limit("uncovered", plan.costs.uncovered_places)
    if isinstance(others, int):
        model.limit(displaced, others)
    return model.best((displaced, "dates"))


def starting_in(lead: Activity, week: int) -> Callable[[Timetable], bool]:
    """Whether the leading activity starts in a week."""
    return lambda timetable: timetable.starts[lead.id][0] == week
