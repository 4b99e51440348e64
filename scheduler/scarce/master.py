"""The master with people: timetables, and who fills which place in which weeks.

Beside the rows of what areas share there is a row for each skill and each set of team weeks (a **pattern**)
that some timetable has: the places are filled by persons or stay uncovered at a price. Persons have a row
for each week and each yearly maximum. Reviews of equal pattern are not told apart, so conflicts of interest
are unknown here; the exact pricing knows them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.master import Master, MasterAnswer
from scheduler.dates.rows import Rows
from scheduler.people.capacity import team_demand
from scheduler.people.eligibility import is_present
from scheduler.people.work_weeks import team_weeks
from scheduler.scarce.prices import Persons
from scheduler.scarce.stage_blocks import Block, find_blocks
from scheduler.values.arrays import Mask
from scheduler.values.value import Week

Pattern = tuple[Week, ...]


class Patterns:
    """The team weeks of timetables, and who could work in them.

    Attributes
    ----------
    is_complete
        Whether each activity's team weeks are decided by one component; the others have no places here.
    """

    def __init__(self, rows: Rows, persons: Persons) -> None:
        self.graph, self.persons = rows.graph, persons
        self._present: dict[Pattern, Mask] = {}
        self._demand: dict[int, tuple[tuple[str, int], ...]] = {}
        self._teams: dict[int, dict[int, list[Block]]] = {}
        self.blocks = find_blocks(rows.graph)
        self._find_activities()

    def _find_activities(self) -> None:
        """For each component the activities of which it alone decides the team weeks."""
        by_activity: dict[int, list[Block]] = {}
        for block in self.blocks:
            by_activity.setdefault(block.activity, []).append(block)
        for activity, blocks in by_activity.items():
            if len({block.component for block in blocks}) == 1:
                self._teams.setdefault(blocks[0].component, {})[activity] = blocks
        self.is_complete = sum(map(len, self._teams.values())) == len(by_activity)

    def of(self, component: int, starts: Sequence[Week]) -> list[tuple[int, Pattern]]:
        """(activity, pattern) of the teams of a component that starts in some weeks."""
        found = []
        for number, blocks in self._teams.get(component, {}).items():
            activity = self.graph.problem.activities[number]
            weeks = [0] * len(activity.stages)
            for block in blocks:
                for stage, node in zip(block.stages, block.nodes, strict=True):
                    weeks[stage] = starts[node]
                for stage, week in block.fixed:
                    weeks[stage] = week
            found.append((number, team_weeks(activity, weeks)))
        return found

    def demand(self, component: int, starts: Sequence[Week]) -> list[tuple[str, Pattern, int]]:
        """(skill, pattern, places) of a timetable."""
        return [
            (skill, pattern, count)
            for number, pattern in self.of(component, starts)
            for skill, count in self.demand_of(number)
        ]

    def demand_of(self, activity: int) -> tuple[tuple[str, int], ...]:
        """(skill, places) of an activity."""
        if activity not in self._demand:
            self._demand[activity] = team_demand(self.graph.problem.activities[activity])
        return self._demand[activity]

    def is_barred(self, activity: int, person: int) -> bool:
        """Whether a person is not independent of an activity's area."""
        return bool(self.persons.barred(activity)[person])

    def present(self, pattern: Pattern) -> Mask:
        """Who is there in all weeks of a pattern, shape (persons,)."""
        if pattern not in self._present:
            self._present[pattern] = is_present(self.persons.present, pattern)
        return self._present[pattern]

    def able(self, skill: str, pattern: Pattern) -> list[int]:
        """Persons who could fill a place of a skill in the weeks of a pattern."""
        return np.flatnonzero(self.present(pattern) & self.persons.skilled(skill)).tolist()

    def person_rows(self, person: int, pattern: Pattern) -> list[int]:
        """Positions, among all prices of persons, of the rows that working in a pattern uses."""
        if not pattern:
            return []
        persons = self.persons
        rest = range(pattern[-1] + 1, pattern[-1] + 1 + int(persons.rests[person]))
        rows = [persons.week_number(person, week) for week in (*pattern, *rest)]
        for number, period in enumerate(persons.problem.periods):
            if persons.maxima[person, number] >= 0 and pattern[0] in period.span:
                rows.append(persons.period_number(person, number))
        return rows


class PeopleMaster(Master):
    """The linear program over timetables and the places that persons fill."""

    def __init__(
        self, patterns: Patterns, columns: Columns, missing_price: int, uncovered_price: int
    ) -> None:
        super().__init__(columns.rows, columns, missing_price)
        self.patterns, self.uncovered_price = patterns, uncovered_price
        self.places: dict[tuple[str, Pattern], Any] = {}
        self.person_constraints: dict[int, Any] = {}
        self.uncovered: list[Any] = []

    def add_columns(self, numbers: list[int]) -> None:
        """Take columns in, with the places that they need."""
        super().add_columns(numbers)
        component = self.columns.component
        for number in numbers:
            for skill, pattern, count in self.patterns.demand(
                int(component[number]), self.columns.starts[number]
            ):
                self._places(skill, pattern).SetCoefficient(self.variables[number], count)

    def _places(self, skill: str, pattern: Pattern) -> Any:
        """The row of a skill and pattern: places needed, less those filled, less those uncovered, at most none."""
        if (skill, pattern) not in self.places:
            row = self.places[skill, pattern] = self.solver.Constraint(-self.solver.infinity(), 0)
            self.uncovered.append(self._variable(self.uncovered_price))
            row.SetCoefficient(self.uncovered[-1], -1)
            for person in self.patterns.able(skill, pattern):
                filled = self._variable(0)
                row.SetCoefficient(filled, -1)
                for number in self.patterns.person_rows(person, pattern):
                    self._person_constraint(number).SetCoefficient(filled, 1)
        return self.places[skill, pattern]

    def _person_constraint(self, number: int) -> Any:
        if number not in self.person_constraints:
            limit = self.patterns.persons.limit(number)
            self.person_constraints[number] = self.solver.Constraint(-self.solver.infinity(), limit)
        return self.person_constraints[number]

    def _solve_once(self) -> MasterAnswer | None:
        answer = super()._solve_once()
        if answer is None:
            return None
        prices = np.zeros(self.patterns.persons.num_prices)
        for number, constraint in self.person_constraints.items():
            prices[number] = max(0.0, -constraint.dual_value())
        return replace(
            answer,
            prices=np.concatenate([answer.prices, prices]),
            open_places=sum(variable.solution_value() for variable in self.uncovered),
        )
