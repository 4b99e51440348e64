"""One model of a whole programme: every area chooses among timetables, every review among people."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any, Literal

import numpy as np

from scheduler.cost import seats
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.run.progress import Progress
from scheduler.values.result import SolveParams

MOST_TIMETABLES = 10_000
MOST_SEATINGS = 20_000
"""A programme is small if a model of it has no more timetables, nor persons for places of reviews in some weeks.

Measured in benchmarks/results/small.md: at half of this a model is made in three seconds and often proven in a minute.
"""

PORTFOLIO = 8
"""Several workers are that many: CP-SAT's strategies complement one another, also where they share two cores."""

Small = Literal["uncovered", "date_cost"]
"""What is made small: uncovered places, or the cost of dates."""


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


class WholeModel:
    """The model around the plan so far, which is its hint and one of its choices."""

    def __init__(
        self, units: Units, staff: Staff, plan: Schedule, timetables: Mapping[int, Timetables]
    ) -> None:
        self.joint = JointModel(units, staff, plan, timetables)

    def limit_uncovered(self, most: int) -> "WholeModel":
        """From now on only plans with at most so many uncovered places."""
        self.joint.cp.add(sum(self.joint.people.uncovered) <= most)
        return self

    def least(
        self,
        aim: Small,
        low: int,
        high: int,
        params: SolveParams,
        progress: Progress,
        take: Callable[[Schedule], None],
    ) -> int | None:
        """Make something small: what no choice undercuts; None if the solver says what cannot be.

        Parameters
        ----------
        low, high
            What is proven already, and what the plan so far has: there is a choice with that, so 'none' is wrong.
        take
            Gets every better schedule.
        """
        from ortools.sat.python import cp_model

        joint = self.joint
        value = joint.cp.new_int_var(low, high, "")
        joint.cp.add(self._total(aim) == value)
        joint.cp.add_hint(value, high)
        joint.cp.minimize(value)
        workers = PORTFOLIO if params.num_workers > 1 else 1
        solver = new_solver(params.model_copy(update={"num_workers": workers}), progress.seconds_left())
        solver.parameters.use_lns = False

        def note(values: list[int]) -> None:
            take(joint.schedule_of(values))

        status = solve_watched(solver, joint.cp, joint.variables, progress.must_end, note)
        if status == cp_model.UNKNOWN:
            return low
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return max(low, ceil(float(solver.best_objective_bound) - 1e-6))

    def _total(self, aim: Small) -> Any:
        return sum(self.joint.people.uncovered) if aim == "uncovered" else self.joint.dates.cost
