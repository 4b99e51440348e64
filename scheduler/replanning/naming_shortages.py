"""The places that stay open in a plan, in which weeks, and who could stand in, ranked."""

from collections import Counter

import numpy as np

from scheduler.cost import distance_km
from scheduler.nearby.people import Schedule
from scheduler.people.roster import Reason, Roster
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.context import Ground
from scheduler.replanning.lacks import OpenPlace, StandIn
from scheduler.values.problem import Activity
from scheduler.values.value import Week, WeekSpan

MENDABLE: tuple[Reason, ...] = ("at_maximum", "drafting", "busy", "away", "not_trained")
"""What stands in the way of people who could come if something else were different, what is mended first in front."""

MOST_NAMED = 5
"""People for a place that are named."""


def open_places(ground: Ground, schedule: Schedule) -> tuple[OpenPlace, ...]:
    """Every open place of a schedule, the earliest first, with those who could fill it."""
    roster = Roster(ground.staff, schedule.starts, schedule.members)
    filled = Counter((member.activity, member.skill) for member in schedule.members)
    found = []
    for review in ground.staff.reviews.values():
        weeks = team_weeks(review, schedule.starts[review.id])
        for skill, count in (review.team.seats_by_skill() if review.team else {}).items():
            missing = count - filled[review.id, skill]
            if missing > 0 and weeks:
                found.append(
                    OpenPlace(
                        activity=review.id,
                        skill=skill,
                        count=missing,
                        weeks=WeekSpan(first=weeks[0], end=weeks[-1] + 1),
                        stand_ins=stand_ins(roster, review, skill, weeks),
                    )
                )
    return tuple(sorted(found, key=lambda place: (place.weeks.first, place.activity, place.skill)))


def stand_ins(
    roster: Roster, review: Activity, skill: str, weeks: tuple[Week, ...], most: int = MOST_NAMED
) -> tuple[StandIn, ...]:
    """People with a skill who could fill an open seat, or could if something else were different.

    Whoever is free comes first, then those who lack least, and of these the nearest.
    """
    staff = roster.staff
    home = next(area.location for area in staff.problem.areas if area.id == review.area)
    found = []
    for number in np.flatnonzero(staff.skilled(skill)).tolist():
        why, person = roster.why_not(number, review, skill, weeks), staff.problem.inspectors[number]
        if why is None or why.why in MENDABLE:
            km = distance_km(person.home, home)
            found.append(StandIn(inspector=person.id, skill=skill, km=km, hindrance=why))
    return tuple(sorted(found, key=_least_lacking)[:most])


def _least_lacking(person: StandIn) -> tuple[int, int, int, int, str]:
    why = person.hindrance
    if why is None:
        return -1, 0, 0, person.km, person.inspector
    return MENDABLE.index(why.why), len(why.activities), len(why.weeks), person.km, person.inspector
