"""The joint model of a part of a plan: some units choose among timetables, some reviews among people.

Everything else stays as it is, so each solution is a whole plan. Aims are met one after the other. Repair, replanning
and the questions about moves all solve this model.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from scheduler.nearby.dates import DatesPart
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Option, PeoplePart, Schedule, left_out, near, widened
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.run.progress import Progress
from scheduler.values.result import SolveParams

Aim = Literal["uncovered", "moves", "weeks", "people", "present_people", "date_cost", "cost"]
"""What is made small: uncovered seats, activities moved, weeks by which they move together, announced people exchanged,
people of the schedule who lose their seat, cost of dates, cost of dates and people."""


class JointModel:
    """The model around one schedule.

    Attributes
    ----------
    cp
        The CP-SAT model, without an objective.
    dates, people
        What it decides; `variables` are all their literals.
    """

    def __init__(
        self,
        units: Units,
        staff: Staff,
        schedule: Schedule,
        moving: Mapping[int, Timetables],
        around: Sequence[str] = (),
        rings: int = 1,
        with_shares: bool = False,
    ) -> None:
        """Make the model.

        Parameters
        ----------
        schedule
            The plan so far; units that move need not be in it.
        moving
            The timetables from which each moving unit chooses.
        around
            Reviews whose people may change in any case.
        rings
            How often these reviews are widened to those near them in time.
        with_shares
            Whether the cost of people counts what each works above the fair share.
        """
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model.CpModel()
        self.staff, self.schedule = staff, schedule
        self.rest = schedule.without([name for unit in moving for name in units.names[unit]])
        self.dates = DatesPart(self.cp, units, moving, self.rest.starts)
        choosing = list(self.dates.options(staff))
        self.options = [*choosing, *self._staying(choosing, around, rings)]
        inside = frozenset(option.review.id for option in self.options)
        others = left_out(staff, self.rest, inside)
        self.people = PeoplePart(self.cp, staff, self.options, others, with_shares)
        self.outside = tuple(member for member in self.rest.members if member.activity not in inside)
        self.variables = [
            *(literal for taken in self.dates.taken.values() for literal in taken),
            *self.people.chosen,
        ]
        self._hint()

    def solve(
        self,
        aims: Sequence[Aim],
        params: SolveParams,
        step_seconds: float,
        progress: Progress,
    ) -> Schedule | None:
        """The best schedule found by these aims, the first one first; None if there is none.

        Cost, of far larger numbers than the others, is made small in a second step that keeps what the first reached;
        so that it may be cut short, the first one exchanges no more people than these aims need.

        Parameters
        ----------
        step_seconds
            At most so much time for each step, and no more than is left of `progress`, which may end it.
        """
        first = [aim for aim in aims if aim != "cost"]
        kept = self._weighted(first)
        steps = [kept]
        if "cost" in aims:
            steps = [
                self._weighted(first if "people" in first else [*first, "people"]),
                self.dates.cost + self.people.cost,
            ]
        best: list[int] | None = None
        for expression in steps:
            found: list[list[int]] = []
            self.cp.minimize(expression)
            solver = new_solver(params, min(step_seconds, progress.seconds_left()))
            solve_watched(solver, self.cp, self.variables, progress.must_end, found.append)
            if not found:
                break
            best = found[-1]
            self.cp.clear_hints()
            for variable, value in zip(self.variables, best, strict=True):
                self.cp.add_hint(variable, value)
            self.cp.clear_objective()
            self.cp.add(kept <= round(solver.value(kept)))
        return None if best is None else self.schedule_of(best)

    def allow_open(self, most: int) -> None:
        """From now on only whole plans with at most so many open seats, those of the teams left out among them."""
        staying = self.staff.reviews.values()
        inside = {option.review.id for option in self.options}
        seats = sum(review.team.seats() for review in staying if review.team and review.id not in inside)
        self.cp.add(sum(self.people.uncovered) <= most - (seats - len(self.outside)))

    def schedule_of(self, values: Sequence[int]) -> Schedule:
        """The schedule that values of the variables stand for."""
        number = len(values) - len(self.people.chosen)
        starts = {**self.rest.starts, **self.dates.starts(values[:number])}
        return Schedule(starts, (*self.outside, *self.people.members(values[number:])))

    def _weighted(self, aims: Sequence[Aim]) -> Any:
        """All aims in one sum, of which a unit of an earlier one outweighs all later ones."""
        weight, total = 1, 0
        for aim in reversed(aims):
            expression, most = self._aim(aim)
            total = total + weight * expression
            weight *= most + 1
        return total

    def _aim(self, aim: Aim) -> tuple[Any, int]:
        """What an aim makes small, and no two solutions differ by more in it."""
        if aim == "uncovered":
            return sum(self.people.uncovered), int(self.people.model.counts.sum())
        if aim == "moves":
            return self.dates.moves, self.dates.most_moves
        if aim == "weeks":
            return self.dates.weeks, self.dates.most_weeks
        if aim == "date_cost":
            return self.dates.cost, self.dates.spread
        if aim == "people":
            return self.people.changed, self.people.num_announced
        return self.people.lost(self.schedule.members), len(self.schedule.members)

    def _staying(self, choosing: Sequence[Option], around: Sequence[str], rings: int) -> Iterator[Option]:
        """Reviews that keep their dates and whose people may change: some, and those near what moves."""
        starts, reviews = self.rest.starts, self.staff.reviews
        staying = [name for name in reviews if name in starts]
        inside = {name for name in around if name in staying}
        inside = widened(self.staff, staying, starts, inside, rings)
        stretches = [team_weeks(option.review, option.starts) for option in choosing]
        inside |= near(self.staff, staying, starts, stretches)
        for name in staying:
            if name in inside:
                yield Option(reviews[name], starts[name])

    def _hint(self) -> None:
        """The schedule as far as it is known: no unit is hinted at that is not in it."""
        starts = self.schedule.starts
        self.dates.hint(starts)
        is_present = [
            option.review.id in starts
            and self.staff.weeks(option.review.id, starts) == team_weeks(option.review, option.starts)
            for option in self.options
        ]
        self.people.hint(self.schedule.members, is_present)
