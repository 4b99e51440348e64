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

from scheduler.dates.choose import NeededRow, needed_rows
from scheduler.dates.columns import Columns
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.scarce.master import Pattern, Patterns
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.result import SolveParams

Needs = dict[tuple[str, Pattern], list[tuple[int, Any]]]
"""By skill and pattern of a place, numbers with the literal of the column that they hang on."""


@dataclass(frozen=True)
class Chosen:
    """Columns, one for each component, who fills places (person, skill, pattern), and how many stay open."""

    columns: list[int]
    filled: list[tuple[int, str, Pattern]]
    open_places: int


class PeopleChoice:
    """The CP-SAT model over candidate columns (their numbers), one for each component, and who fills their places.

    The cost of columns and priced rows is minimised, with an uncovered place at its price.

    Attributes
    ----------
    taken
        A literal for each candidate.
    filled
        A literal for who fills places (person, skill, pattern).
    uncovered
        How many places of a skill and pattern stay open.
    """

    def __init__(self, columns: Columns, numbers: Ints, patterns: Patterns, uncovered_price: int) -> None:
        from ortools.sat.python import cp_model

        self.columns, self.patterns = columns, patterns
        self.cp = cp_model.CpModel()
        self.taken = {number: self.cp.new_bool_var("") for number in numbers.tolist()}
        self.filled: dict[tuple[int, str, Pattern], Any] = {}
        self.uncovered: dict[tuple[str, Pattern], Any] = {}
        self.terms: list[Any] = []
        self._add_components()
        for row in needed_rows(columns, numbers):
            self._add_row(row)
        self._add_people()
        self.terms.append(uncovered_price * sum(self.uncovered.values()))

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
    ) -> bool:
        """Look for the best choice there is, and hand over every better one; whether the last is the best."""
        from ortools.sat.python import cp_model

        self.cp.minimize(sum(self.terms))
        literals = [*self.taken.values(), *self.filled.values(), *self.uncovered.values()]
        solver = new_solver(params, seconds)
        status = solve_watched(solver, self.cp, literals, is_done, lambda values: take(self._chosen(values)))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        return bool(round(solver.objective_value) == ceil(solver.best_objective_bound - 1e-6))

    def _chosen(self, values: list[int]) -> Chosen:
        """What was chosen, by the values of the candidates, then who fills which places, then how many stay open."""
        border, end = len(self.taken), len(self.taken) + len(self.filled)
        columns = [number for number, value in zip(self.taken, values, strict=False) if value]
        filled = [key for key, value in zip(self.filled, values[border:end], strict=True) if value]
        return Chosen(columns, filled, sum(values[end:]))

    def _add_components(self) -> None:
        component_of, cost = self.columns.component, self.columns.cost
        by_component: dict[int, list[Any]] = defaultdict(list)
        for number, literal in self.taken.items():
            by_component[int(component_of[number])].append(literal)
            self.terms.append(int(cost[number]) * literal)
        for literals in by_component.values():
            self.cp.add_exactly_one(literals)

    def _add_row(self, row: NeededRow) -> None:
        pairs = zip(row.columns, row.coefficients, strict=True)
        used = sum(units * self.taken[number] for number, units in pairs)
        if row.max_excess:
            slack = self.cp.new_int_var(0, row.max_excess, "")
            used -= slack
            self.terms.append(row.price * slack)
        self.cp.add(used <= row.rhs)

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

    def _needs(self) -> tuple[Needs, Needs]:
        """By skill and pattern the (places, literal) of the columns, and the (activity, literal)."""
        needed: Needs = defaultdict(list)
        takers: Needs = defaultdict(list)
        component = self.columns.component
        for number, literal in self.taken.items():
            for activity, pattern in self.patterns.of(int(component[number]), self.columns.starts[number]):
                for skill, count in self.patterns.demand_of(activity):
                    needed[skill, pattern].append((count, literal))
                    takers[skill, pattern].append((activity, literal))
        return needed, takers

    def _add_independence(self, takers: Needs) -> None:
        """Who is not independent of a review that needs them in a pattern works in it for another one only."""
        for (person, skill, pattern), literal in self.filled.items():
            wanting = takers[skill, pattern]
            free = [taken for activity, taken in wanting if not self.patterns.is_barred(activity, person)]
            if len(free) < len(wanting):
                self.cp.add(sum(free) >= literal)

    def members(self, chosen: Chosen) -> tuple[TeamMember, ...]:
        """A first distribution of the people over the reviews of their patterns."""
        left: dict[tuple[str, Pattern], list[int]] = defaultdict(list)
        for person, skill, pattern in chosen.filled:
            left[skill, pattern].append(person)
        problem, found = self.columns.rows.problem, []
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
