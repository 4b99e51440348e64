"""Chooses one timetable for each component and people for its places, exactly among some columns, by CP-SAT.

As in the master, reviews of equal pattern (team weeks) share the people who work in it; a person goes to a
pattern only if a review that may have them needs them in it. How the people of a pattern are shared out among its
reviews is left to the assignment of teams.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from scheduler.dates.choose import needed_rows
from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.rows import Rows
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.scarce.master import Pattern, Patterns
from scheduler.values.plan import TeamMember
from scheduler.values.result import SolveParams


@dataclass(frozen=True)
class Chosen:
    """Columns, one for each component, who fills places (person, skill, pattern), and how many stay open."""

    columns: list[int]
    filled: list[tuple[int, str, Pattern]]
    open_places: int


class PeopleChoice:
    """The model over candidate columns.

    Parameters
    ----------
    numbers
        Candidate columns.
    uncovered_price
        Price of an uncovered place; the cost of columns counts beside it.
    """

    def __init__(
        self, rows: Rows, columns: Columns, patterns: Patterns, numbers: Ints, uncovered_price: int
    ) -> None:
        from ortools.sat.python import cp_model

        self.rows, self.columns, self.patterns = rows, columns, patterns
        self.numbers = numbers.tolist()
        self.cp = cp_model.CpModel()
        self.taken = {number: self.cp.new_bool_var("") for number in self.numbers}
        self.terms: list[Any] = []
        self.filled: dict[tuple[int, str, Pattern], Any] = {}
        self.uncovered: dict[tuple[str, Pattern], Any] = {}
        self._add_components()
        self._add_rows(numbers)
        self._add_people()
        self.cp.minimize(sum(self.terms) + uncovered_price * sum(self.uncovered.values()))

    def hint(self, chosen: list[int]) -> None:
        """Hint at a plan of dates."""
        for number, literal in self.taken.items():
            self.cp.add_hint(literal, number in chosen)

    def solve(
        self,
        params: SolveParams,
        seconds: float,
        is_done: Callable[[], bool],
        take: Callable[[Chosen], None],
    ) -> tuple[int | None, int | None]:
        """Hand over every better choice; the value of the last one, and the solver's bound."""
        from ortools.sat.python import cp_model

        literals = [*self.taken.values(), *self.filled.values(), *self.uncovered.values()]
        solver = new_solver(params, seconds)
        status = solve_watched(solver, self.cp, literals, is_done, lambda values: take(self._chosen(values)))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, None
        return round(solver.objective_value), ceil(solver.best_objective_bound - 1e-6)

    def _chosen(self, values: list[int]) -> Chosen:
        border, end = len(self.numbers), len(self.numbers) + len(self.filled)
        columns = [number for number, value in zip(self.numbers, values[:border], strict=True) if value]
        filled = [key for key, value in zip(self.filled, values[border:end], strict=True) if value]
        return Chosen(columns, filled, sum(values[end:]))

    def _add_components(self) -> None:
        component, cost = self.columns.component, self.columns.cost
        by_component: dict[int, list[Any]] = defaultdict(list)
        for number, literal in self.taken.items():
            by_component[int(component[number])].append(literal)
            self.terms.append(int(cost[number]) * literal)
        for own in by_component.values():
            self.cp.add_exactly_one(own)

    def _add_rows(self, numbers: Ints) -> None:
        for row in needed_rows(self.rows, self.columns, numbers):
            used = sum(
                units * self.taken[number]
                for number, units in zip(row.columns, row.coefficients, strict=True)
            )
            if row.max_excess == 0:
                self.cp.add(used <= row.rhs)
                continue
            slack = self.cp.new_int_var(0, row.max_excess, "")
            self.cp.add(used <= row.rhs + slack)
            self.terms.append(row.price * slack)

    def _add_people(self) -> None:
        needed, takers = self._needs()
        by_row: dict[int, list[Any]] = defaultdict(list)
        for (skill, pattern), places in needed.items():
            able = self.patterns.able(skill, pattern)
            for person in able:
                literal = self.filled[person, skill, pattern] = self.cp.new_bool_var("")
                for number in self.patterns.person_rows(person, pattern):
                    by_row[number].append(literal)
            open_places = self.cp.new_int_var(0, sum(count for count, _ in places), "")
            self.uncovered[skill, pattern] = open_places
            filled = sum(self.filled[person, skill, pattern] for person in able)
            self.cp.add(filled + open_places >= sum(count * literal for count, literal in places))
        for number, literals in by_row.items():
            limit = self.patterns.persons.limit(number)
            if limit == 1:
                self.cp.add_at_most_one(literals)
            elif len(literals) > limit:
                self.cp.add(sum(literals) <= limit)
        self._add_independence(takers)

    def _needs(
        self,
    ) -> tuple[
        dict[tuple[str, Pattern], list[tuple[int, Any]]], dict[tuple[str, Pattern], list[tuple[int, Any]]]
    ]:
        """By skill and pattern the (places, literal) of the columns, and the (activity, literal)."""
        needed: dict[tuple[str, Pattern], list[tuple[int, Any]]] = defaultdict(list)
        takers: dict[tuple[str, Pattern], list[tuple[int, Any]]] = defaultdict(list)
        component = self.columns.component
        for number, literal in self.taken.items():
            own = self.patterns.of(int(component[number]), self.columns.starts[number])
            for activity, pattern in own:
                for skill, count in self.patterns.demand_of(activity):
                    needed[skill, pattern].append((count, literal))
                    takers[skill, pattern].append((activity, literal))
        return needed, takers

    def _add_independence(self, takers: dict[tuple[str, Pattern], list[tuple[int, Any]]]) -> None:
        """Who is not independent of a review that needs them in a pattern works in it for another one only."""
        for (person, skill, pattern), literal in self.filled.items():
            own = takers[skill, pattern]
            free = [taken for activity, taken in own if not self.patterns.is_barred(activity, person)]
            if len(free) < len(own):
                self.cp.add(sum(free) >= literal)

    def members(self, chosen: Chosen) -> tuple[TeamMember, ...]:
        """A first distribution of the people over the reviews of their patterns."""
        left: dict[tuple[str, Pattern], list[int]] = defaultdict(list)
        for person, skill, pattern in chosen.filled:
            left[skill, pattern].append(person)
        problem, found = self.rows.problem, []
        for number in chosen.columns:
            component = int(self.columns.component[number])
            for activity, pattern in self.patterns.of(component, self.columns.starts[number]):
                for skill, count in self.patterns.demand_of(activity):
                    people = left[skill, pattern]
                    may = [person for person in people if not self.patterns.is_barred(activity, person)]
                    for person in may[:count]:
                        people.remove(person)
                        name, who = problem.activities[activity].id, problem.inspectors[person].id
                        found.append(TeamMember(activity=name, skill=skill, inspector=who))
        return tuple(found)
