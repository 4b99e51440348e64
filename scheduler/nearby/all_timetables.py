"""All plans of a small problem in one model: each area among all its timetables, each seat among all people.

What this model proves holds for every plan. It is there only where all timetables can be listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.run.cpsat import new_solver, second_status
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.result import SolveParams
from scheduler.values.value import Starts

MOST_TIMETABLES = 1_000
"""Of all areas together; with more of them a problem is not small."""

MOST_CHOICES = 20_000
"""The same for timetables of reviews, times the inspectors who could sit in them."""

CONFIRM_SECONDS = 5.0


@dataclass(frozen=True)
class Outcome:
    """What a question to the model has brought.

    Attributes
    ----------
    starts, members
        The best plan found; None if there is none, or none was found in time.
    value
        What was made small.
    is_proven
        Whether nothing is better, or without a plan that there is none.
    """

    starts: Starts | None
    members: tuple[TeamMember, ...]
    value: int
    is_proven: bool


class AllTimetables:
    """The timetables of every unit (see `nearby.linked_areas`) of a small problem.

    Attributes
    ----------
    tables
        All timetables of each unit; None if they are too many.

    Parameters
    ----------
    with_shares
        Whether `Question.cost` counts what each person works above the fair share.
    """

    def __init__(self, units: Units, staff: Staff, with_shares: bool = False) -> None:
        self.units, self.staff, self.with_shares = units, staff, with_shares
        self.tables = self._tables()

    @property
    def is_small(self) -> bool:
        """Whether everything can be listed."""
        return self.tables is not None

    def ask(self, chosen: Mapping[int, Ints] | None = None) -> "Question":
        """A question about all plans, or those in which some units have one of the chosen timetables.

        Parameters
        ----------
        chosen
            For some units the numbers of timetables.
        """
        return Question(self, chosen or {})

    @cached_property
    def model(self) -> JointModel | None:
        """The model of all plans, made once for all questions; None if some unit has no timetable."""
        assert self.tables is not None
        if any(len(found) == 0 for found in self.tables):
            return None
        everything = dict(enumerate(self.tables))
        nothing = Schedule({}, ())
        return JointModel(self.units, self.staff, nothing, everything, with_shares=self.with_shares)

    def _tables(self) -> list[Timetables] | None:
        tables: list[Timetables] = []
        listed = choices = 0
        for unit in range(len(self.units)):
            found = self.units.timetables(unit)
            listed += len(found)
            reviews = [name for name in self.units.names[unit] if name in self.staff.reviews]
            choices += len(found) * len(reviews) * len(self.units.problem.inspectors)
            if not found.is_complete or listed > MOST_TIMETABLES or choices > MOST_CHOICES:
                return None
            tables.append(found)
        return tables


class Question:
    """A copy of the model of all plans, in which something is asked and made small.

    Attributes
    ----------
    moving
        All timetables of each unit, whether they are chosen or not.
    is_void
        Whether some unit has none: then no plan is left.
    """

    def __init__(self, every: AllTimetables, chosen: Mapping[int, Ints]) -> None:
        self.moving = dict(enumerate(every.tables or ()))
        self.is_void = every.model is None or any(len(numbers) == 0 for numbers in chosen.values())
        if every.model is None:
            return
        self.model = every.model
        self.cp: Any = self.model.cp.clone()
        for unit, numbers in chosen.items():
            self.cp.add_exactly_one(self.model.dates.taken[unit][number] for number in numbers.tolist())

    @property
    def uncovered(self) -> Any:
        """Places without a person, as an expression."""
        return 0 if self.is_void else sum(self.model.people.uncovered)

    @property
    def date_cost(self) -> Any:
        """Cost of all dates."""
        return self.model.dates.cost

    @property
    def cost(self) -> Any:
        """Cost of dates and people, plus what no plan changes; never negative."""
        people = self.model.people
        return self.model.dates.cost + people.cost + people.model.constant

    def is_any(self, timetables: Iterable[tuple[int, int]]) -> Any:
        """Whether some units have one of their timetables that are given by numbers; true at least then."""
        truth = self.cp.new_bool_var("")
        for unit, number in timetables:
            self.cp.add_implication(self.model.dates.taken[unit][number], truth)
        return truth

    def limit(self, expression: Any, most: int) -> None:
        """Look only at plans in which an expression is at most so large."""
        if not self.is_void:
            self.cp.add(expression <= most)

    def least(self, expression: Any, seconds: float) -> Outcome:
        """The plan in which an expression is the least."""
        from ortools.sat.python import cp_model

        if self.is_void:
            return Outcome(None, (), 0, True)
        self.cp.minimize(expression)
        solver = new_solver(SolveParams(num_workers=1), seconds)
        status = solver.solve(self.cp)
        self.cp.clear_objective()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            is_proven = status == cp_model.INFEASIBLE and self._is_impossible()
            return Outcome(None, (), 0, is_proven)
        value = round(solver.objective_value)
        is_proven = status == cp_model.OPTIMAL and (
            value <= 0 or self._is_impossible(expression <= value - 1)
        )
        return Outcome(*self._plan(solver), value, is_proven)

    def _is_impossible(self, *more: Any) -> bool:
        """Whether nothing is found on a second way either."""
        from ortools.sat.python import cp_model

        limited = self.cp.clone()
        for constraint in more:
            limited.add(constraint)
        status = second_status(SolveParams(num_workers=1), CONFIRM_SECONDS, limited, lambda: False)
        return bool(status == cp_model.INFEASIBLE)

    def _plan(self, solver: Any) -> tuple[Starts, tuple[TeamMember, ...]]:
        found = self.model.schedule_of([int(solver.value(variable)) for variable in self.model.variables])
        return dict(found.starts), found.members
