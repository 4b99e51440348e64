"""How many weeks activities have to move together at least, or how many people have to leave their teams.

The relaxation of `bound` with other prices. Units that choose do so among their nearest timetables, or those that
lose the fewest people; each other one stays or vanishes at the price of the best of all timetables that are not listed.
Every plan turns into a choice of this model that is no dearer, so its least price is a bound for all plans.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np

from scheduler.nearby.dates import options_among
from scheduler.nearby.people import Option
from scheduler.nearby.timetables import Timetables
from scheduler.nearby.weeks_moved import weeks_of
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.bound import BoundModel, MovesBound
from scheduler.values.arrays import Ints, indexes
from scheduler.values.problem import Activity
from scheduler.values.result import SolveParams
from scheduler.values.value import Week

Measure = Literal["weeks", "people"]
"""Weeks by which announced activities move together; announced people who leave the team of their activity."""

MOST_LISTED = 120
"""A unit chooses among so many timetables at most."""


class NearBound(BoundModel, ABC):
    """The relaxation around some reviews for one measure; see `bound.BoundModel` for the rest."""

    def bound(
        self, most_open: int, params: SolveParams, seconds: float, is_done: Callable[[], bool]
    ) -> MovesBound | None:
        """The least of the measure in plans with at most so many open seats; None if nothing is proven in time."""
        self.cp.add(sum(self.people.uncovered) <= most_open)
        weight = len(self.leaving) + 1
        found = self.least(weight * self._total() + sum(self.leaving.values()), params, seconds, is_done)
        if found is None:
            return None
        least, gone, taken = found
        full = ((unit, int(self.numbers[unit][number])) for unit, number in taken)
        return MovesBound(0, max(0, least // weight), gone, tuple(full))

    def _total(self) -> Any:
        return sum(self.prices)

    def _forced_options(self) -> Iterator[Option]:
        self.numbers: dict[int, Ints] = {}
        self.vanishing: dict[int, Any] = {}
        for found in self.forced:
            values = self._values(found)
            cut, beyond = _cut(values)
            if not found.is_complete:
                cut, beyond = indexes([]), self._at_least(found.unit)
            self.numbers[found.unit] = cut
            vanishes = self.vanishing[found.unit] = self.cp.new_bool_var("")
            part = found.part(cut)
            listed = self.listed[found.unit] = [self.cp.new_bool_var("") for _ in range(len(part))]
            self.cp.add_exactly_one([vanishes, *listed])
            if beyond is None:
                self.cp.add(vanishes == 0)
            self._price(found.unit, vanishes, beyond or 0)
            if not len(part):
                continue
            for number, row, use in zip(*(entry.tolist() for entry in self.units.entries(part)), strict=True):
                self.uses[row].append((listed[number], use))
            self._price_listed(values[cut], listed)
            yield from options_among(self.cp, self.staff, part, listed)

    def _staying(self, review: Activity, starts: tuple[Week, ...]) -> Iterator[Option]:
        """A review that keeps its dates, or vanishes with its unit."""
        unit = self.units.unit_of[review.id]
        if self.units.fewest_moves(unit, moving=review.id) is None:
            yield Option(review, starts)
            return
        stays = self.cp.new_bool_var("")
        self.cp.add(stays + self._leaves(unit) >= 1)
        self._price_vanishing(review, stays)
        yield Option(review, starts, stays)

    def _leaves(self, unit: int) -> Any:
        if unit not in self.leaving:
            self.leaving[unit] = self.cp.new_bool_var("")
            self.prices.append(self._price_of_leaving(unit) * self.leaving[unit])
        return self.leaving[unit]

    @abstractmethod
    def _values(self, found: Timetables) -> Ints:
        """What each timetable counts alone, shape (timetables,)."""

    @abstractmethod
    def _at_least(self, unit: int) -> int:
        """What a unit counts at least, whatever timetable it has."""

    def _price(self, unit: int, vanishes: Any, beyond: int) -> None:
        self.prices.append(beyond * vanishes)

    def _price_listed(self, values: Ints, listed: list[Any]) -> None:
        """Price the timetables that a unit may take."""

    def _price_vanishing(self, review: Activity, stays: Any) -> None:
        """Price a review that keeps its dates or vanishes."""

    def _price_of_leaving(self, unit: int) -> int:
        return 0


class WeeksBound(NearBound):
    """The fewest weeks moved in all."""

    def _values(self, found: Timetables) -> Ints:
        return weeks_of(found, self.units.published)

    def _at_least(self, unit: int) -> int:
        return self.units.fewest_moves(unit) or 0

    def _price_listed(self, values: Ints, listed: list[Any]) -> None:
        self.prices += [weeks * literal for weeks, literal in zip(values.tolist(), listed, strict=True)]

    def _price_of_leaving(self, unit: int) -> int:
        """Each activity that moves does so by a week at least."""
        return self.units.fewest_of_leaving(unit)


class PeopleBound(NearBound):
    """The fewest people exchanged: of a review that vanishes those count who could not be there in any case."""

    def _total(self) -> Any:
        return sum(self.prices) + self.people.changed

    def _values(self, found: Timetables) -> Ints:
        return lost_alone(self.staff, found)

    def _at_least(self, unit: int) -> int:
        return 0

    def _price(self, unit: int, vanishes: Any, beyond: int) -> None:
        """Those of listed reviews are all counted as lost where the unit vanishes: the others are given back."""
        names = self.units.names[unit] if len(self.numbers[unit]) else ()
        counted = sum(self._announced(name) for name in names)
        self.prices.append((beyond - counted) * vanishes)

    def _price_vanishing(self, review: Activity, stays: Any) -> None:
        self.prices.append(-self._announced(review.id) * (1 - stays))

    def _announced(self, name: str) -> int:
        review = self.staff.reviews.get(name)
        if review is None or review.published is None:
            return 0
        return len(set(self.staff.numbers(review.published.members)))


BOUNDS: dict[Measure, type[NearBound]] = {"weeks": WeeksBound, "people": PeopleBound}


def lost_alone(staff: Staff, found: Timetables) -> Ints:
    """Announced people who could not be in their team in each timetable, whatever else they do. Shape (timetables,)."""
    lost = np.zeros(len(found), dtype=np.int64)
    for name in dict.fromkeys(name for name, _ in found.nodes):
        review = staff.reviews.get(name)
        if review is None or review.published is None or not len(found):
            continue
        people = staff.numbers(review.published.members)
        dates, which = np.unique(found.starts[:, found.columns(name)], axis=0, return_inverse=True)
        may = staff.independent(review)[people]
        counts = []
        for row in dates.tolist():
            weeks = team_weeks(review, tuple(row))
            able = may & staff.there(weeks)[people] if weeks else may
            counts.append(len(people) - int(able.sum()))
        lost += np.array(counts, dtype=np.int64)[which.ravel()]
    return lost


def _cut(values: Ints) -> tuple[Ints, int | None]:
    """Numbers of the timetables that count least, at most so many; what the next one counts, None if there is none."""
    order = np.argsort(values, kind="stable")
    if len(order) <= MOST_LISTED:
        return order, None
    limit = int(values[order[MOST_LISTED]])
    return order[values[order] < limit], limit
