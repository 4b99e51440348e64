"""One visit for inspections of several types at one place, where the days on which they may be meet (R174)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.inspections.due import DueInspection


@dataclass(frozen=True)
class JointVisit:
    """A visit to a place that serves several inspections; both days are included."""

    place: str
    inspections: tuple[DueInspection, ...]
    first_on: date
    last_on: date


def joint_visits(inspections: Iterable[DueInspection]) -> tuple[JointVisit, ...]:
    """Which inspections of an area can be held in one visit, by place and day.

    Only types that differ are joined: two of one type are two inspections.
    """
    by_place: dict[str, list[DueInspection]] = defaultdict(list)
    for one in inspections:
        if one.place and one.days.first_on is not None:
            by_place[one.place].append(one)
    found = [visit for place in sorted(by_place) for visit in _visits(place, by_place[place])]
    return tuple(visit for visit in found if len(visit.inspections) > 1)


def _visits(place: str, inspections: list[DueInspection]) -> list[JointVisit]:
    """Each inspection in the first visit whose days it meets, the one that may begin earliest first."""
    visits: list[JointVisit] = []
    for one in sorted(inspections, key=lambda due: (due.days.earliest_on, due.days.last_on)):
        for number, visit in enumerate(visits):
            first_on = max(visit.first_on, one.days.earliest_on)
            last_on = min(visit.last_on, one.days.last_on)
            if first_on <= last_on and one.type.id not in {known.type.id for known in visit.inspections}:
                visits[number] = JointVisit(place, (*visit.inspections, one), first_on, last_on)
                break
        else:
            visits.append(JointVisit(place, (one,), one.days.earliest_on, one.days.last_on))
    return visits
