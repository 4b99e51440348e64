"""One model of a whole programme: every area chooses among timetables, every review among people."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

import numpy as np

from scheduler.cost import seats
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.run.cpsat import new_solver, second_status, solve_watched
from scheduler.run.progress import Progress
from scheduler.values.result import SolveParams

MOST_TIMETABLES = 45_000
MOST_SEATINGS = 20_000
"""A programme is small if a model of it has no more timetables, nor persons for places of reviews in some weeks.

With all timetables of 12 areas a model takes some seconds to make, and often less than a minute to search.
"""

MADE_A_SECOND = 5_000
"""A model of more timetables and persons than this for each second left would hardly be made in time."""

PORTFOLIO = 8
"""Several workers are that many: CP-SAT's strategies complement one another, also where they share two cores."""

Take = Callable[[Schedule], None]


def num_seatings(staff: Staff, timetables: Mapping[int, Timetables]) -> int:
    """Persons for places, counted once for all dates that a review may have: about the size of a model."""
    total = 0
    for found in timetables.values():
        for name in dict.fromkeys(name for name, _ in found.nodes):
            review = staff.reviews.get(name)
            if review is not None:
                able = sum(int(staff.skilled(skill).sum()) for skill in seats(review))
                total += able * len(np.unique(found.starts[:, found.columns(name)], axis=0))
    return total


def is_large(staff: Staff, timetables: Mapping[int, Timetables], seconds: float) -> bool:
    """Whether a model of these timetables is too large to be searched in some seconds."""
    number, people = sum(map(len, timetables.values())), num_seatings(staff, timetables)
    return number > MOST_TIMETABLES or people > MOST_SEATINGS or number + people > MADE_A_SECOND * seconds


def timetables_of_all(units: Units) -> dict[int, Timetables] | None:
    """All timetables of all units; None if some unit has too many."""
    found: dict[int, Timetables] = {}
    for unit in range(len(units)):
        listed = units.listed(unit, {}, MOST_TIMETABLES)
        if listed is None:
            return None
        found[unit] = listed
    return found


class WholeModel:
    """The model around the plan so far, which is its hint and one of its choices."""

    def __init__(
        self, units: Units, staff: Staff, plan: Schedule, timetables: Mapping[int, Timetables]
    ) -> None:
        self.joint = JointModel(units, staff, plan, timetables)
        self.uncovered: Any = sum(self.joint.people.uncovered)

    def limit_uncovered(self, most: int) -> "WholeModel":
        """From now on only plans with at most so many uncovered places."""
        self.joint.cp.add(self.uncovered <= most)
        return self

    def fewest_uncovered(
        self, low: int, high: int, params: SolveParams, progress: Progress, take: Take
    ) -> int | None:
        """Leave as few places uncovered as possible: how many that are at least; None if solvers disagree.

        That there are fewer than `high` is asked as a constraint: presolve then answers at once what takes an objective
        minutes. 'No' needs the word of a second search without presolve.

        Parameters
        ----------
        low, high
            The number proven already, and that of the plan so far.
        take
            Gets every better schedule.
        """
        from ortools.sat.python import cp_model

        cp = self.limit_uncovered(high - 1).joint.cp
        cp.minimize(self.uncovered)
        status, bound = self._solved(params, progress, take)
        if status != cp_model.INFEASIBLE:
            return low if bound is None else max(low, bound)
        second = second_status(_portfolio(params), progress.seconds_left(), cp, progress.must_end)
        if second in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return high if second == cp_model.INFEASIBLE else low

    def cheapest_dates(
        self, low: int, high: int, params: SolveParams, progress: Progress, take: Take
    ) -> int | None:
        """Make dates as cheap as possible: what they cost at least; None if the solver says that there are none.

        Parameters
        ----------
        low, high
            What is proven already, and what a plan may cost at most.
        take
            Gets every better schedule.
        """
        from ortools.sat.python import cp_model

        cp = self.joint.cp
        cost = cp.new_int_var(low, high, "")
        cp.add(self.joint.dates.cost == cost)
        cp.add_hint(cost, high)
        cp.minimize(cost)
        status, bound = self._solved(params, progress, take)
        if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
            return None
        return low if bound is None else max(low, bound)

    def _solved(self, params: SolveParams, progress: Progress, take: Take) -> tuple[int, int | None]:
        """The solver's status, and its bound of the objective where it found a plan."""
        from ortools.sat.python import cp_model

        joint = self.joint
        solver = new_solver(_portfolio(params), progress.seconds_left())
        solver.parameters.use_lns = False

        def note(values: list[int]) -> None:
            take(joint.schedule_of(values))

        status = solve_watched(solver, joint.cp, joint.variables, progress.must_end, note)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return status, None
        return status, ceil(float(solver.best_objective_bound) - 1e-6)


def _portfolio(params: SolveParams) -> SolveParams:
    """The same with as many workers as a search of CP-SAT's strategies beside each other asks for."""
    return params.model_copy(update={"num_workers": PORTFOLIO}) if params.num_workers > 1 else params
