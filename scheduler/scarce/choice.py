"""Chooses one timetable for each component and people for its places, exactly among some columns, by CP-SAT.

As in the master, reviews of equal pattern (team weeks) share the people who work in it; a person goes to a
pattern only if a review that may have them needs them in it. How the people of a pattern are shared out among its
reviews is left to the assignment of teams.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from scheduler.dates.choose_cpsat import ColumnChoice
from scheduler.dates.columns import Columns
from scheduler.scarce.master import Pattern, Patterns
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember

Needs = dict[tuple[str, Pattern], list[tuple[int, Any]]]
"""By skill and pattern of a place, numbers with the literal of the column that they hang on."""


@dataclass(frozen=True)
class Chosen:
    """Columns, one for each component, who fills places (person, skill, pattern), and how many stay open."""

    columns: list[int]
    filled: list[tuple[int, str, Pattern]]
    open_places: int


class PeopleChoice(ColumnChoice):
    """The model over candidate columns and the people who fill their places.

    Parameters
    ----------
    numbers
        Candidate columns.
    uncovered_price
        Price of an uncovered place; the cost of columns counts beside it.
    """

    def __init__(self, columns: Columns, numbers: Ints, patterns: Patterns, uncovered_price: int) -> None:
        super().__init__(columns, numbers)
        self.patterns = patterns
        self.filled: dict[tuple[int, str, Pattern], Any] = {}
        self.uncovered: dict[tuple[str, Pattern], Any] = {}
        self._add_people()
        self.terms.append(uncovered_price * sum(self.uncovered.values()))

    def literals(self) -> list[Any]:
        """Those of the candidates, then who fills which places, then how many stay open."""
        return [*super().literals(), *self.filled.values(), *self.uncovered.values()]

    def chosen(self, values: list[int]) -> Chosen:
        """What was chosen, by the values of `literals`."""
        border, end = len(self.numbers), len(self.numbers) + len(self.filled)
        filled = [key for key, value in zip(self.filled, values[border:end], strict=True) if value]
        return Chosen(self.columns_of(values), filled, sum(values[end:]))

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
