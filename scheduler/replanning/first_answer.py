"""First plans after an event: what must move is placed, and teams that lost somebody are mended."""

from collections.abc import Sequence

import numpy as np

from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.replanning.context import Ground
from scheduler.values.arrays import indexes

FEW, MORE = 12, 40
"""Different team weeks from which a unit chooses at first, and if that does not suffice."""


def placed(ground: Ground) -> Schedule | None:
    """All forced units placed one after the other, those with the least choice first.

    None if one finds no room, or time is up.
    """
    schedule = ground.kept
    for unit in sorted(ground.units.forced, key=lambda number: len(ground.timetables(number))):
        if ground.progress.must_end():
            return None
        found = ground.timetables(unit)
        fewest = found.part(np.flatnonzero(found.moves == found.moves.min()))
        answer = _place(ground, schedule, fewest)
        if answer is None:
            return None
        schedule = answer
    return schedule


def _place(ground: Ground, schedule: Schedule, found: Timetables) -> Schedule | None:
    best: Schedule | None = None
    for number in (FEW, MORE):
        numbers = ground.fitting(schedule, found, number)
        numbers |= ground.fitting(schedule, found, number, ground.per_person)
        numbers |= ground.nearest(schedule, found)
        if not numbers:
            continue
        choice = found.part(indexes(sorted(numbers)))
        answer = ground.solve(schedule, {found.unit: choice}, ("uncovered", "weeks", "cost"))
        if answer is not None and (best is None or ground.open_seats(answer) < ground.open_seats(best)):
            best = answer
        if best is not None and ground.open_seats(best) <= ground.open_seats(schedule):
            return best
    return best


def mended(
    ground: Ground,
    schedule: Schedule,
    rings: int = 1,
    only: Sequence[str] | None = None,
    persists: bool = True,
) -> Schedule:
    """Other people where the event left seats open, one review after the other; dates stay.

    Parameters
    ----------
    only
        Just these reviews.
    persists
        Whether to go on after a review that stays short.
    """
    for name in ground.short_of(schedule):
        if ground.progress.must_end():
            return schedule
        if only is not None and name not in only:
            continue
        found = ground.solve(schedule, {}, ("uncovered", "people", "cost"), [name], rings)
        if found is not None and ground.open_seats(found) <= ground.open_seats(schedule):
            schedule = found
        if not persists and name in ground.short_of(schedule):
            return schedule
    return schedule
