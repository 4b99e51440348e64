"""Plans that move few weeks, found quickly: what moves or lacks people swaps with neighbours, all near their dates.

Each step is a small model: only timetables count that move no more weeks than the best plan does in all, and no cost
is made small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.nearby.model import Aim
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.nearby.weeks_moved import weeks_of
from scheduler.replanning.context import Ground
from scheduler.replanning.who_makes_room import donors, neighbours
from scheduler.run.progress import Progress

SIZES = (3, 10)
"""How many neighbours may swap, one group after the other."""

AIMS: tuple[Aim, ...] = ("weeks", "moves", "people")
"""In one step: a plan of few weeks that exchanged everybody would not be published."""

MOST_MOVING = 14
"""Units that choose at once."""

NEAREST = 25
"""Timetables from which each of them chooses."""


@dataclass
class NearSwaps:
    """Looks for fewer weeks moved in all beside no more open places than `best` has.

    Attributes
    ----------
    best
        The best schedule so far, at first some schedule of all activities.
    """

    ground: Ground
    best: Schedule
    progress: Progress

    def run(self) -> Schedule:
        """The best schedule found."""
        ground = self.ground
        most_open, short = ground.open_seats(self.best), ground.short_of(ground.kept)
        concerned = list(dict.fromkeys([*ground.units.forced, *ground.movable(short)]))
        if not concerned:
            return self.best
        partners = [
            *donors(ground, ground.kept, short, ground.units.forced),
            *neighbours(ground, concerned),
        ]
        partners = [unit for unit in dict.fromkeys(partners) if unit not in concerned]
        for size in SIZES:
            if self.progress.must_end() or not ground.weeks(self.best) or not partners:
                break
            self._swap([*concerned, *partners[:size]], short, most_open)
        return self.best

    def _swap(self, units: Sequence[int], short: Sequence[str], most_open: int) -> None:
        ground = self.ground
        moving = near_timetables(ground, self.best, [*self._moved(), *units][:MOST_MOVING])
        found = ground.solve(self.best, moving, AIMS, short, most_open=most_open, progress=self.progress)
        if found is None or len(found.starts) < len(ground.units.unit_of):
            return
        if ground.open_seats(found) <= most_open and ground.weeks(found) < ground.weeks(self.best):
            self.best = found

    def _moved(self) -> list[int]:
        """Units that the best schedule moves: they may return."""
        published, starts = self.ground.units.published, self.best.starts
        return self.ground.movable(name for name, weeks in published.items() if starts[name] != weeks)


def near_timetables(
    ground: Ground, schedule: Schedule, units: Sequence[int], chosen: Sequence[tuple[int, int]] = ()
) -> dict[int, Timetables]:
    """The nearest timetables of each unit that move it no more weeks than the whole schedule moves.

    Parameters
    ----------
    chosen
        (unit, number of the timetable) of some that are wanted besides.
    """
    most, published = ground.weeks(schedule), ground.units.published
    near = ground.near_choices(schedule, list(dict.fromkeys(units)), NEAREST, chosen)
    return {
        unit: found.part(np.flatnonzero(weeks_of(found, published) <= most)) for unit, found in near.items()
    }
