"""The joint model of a part of a plan: some units choose among timetables, some reviews among people.

Everything else stays as it is, so each solution is a whole plan. Aims are met one after the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from scheduler.nearby.linked_areas import Timetables, Units
from scheduler.nearby.people import Option, PeoplePart, left_out, near, widened
from scheduler.people.roster import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.values.plan import TeamMember
from scheduler.values.result import SolveParams
from scheduler.values.value import Week

Aim = Literal["uncovered", "moves", "people", "cost"]
"""What is made small: uncovered seats, activities moved, announced people exchanged, cost of dates and people."""


@dataclass(frozen=True)
class Schedule:
    """Start weeks by activity (of those that have some already), and teams."""

    starts: Mapping[str, tuple[Week, ...]]
    members: tuple[TeamMember, ...]

    def without(self, names: Sequence[str]) -> "Schedule":
        """The same without some activities."""
        starts = {name: own for name, own in self.starts.items() if name not in names}
        return Schedule(starts, tuple(own for own in self.members if own.activity not in names))


@dataclass
class JointModel:
    """The model around one schedule.

    Attributes
    ----------
    schedule
        The plan so far; units that move need not be in it.
    moving
        The timetables from which each moving unit chooses.
    rings
        How often the reviews whose people may change are widened to those near them in time.
    around
        Reviews whose people may change in any case.
    """

    units: Units
    staff: Staff
    schedule: Schedule
    moving: Mapping[int, Timetables]
    around: Sequence[str] = ()
    rings: int = 1
    terms: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model.CpModel()
        names = [name for unit in self.moving for name in self.units.names[unit]]
        self.rest = self.schedule.without(names)
        self.taken = {unit: self._choice(found) for unit, found in self.moving.items()}
        self._add_rows()
        self.options = [*self._moving_options(), *self._staying_options()]
        inside = frozenset(option.review.id for option in self.options)
        others = left_out(self.staff, self.rest.members, self.rest.starts, inside)
        fixed = [
            option.review.id
            for option in self.options
            if self.staff.is_team_fixed(option.review, self.rest.starts, self.rest.members)
        ]
        self.people = PeoplePart(self.cp, self.staff, self.options, fixed, others)
        self.outside = tuple(own for own in self.rest.members if own.activity not in inside)
        self._hint()

    def solve(
        self,
        aims: Sequence[Aim],
        params: SolveParams,
        seconds: Callable[[], float],
        is_done: Callable[[], bool],
    ) -> Schedule | None:
        """The best schedule found by these aims, the first one first; None if there is none.

        Cost, of far larger numbers than the others, is made small in a second step that keeps what the first reached.
        """
        variables = [*(own for taken in self.taken.values() for own in taken), *self.people.part.chosen]
        best: list[int] | None = None
        counted = [aim for aim in aims if aim != "cost"]
        for expression in (self._weighted(counted), self._cost()):
            found: list[list[int]] = []
            self.cp.minimize(expression)
            solver = new_solver(params, min(seconds(), params.dates_seconds))
            solve_watched(solver, self.cp, variables, is_done, found.append)
            if not found:
                break
            best = found[-1]
            self.cp.clear_hints()
            for variable, value in zip(variables, best, strict=True):
                self.cp.add_hint(variable, value)
            self.cp.clear_objective()
            self.cp.add(expression <= round(solver.objective_value))
        return None if best is None else self._schedule(best)

    def _weighted(self, aims: Sequence[Aim]) -> Any:
        """Counts in one sum, of which a unit of an earlier one outweighs all later ones."""
        counts = {
            "uncovered": sum(self.people.uncovered),
            "moves": self._moves(),
            "people": self.people.changed,
        }
        most = {
            "uncovered": int(self.people.model.counts.sum()),
            "moves": sum(int(found.moves.max()) for found in self.moving.values()),
            "people": self.people.num_announced,
        }
        weight, total = 1, 0
        for aim in reversed(aims):
            total = total + weight * counts[aim]
            weight *= most[aim] + 1
        return total

    def _cost(self) -> Any:
        return sum(self.terms) + self.people.cost

    def _schedule(self, values: list[int]) -> Schedule:
        starts, position = dict(self.rest.starts), 0
        for found in self.moving.values():
            own = values[position : position + len(found)]
            position += len(found)
            starts.update(found.starts_of(own.index(1)))
        return Schedule(starts, (*self.outside, *self.people.members(values[position:])))

    def _choice(self, found: Timetables) -> list[Any]:
        literals = [self.cp.new_bool_var("") for _ in range(len(found))]
        self.cp.add_exactly_one(literals)
        costs = zip(found.costs.tolist(), literals, strict=True)
        self.terms += [cost * literal for cost, literal in costs]
        return literals

    def _moves(self) -> Any:
        return sum(
            number * literal
            for unit, found in self.moving.items()
            for number, literal in zip(found.moves.tolist(), self.taken[unit], strict=True)
        )

    def _add_rows(self) -> None:
        """Rows that areas share: what the moving ones may use beside those that stay."""
        uses: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        for unit, found in self.moving.items():
            for number, literal in enumerate(self.taken[unit]):
                for row, use in self.units.uses(unit, found.starts_of(number)).items():
                    uses[row].append((literal, use))
        rows, others = self.units.rows, self.units.usage(self.rest.starts)
        exceeded = np.flatnonzero(others > rows.rhs).tolist()
        is_whole = len(self.rest.starts) + self._num_moving() == len(self.units.unit_of)
        for row in sorted({*uses, *(exceeded if uses else ())}):
            if rows.rhs[row] < 0 and not is_whole:
                continue  # a minimum: what is not placed yet may still help to reach it
            used = sum(use * literal for literal, use in uses[row])
            self._add_row(used - int(rows.rhs[row] - others[row]), row)

    def _num_moving(self) -> int:
        return sum(len(self.units.names[unit]) for unit in self.moving)

    def _add_row(self, beyond: Any, row: int) -> None:
        slack = self.cp.new_int_var(0, int(self.units.rows.max_excess[row]), "")
        self.cp.add(slack >= beyond)
        self.terms.append(max(0, int(self.units.rows.price[row])) * slack)

    def _moving_options(self) -> Iterator[Option]:
        """The different dates of each moving review; each takes place if one of its timetables does."""
        for unit, found in self.moving.items():
            for name in self.units.names[unit]:
                review = self.staff.reviews.get(name)
                if review is None:
                    continue
                by_weeks: dict[tuple[Week, ...], list[tuple[tuple[Week, ...], Any]]] = defaultdict(list)
                for number, literal in enumerate(self.taken[unit]):
                    starts = found.starts_of(number)[name]
                    by_weeks[team_weeks(review, starts)].append((starts, literal))
                for choices in by_weeks.values():
                    chosen = self.cp.new_bool_var("")
                    self.cp.add(sum(literal for _, literal in choices) == chosen)
                    yield Option(review, choices[0][0], chosen)

    def _staying_options(self) -> Iterator[Option]:
        """Reviews that keep their dates and whose people may change."""
        starts, reviews = self.rest.starts, self.staff.reviews
        staying = [name for name in reviews if name in starts]
        inside = {name for name in self.around if name in staying}
        inside = widened(self.staff, staying, starts, inside, self.rings)
        inside |= near(self.staff, staying, starts, self._stretches())
        for name in staying:
            if name in inside:
                yield Option(reviews[name], starts[name])

    def _stretches(self) -> Iterator[tuple[Week, ...]]:
        """Team weeks that moving reviews may have."""
        for found in self.moving.values():
            for number in range(len(found)):
                for name, own in found.starts_of(number).items():
                    if name in self.staff.reviews:
                        yield team_weeks(self.staff.reviews[name], own)

    def _hint(self) -> None:
        """The schedule as far as it is known: no unit is hinted at that is not in it."""
        is_present: dict[int, bool] = {}
        for number, option in enumerate(self.options):
            is_present[number] = self.schedule.starts.get(option.review.id) == option.starts
        for unit, found in self.moving.items():
            if all(name in self.schedule.starts for name in self.units.names[unit]):
                for number, literal in enumerate(self.taken[unit]):
                    own = found.starts_of(number)
                    same = all(self.schedule.starts[name] == week for name, week in own.items())
                    self.cp.add_hint(literal, same)
        self.people.hint(self.schedule.members, is_present)


def total_uncovered(staff: Staff, schedule: Schedule) -> int:
    """Seats that nobody fills, of the reviews that have dates."""
    dated = [own.team for name, own in staff.reviews.items() if name in schedule.starts]
    return sum(team.seats() for team in dated if team is not None) - len(schedule.members)
