"""The best plan of a tiny problem, and the best among those that keep some wish: exact, by CP-SAT without presolve.

Wrong answers of OR-Tools come from presolve and large coefficients: here are neither. `tests/adversary/test_model.py`
compares with trying everything.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ortools.sat.python import cp_model

from scheduler.values.plan import ActivityDates, Costs, Plan, TeamMember
from scheduler.values.problem import Problem
from tests.adversary.choice import Choice, Total
from tests.adversary.limits import share
from tests.adversary.people import People
from tests.adversary.prices import date_terms, team_terms
from tests.adversary.seats import uncovered
from tests.adversary.timetables import Timetable, timetables_of
from tests.adversary.weeks import Dates

Aim = Literal["uncovered", "dates", "people"] | Callable[[Timetable], int]
"""What is to be small: uncovered places, the cost of dates or of people, or a sum over the areas' timetables."""

BEST: tuple[Aim, ...] = ("uncovered", "dates", "people")
"""The order of the documents: uncovered places first, then dates, then people."""


@dataclass(frozen=True)
class Best:
    """A best plan; `values` are those of the aims, in their order."""

    starts: Dates
    members: tuple[TeamMember, ...]
    values: tuple[int, ...]


class Model:
    """All plans of a problem, or those of which every area's timetable is among some.

    Parameters
    ----------
    allowed
        Which timetables count; all by default.
    """

    def __init__(self, problem: Problem, allowed: Callable[[Timetable], bool] = lambda _: True) -> None:
        self.problem, self.cp = problem, cp_model.CpModel()
        areas = [area.id for area in problem.areas]
        self.choice = Choice(self.cp, (filter(allowed, timetables_of(problem, area)) for area in areas))
        excess = sum(share(problem, self.cp, self.choice))
        self.people = People(problem, self.cp, self.choice)
        dates = self.choice.total(lambda timetable: timetable.cost) + excess
        self._totals: dict[str, Callable[[], Total]] = {
            "uncovered": self.people.uncovered,
            "dates": lambda: dates,
            "people": cache(self.people.cost),  # few ask for it, and it needs rows of its own
        }

    def limit(self, aim: Aim, most: int) -> "Model":
        """From now on only plans in which something is at most so large."""
        self.cp.add(self._total(aim) <= most)
        return self

    def seat(self, members: Iterable[TeamMember]) -> "Model":
        """From now on only plans with these teams; none if somebody may never sit there, or sits there twice."""
        seats = [(member.activity, member.skill, member.inspector) for member in members]
        wanted = set(seats)
        names = [person.id for person in self.problem.inspectors]
        known = {
            (review, skill, names[number]): sits for (review, skill, number), sits in self.people.sits.items()
        }
        for key, sits in known.items():
            self.cp.add(sits == (key in wanted))
        if not wanted <= known.keys() or len(wanted) < len(seats):
            self.cp.add_bool_or([])
        return self

    def keep_team(self, review: str, weeks: Sequence[int], members: Iterable[TeamMember]) -> "Model":
        """From now on a review with these team weeks has this team, and nobody else in its open seats."""
        runs = self.people.runs[review].get(tuple(weeks), 0)
        wanted = {(member.skill, member.inspector) for member in members}
        for (name, skill, number), sits in self.people.sits.items():
            if name == review:
                is_wanted = (skill, self.problem.inspectors[number].id) in wanted
                self.cp.add(sits >= runs) if is_wanted else self.cp.add(sits + runs <= 1)
        return self

    def best(self, aims: Sequence[Aim] = BEST) -> Best | None:
        """A plan that is best by the first aim, among these by the second, and so on; None if there is no plan."""
        values: list[int] = []
        solver = _solver()
        for aim in aims:
            total = self._total(aim)
            self.cp.minimize(total)
            status = solver.solve(self.cp)
            if status == cp_model.INFEASIBLE:
                return None
            assert status == cp_model.OPTIMAL, f"the model itself is wrong or too large: {status}"
            values.append(round(solver.objective_value))
            self.cp.add(total <= values[-1])
        starts = {
            name: weeks
            for timetable, is_chosen in self.choice.options
            if solver.value(is_chosen)
            for name, weeks in timetable.starts.items()
        }
        return Best(starts, self.people.members(solver), tuple(values))

    def least(self, total: Total) -> int | None:
        """The least value of a sum over all plans; None if there is none."""
        self.cp.minimize(total)
        solver = _solver()
        status = solver.solve(self.cp)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL, f"the model itself is wrong or too large: {status}"
        return round(solver.objective_value)

    @property
    def cost(self) -> Total:
        """The cost of dates and people together."""
        return self._total("dates") + self._total("people")

    def _total(self, aim: Aim) -> Total:
        return self._totals[aim]() if isinstance(aim, str) else self.choice.total(aim)


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    return solver


def at(starts: Dates) -> Callable[[Timetable], bool]:
    """Whether a timetable has some dates."""
    return lambda timetable: all(starts.get(name) == weeks for name, weeks in timetable.starts.items())


def keeps_rules(problem: Problem, plan: Plan) -> bool:
    """Whether a plan keeps every rule of dates and people; uncovered places are no broken rule."""
    fixed = Model(problem, at(plan.starts()))
    return fixed.seat(plan.members).best(("dates",)) is not None


def costs_of(problem: Problem, starts: Dates, members: Sequence[TeamMember]) -> Costs:
    """What dates and teams cost, term by term."""
    return Costs(
        uncovered_places=uncovered(problem, members),
        date_terms=date_terms(problem, starts),
        team_terms=team_terms(problem, starts, members),
    )


def plan_of(problem: Problem, best: Best) -> Plan:
    """The value that other programs read, in the documented order."""
    members = sorted(
        best.members, key=lambda timetable: (timetable.activity, timetable.skill, timetable.inspector)
    )
    return Plan(
        problem_hash=problem.hash,
        first_monday=problem.first_monday,
        dates=tuple(ActivityDates(activity=name, starts=best.starts[name]) for name in sorted(best.starts)),
        members=tuple(members),
        costs=costs_of(problem, best.starts, best.members),
    )
