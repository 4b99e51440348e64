"""Areas that could make room for one that has to move or lacks people: who keeps its people, who is near in time."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from scheduler.nearby.people import Schedule
from scheduler.nearby.weeks_moved import weeks_of
from scheduler.people.roster import Roster
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.context import Ground
from scheduler.values.problem import Activity
from scheduler.values.value import Week

NEAREST_DATES = 3
"""Dates of a unit without any for which it is asked who could give people."""

MOST_NEIGHBOURS = 12
"""Reviews near in time that are looked at."""

Wanted = tuple[Activity, tuple[Week, ...]]
"""A review and team weeks that it has, or could have."""


def donors(ground: Ground, schedule: Schedule, short: Iterable[str], forced: Iterable[int]) -> list[int]:
    """Movable units whose work alone keeps people from open seats, those that keep most of them first.

    Parameters
    ----------
    short
        Reviews with dates in the schedule that lack people.
    forced
        Units that are to get other dates: they are asked about at their nearest ones.
    """
    forced = list(forced)
    rest = schedule.without([name for unit in forced for name in ground.units.names[unit]])
    roster = Roster(ground.staff, rest.starts, rest.members)
    reviews = ground.staff.reviews
    wanted = [(reviews[name], ground.staff.weeks(name, rest.starts)) for name in short if name in rest.starts]
    wanted += [dates for unit in forced for dates in _nearest(ground, unit)]
    keeping: Counter[str] = Counter()
    for review, weeks in wanted:
        keeping.update(_keeping(roster, review, weeks))
    return ground.movable(name for name, _ in keeping.most_common() if name in reviews)


def neighbours(ground: Ground, units: Iterable[int]) -> list[int]:
    """Movable units at work near the nearest dates that some units could have, with which they may swap."""
    around: list[Week] = []
    for unit in units:
        around += [weeks[0] for _, weeks in _nearest(ground, unit) if weeks]
    starts, reviews = ground.kept.starts, ground.staff.reviews
    distance = {
        name: min(abs(starts[name][0] - week) for week in around)
        for name in reviews
        if name in starts and around
    }
    return ground.movable(sorted(distance, key=lambda name: (distance[name], name))[:MOST_NEIGHBOURS])


def _nearest(ground: Ground, unit: int) -> Iterator[Wanted]:
    found = ground.timetables(unit)
    order = np.lexsort((found.costs, weeks_of(found, ground.units.published)))
    for number in order[:NEAREST_DATES].tolist():
        for name, starts in found.starts_of(number).items():
            if name in ground.staff.reviews:
                review = ground.staff.reviews[name]
                yield review, team_weeks(review, starts)


def _keeping(roster: Roster, review: Activity, weeks: tuple[Week, ...]) -> Iterator[str]:
    """Reviews that alone keep somebody from a seat for which too few are free; often those that keep several."""
    seated = Counter(skill for skill, _ in roster.seats.get(review.id, ()))
    for skill, count in (review.team.seats_by_skill() if review.team else {}).items():
        missing = count - seated[skill]
        if missing <= 0 or int(roster.may_sit(review, skill, weeks).sum()) >= missing:
            continue
        for person in np.flatnonzero(roster.kept_by_others(review, skill, weeks)).tolist():
            why = roster.why_not(person, review, skill, weeks)
            if why is not None and len(why.activities) == 1:
                yield why.activities[0]
