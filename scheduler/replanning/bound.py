"""How many published activities have to move at least: a relaxation that knows where others could go, not how.

Around a shortage every movable unit either stays or vanishes, at the price of the fewest activities that move
with it; units that the event forces to move choose among their timetables or vanish likewise. People work
on the reviews around only; nobody is needed elsewhere. Every plan turns into a choice of this model that
is no dearer, so the model's least (uncovered seats, activities moved) is a bound for all plans.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.nearby.dates import options_among
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Option, PeoplePart, Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.run.cpsat import new_solver, second_status, solve_watched
from scheduler.values.problem import Activity
from scheduler.values.result import SolveParams

MOST_TIMETABLES = 400
"""A forced unit with more of them just vanishes."""

MOST_ALONE = 30
"""A review with more dates of its own, with which nothing else of its unit moves, may vanish instead."""

CONFIRM_SECONDS = 2.0


@dataclass(frozen=True)
class MovesBound:
    """At least `uncovered` seats stay uncovered; with just so many, at least `moves` activities move.

    `leaving` are the units that vanish in the relaxation, `chosen` the timetables (by their numbers) of those that
    choose: a hint which ones to move, and where to.
    """

    uncovered: int
    moves: int
    leaving: tuple[int, ...]
    chosen: tuple[tuple[int, int], ...] = ()


class BoundModel:
    """The relaxation around some reviews.

    Parameters
    ----------
    schedule
        The published dates of all units that may keep them; those of others are ignored.
    forced
        Timetables of the units that cannot stay, and of others that are to choose among real ones.
    inside
        The reviews among which people are counted.
    tables
        Gives all timetables of a unit.

    Attributes
    ----------
    tight
        Names of the rows that the forced units could exceed.
    is_impossible
        Whether it is proven that no plan keeps the rules.
    """

    def __init__(
        self,
        units: Units,
        staff: Staff,
        schedule: Schedule,
        forced: Sequence[Timetables],
        inside: frozenset[str],
        tables: Callable[[int], Timetables],
    ) -> None:
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model.CpModel()
        self.units, self.staff, self.schedule = units, staff, schedule
        self.forced, self.inside, self.tables = forced, inside, tables
        self.prices: list[Any] = []
        self.leaving: dict[int, Any] = {}
        self.beyond: dict[int, Any] = {}
        self.tight: list[str] = []
        self.is_impossible = False
        self.listed: dict[int, list[Any]] = {}
        self.uses: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        self.options = [*self._forced_options(), *self._staying_options()]
        self._add_rows()
        self.people = PeoplePart(self.cp, staff, self.options)
        self.most_moves = len(units.published) + 1

    @property
    def touched(self) -> set[int]:
        """Units that this bound may count: others' bounds may not count them again."""
        return {*self.leaving, *(found.unit for found in self.forced)}

    def solve(self, params: SolveParams, seconds: float, is_done: Callable[[], bool]) -> MovesBound | None:
        """The bound; None if nothing was found in time, or nothing is possible (see `is_impossible`)."""
        objective = self.most_moves * sum(self.people.uncovered) + sum(self.prices)
        found = self.least(objective, params, seconds, is_done)
        if found is None:
            return None
        bound, gone, taken = found
        return MovesBound(bound // self.most_moves, bound % self.most_moves, gone, taken)

    def least(
        self, objective: Any, params: SolveParams, seconds: float, is_done: Callable[[], bool]
    ) -> tuple[int, tuple[int, ...], tuple[tuple[int, int], ...]] | None:
        """A proven least value of an expression, with the units that vanish and the timetables that are taken.

        None if nothing was found in time, or nothing is possible (see `is_impossible`).
        """
        from ortools.sat.python import cp_model

        self.cp.minimize(objective)
        found: list[list[int]] = []
        choices = [(unit, number) for unit, listed in self.listed.items() for number in range(len(listed))]
        variables = [*self.leaving.values(), *(taken for listed in self.listed.values() for taken in listed)]
        solver = new_solver(params, seconds)
        status = solve_watched(solver, self.cp, variables, is_done, found.append)
        if status == cp_model.INFEASIBLE:
            self.is_impossible = (
                second_status(params, CONFIRM_SECONDS, self.cp, is_done) == cp_model.INFEASIBLE
            )
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        bound = round(np.ceil(solver.best_objective_bound - 1e-6))
        if status == cp_model.OPTIMAL and not self._is_confirmed(objective, bound, params, is_done):
            return None
        values = found[-1] if found else [0] * len(variables)
        gone = [unit for unit, value in zip(self.leaving, values, strict=False) if value]
        taken = [choice for choice, value in zip(choices, values[len(self.leaving) :], strict=True) if value]
        return bound, tuple(gone), tuple(taken)

    def _is_confirmed(
        self, objective: Any, bound: int, params: SolveParams, is_done: Callable[[], bool]
    ) -> bool:
        """Whether nothing below the bound is found on a second way either."""
        from ortools.sat.python import cp_model

        if bound <= 0:
            return True
        self.cp.clear_objective()
        self.cp.add(objective <= bound - 1)
        return second_status(params, CONFIRM_SECONDS, self.cp, is_done) not in (
            cp_model.OPTIMAL,
            cp_model.FEASIBLE,
        )

    def _forced_options(self) -> Iterator[Option]:
        for found in self.forced:
            vanishes = self.cp.new_bool_var("")
            # Never the fewest of those listed: where not all are, others may move fewer.
            fewest = self.units.fewest_moves(found.unit) or 0
            self.prices.append(fewest * vanishes)
            listed = self.listed[found.unit] = self._listed(found)
            self.cp.add_exactly_one([vanishes, *listed])
            if found.is_complete and len(listed) == len(found):
                self.cp.add(vanishes == 0)
            if listed:
                yield from options_among(self.cp, self.staff, found, listed)

    def _listed(self, found: Timetables) -> list[Any]:
        """For each timetable whether it is taken; of none if there are too many to be told apart."""
        if len(found) > MOST_TIMETABLES:
            return []
        taken = [self.cp.new_bool_var("") for _ in range(len(found))]
        self.prices += [moves * literal for moves, literal in zip(found.moves.tolist(), taken, strict=True)]
        for number, row, use in zip(*(part.tolist() for part in self.units.entries(found)), strict=True):
            self.uses[row].append((taken[number], use))
        return taken

    def _staying_options(self) -> Iterator[Option]:
        starts, reviews = self.schedule.starts, self.staff.reviews
        for name in reviews:
            if name in self.inside:
                yield from self._staying(reviews[name], starts[name])

    def _staying(self, review: Activity, starts: tuple[int, ...]) -> Iterator[Option]:
        """A review that keeps its dates, takes others at the price of one move, or vanishes with more of its unit."""
        unit = self.units.unit_of[review.id]
        with_it = self.units.fewest_moves(unit, moving=review.id)
        if with_it is None:
            yield Option(review, starts)
            return
        literals = [(starts, self.cp.new_bool_var(""))]
        vanishes = self.cp.new_bool_var("")
        cheap = self._alone(review.id, unit) if with_it == 1 else None
        if cheap is not None:
            literals += [(weeks, self.cp.new_bool_var("")) for weeks in cheap]
        self.cp.add_exactly_one([vanishes, *(literal for _, literal in literals)])
        at_least = self.units.fewest_of_leaving(unit)
        for number, (weeks, literal) in enumerate(literals):
            if number:
                self.cp.add_implication(literal, self._leaves(unit))
            yield Option(review, weeks, literal)
        self.cp.add_implication(vanishes, self._leaves(unit))
        price = with_it if cheap is None else 2
        if price > at_least:
            self.cp.add(self._more(unit) >= price - at_least).only_enforce_if(vanishes)

    def _more(self, unit: int) -> Any:
        """How many activities of a unit move beyond the fewest; one for the unit, since its reviews share them."""
        if unit not in self.beyond:
            self.beyond[unit] = self.cp.new_int_var(0, len(self.units.names[unit]), "")
            self.prices.append(self.beyond[unit])
        return self.beyond[unit]

    def _alone(self, review: str, unit: int) -> list[tuple[int, ...]] | None:
        """All dates of a review with which nothing else of its unit moves; None if they are too many to list."""
        found = self.tables(unit)
        if not found.is_complete:
            return None
        others = [index for index, (name, _) in enumerate(found.nodes) if name != review]
        stays = (found.starts == found.weeks_in(self.units.published))[:, others].all(axis=1)
        alone = np.flatnonzero(stays & (found.moves == 1))[: MOST_ALONE + 1]
        dates = {found.starts_of(number)[review] for number in alone.tolist()}
        return sorted(dates) if len(dates) <= MOST_ALONE else None

    def _leaves(self, unit: int) -> Any:
        """Whether anything of a unit moves, at the price of at least one activity."""
        if unit not in self.leaving:
            self.leaving[unit] = self.cp.new_bool_var("")
            self.prices.append(self.units.fewest_of_leaving(unit) * self.leaving[unit])
        return self.leaving[unit]

    def _add_rows(self) -> None:
        """Rows that a forced unit's timetable could exceed: others have to leave them, or use their slack."""
        rows = self.units.rows
        used = self.units.usage(self.schedule.starts)
        tight = [row for row, uses in self.uses.items() if self._is_tight(row, int(used[row]), uses)]
        self.tight = [rows.name(row) for row in sorted(tight)]
        if not tight:
            return
        by_row: dict[int, list[tuple[Any, int]]] = {row: list(self.uses[row]) for row in tight}
        for unit in range(len(self.units)):
            if self.units.has_dates(unit, self.schedule.starts):
                used_by_unit = self.units.uses(unit, self.schedule.starts)
                for row in set(used_by_unit) & set(tight):
                    gone = self._leaves(unit) if self.units.may_move(unit) else 0
                    by_row[row].append((1 - gone, used_by_unit[row]))
        for row, uses in by_row.items():
            room = int(rows.rhs[row] + rows.max_excess[row])
            self.cp.add(sum(use * literal for literal, use in uses if use > 0) <= room)

    def _is_tight(self, row: int, used: int, uses: list[tuple[Any, int]]) -> bool:
        rows = self.units.rows
        most = sum(max(0, use) for _, use in uses)
        return bool(rows.rhs[row] >= 0 and used + most > rows.rhs[row] + rows.max_excess[row])
