"""The dates of a few areas in a CP-SAT model: a timetable for each unit that moves, and the rows that all share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Option
from scheduler.nearby.timetables import Timetables
from scheduler.nearby.weeks_moved import weeks_of
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.values.arrays import Ints
from scheduler.values.value import Starts, Week


class DatesPart:
    """Adds the choice of timetables to a model.

    Attributes
    ----------
    taken
        For each moving unit one literal for each of its timetables.
    moves, weeks
        Announced activities of the moving units with other dates, and by how many weeks they move together, as
        expressions; `most_moves` and `most_weeks` at most.
    cost
        Costs of timetables and of what is used beyond priced limits, as an expression.
    spread
        No two choices differ by more in cost.
    """

    def __init__(self, cp: Any, units: Units, moving: Mapping[int, Timetables], rest: Starts) -> None:
        """Add the dates to `cp`.

        Parameters
        ----------
        rest
            The dates that stay. Where they and the moving units are not all, minima are not asked for: what is
            not placed yet may still help to reach them.
        """
        self.cp, self.units, self.moving = cp, units, moving
        self._terms: list[Any] = []
        self.spread = 0
        self.taken = {unit: self._choice(found) for unit, found in moving.items()}
        self._add_rows(rest)
        self.cost = sum(self._terms)
        self.most_moves = sum(int(found.moves.max()) for found in moving.values())
        self._weeks = {unit: weeks_of(found, units.published) for unit, found in moving.items()}
        self.most_weeks = sum(int(weeks.max()) for weeks in self._weeks.values())

    @property
    def moves(self) -> Any:
        """How many announced activities get other dates, as an expression of the model."""
        return self._total({unit: found.moves for unit, found in self.moving.items()})

    @property
    def weeks(self) -> Any:
        """By how many weeks announced activities move together, as an expression of the model."""
        return self._total(self._weeks)

    def _total(self, numbers: Mapping[int, Ints]) -> Any:
        """The sum of what the chosen timetables count, as an expression of the model."""
        return sum(
            number * literal
            for unit, counted in numbers.items()
            for number, literal in zip(counted.tolist(), self.taken[unit], strict=True)
        )

    def starts(self, values: Sequence[int]) -> dict[str, tuple[Week, ...]]:
        """The dates that values of all literals, unit by unit, stand for."""
        starts: dict[str, tuple[Week, ...]] = {}
        position = 0
        for found in self.moving.values():
            taken = values[position : position + len(found)]
            position += len(found)
            starts |= found.starts_of(taken.index(1))
        return starts

    def hint(self, starts: Starts) -> None:
        """Hint at dates, of those units that have some."""
        for unit, found in self.moving.items():
            if self.units.has_dates(unit, starts):
                for literal, same in zip(self.taken[unit], found.are_at(starts).tolist(), strict=True):
                    self.cp.add_hint(literal, same)

    def options(self, staff: Staff) -> Iterator[Option]:
        """The different team weeks of each moving review."""
        for unit, found in self.moving.items():
            yield from options_among(self.cp, staff, found, self.taken[unit])

    def _choice(self, found: Timetables) -> list[Any]:
        literals = [self.cp.new_bool_var("") for _ in range(len(found))]
        self.cp.add_exactly_one(literals)
        costs = zip(found.costs.tolist(), literals, strict=True)
        self._terms += [cost * literal for cost, literal in costs]
        self.spread += int(found.costs.max() - found.costs.min())
        return literals

    def _add_rows(self, rest: Starts) -> None:
        """What the moving units may use of the rows beside those that stay."""
        rows = self.units.rows
        uses: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        most = np.zeros(rows.num_rows, dtype=np.int64)
        for unit, found in self.moving.items():
            most += self._note(self.units.entries(found), self.taken[unit], uses)
        if not self.moving:
            return
        left = rows.rhs - self.units.usage(rest)
        is_whole = len(rest) + sum(len(self.units.names[unit]) for unit in self.moving) == len(
            self.units.unit_of
        )
        for row in np.flatnonzero(most > left).tolist():
            if rows.rhs[row] >= 0 or is_whole:
                used = sum(use * literal for literal, use in uses.get(row, ()))
                self._add_row(row, used, int(left[row]), int(most[row]))

    def _note(self, entries: tuple[Ints, Ints, Ints], literals: list[Any], uses: dict[int, Any]) -> Ints:
        """Note what timetables of a unit use; the most that one of them uses of each row, shape (rows,)."""
        most = np.zeros(self.units.rows.num_rows, dtype=np.int64)
        np.maximum.at(most, entries[1], entries[2])
        for timetable, row, use in zip(*(part.tolist() for part in entries), strict=True):
            uses[row].append((literals[timetable], use))
        return most

    def _add_row(self, row: int, used: Any, left: int, most: int) -> None:
        excess = min(most - left, int(self.units.rows.max_excess[row]))
        slack = self.cp.new_int_var(0, excess, "")
        self.cp.add(slack >= used - left)
        price = max(0, int(self.units.rows.price[row]))
        self._terms.append(price * slack)
        self.spread += price * excess


def options_among(cp: Any, staff: Staff, found: Timetables, literals: Sequence[Any]) -> Iterator[Option]:
    """The different team weeks of each review of a unit; each takes place if one of its timetables does.

    Parameters
    ----------
    literals
        For each timetable whether it is taken.
    """
    for name in dict.fromkeys(name for name, _ in found.nodes):
        review = staff.reviews.get(name)
        if review is None:
            continue
        dates, number = np.unique(found.starts[:, found.columns(name)], axis=0, return_inverse=True)
        starts = [tuple(row) for row in dates.tolist()]
        by_weeks: dict[tuple[Week, ...], tuple[tuple[Week, ...], list[Any]]] = {}
        for literal, which in zip(literals, number.ravel().tolist(), strict=True):
            by_weeks.setdefault(team_weeks(review, starts[which]), (starts[which], []))[1].append(literal)
        for first, choices in by_weeks.values():
            chosen = cp.new_bool_var("")
            cp.add(sum(choices) == chosen)
            yield Option(review, first, chosen)
