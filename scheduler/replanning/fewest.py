"""The plan with the fewest weeks moved in all, or the fewest people exchanged, and what is proven of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.nearby.model import Aim
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.nearby.weeks_moved import weeks_of
from scheduler.replanning.bound import MovesBound
from scheduler.replanning.context import Ground
from scheduler.replanning.independent_parts import Part, parts
from scheduler.replanning.near_bound import BOUNDS, Measure
from scheduler.replanning.who_makes_room import donors, neighbours
from scheduler.run.progress import Progress

AIMS: dict[Measure, tuple[Aim, ...]] = {
    "weeks": ("weeks", "moves", "cost"),
    "people": ("people", "weeks", "cost"),
}
"""What is made small, one after the other."""

MOST_ROUNDS = 3
"""How often units that would make room are listed with their own timetables."""

MOST_MOVING = 13
"""Units that move at once."""

MOST_DONORS = 4
"""Of them at most so many that keep people from what is short."""

PATTERNS = 16
"""Different team weeks from which all of them together choose where people count."""

NEAREST = 25
"""Timetables from which each of them chooses where weeks count."""

SHARE_OF_BOUND = 0.4
"""Share of the time left for what is proven of one part."""


@dataclass
class Fewest:
    """Looks for the least of one measure among plans that leave no more places open than `best` does at first.

    Attributes
    ----------
    best
        The best schedule so far, at first some schedule of all activities.
    bound
        No such plan has less than this.
    progress
        Ends the search.
    """

    ground: Ground
    measure: Measure
    best: Schedule
    progress: Progress
    bound: int = 0
    most_open: int = field(init=False)

    def __post_init__(self) -> None:
        self.most_open = self.ground.open_seats(self.best)

    @property
    def is_proven(self) -> bool:
        """Whether no plan that leaves no more places open has less."""
        return self.value(self.best) == self.bound

    def value(self, schedule: Schedule) -> int:
        """What a schedule counts."""
        return self.ground.weeks(schedule) if self.measure == "weeks" else self.ground.exchanged(schedule)

    def run(self) -> None:
        """Prove how much it takes, and try what the proof suggests, until both meet or time ends."""
        short = self.ground.short_of(self.ground.kept)
        listed = set(self.ground.crowding())
        together = [frozenset(listed)]
        for number in range(MOST_ROUNDS):
            if self.is_proven or self.progress.must_end():
                return
            found = parts(self.ground, short, 1, sorted(listed), together)
            bounds = self._bounds_of(found)
            self.bound = max(self.bound, sum(bound.moves for bound in bounds))
            for part, bound in zip(found, bounds, strict=True):
                if not self.is_proven and not self.progress.must_end():
                    self._try(part, bound, is_first=number == 0)
            news = {unit for bound in bounds for unit in bound.leaving if self._may_be_listed(unit)} - listed
            if not news:
                return
            listed |= news
            together += [
                frozenset((*part.forced, *bound.leaving))
                for part, bound in zip(found, bounds, strict=True)
                if bound.leaving
            ]

    def offer(self, schedule: Schedule | None) -> None:
        """Take a schedule if it is better: less of the measure, then cheaper."""
        if schedule is None or len(schedule.starts) < len(self.ground.units.unit_of):
            return
        if self.ground.open_seats(schedule) <= self.most_open and self._rank(schedule) < self._rank(
            self.best
        ):
            self.best = schedule

    def _rank(self, schedule: Schedule) -> tuple[int, ...]:
        ground = self.ground
        others = ground.moved(schedule) if self.measure == "weeks" else ground.weeks(schedule)
        return self.value(schedule), others, ground.cost(schedule)

    def _bounds_of(self, found: Sequence[Part]) -> list[MovesBound]:
        """What is proven of each part; nothing of one that shares a unit with an earlier one."""
        ground, bounds, taken = self.ground, [], set[int]()
        for part in found:
            if self.progress.must_end():
                bounds.append(MovesBound(0, 0, ()))
                continue
            tables = [ground.timetables(unit) for unit in part.forced]
            names = [name for unit in part.forced for name in ground.units.names[unit]]
            rest = ground.kept.without(names)
            model = BOUNDS[self.measure](
                ground.units, ground.staff, rest, tables, part.inside, ground.timetables
            )
            seconds = self.progress.seconds_left() * SHARE_OF_BOUND
            proven = model.bound(self.most_open, ground.limits, seconds, self.progress.must_end)
            if proven is None or taken & model.touched:
                bounds.append(MovesBound(0, 0, ()))
                continue
            taken |= model.touched
            bounds.append(proven)
        return bounds

    def _try(self, part: Part, bound: MovesBound, is_first: bool) -> None:
        """Move a part's forced units, and those that would leave for their sake; at first also those that are short.

        Where weeks count, also those whose people are wanted move a little.
        """
        ground = self.ground
        short = ground.movable(part.short) if is_first else []
        units = list(dict.fromkeys([*part.forced, *bound.leaving, *short]))
        if self.measure == "weeks":
            units += donors(ground, ground.kept, part.short, part.forced)[:MOST_DONORS]
            units += neighbours(ground, units or ground.movable(part.short))
        units = list(dict.fromkeys([*part.forced, *list(dict.fromkeys(units))[:MOST_MOVING]]))
        if self.measure == "weeks":
            moving = near_timetables(ground, self.best, units, bound.chosen)
        else:
            moving = ground.choices(
                self.best, units, max(2, PATTERNS // max(1, len(units))), chosen=bound.chosen
            )
        self.offer(
            ground.solve(
                self.best,
                moving,
                AIMS[self.measure],
                part.short,
                most_open=self.most_open,
                progress=self.progress,
            )
        )

    def _may_be_listed(self, unit: int) -> bool:
        return self.ground.timetables(unit).is_complete


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
