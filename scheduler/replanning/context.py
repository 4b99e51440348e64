"""What the search for a new plan stands on: the problem after the event, and what is left of the published plan."""

from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.cost import date_terms, team_terms
from scheduler.nearby.linked_areas import Timetables, Units
from scheduler.nearby.model import Aim, JointModel, Schedule, total_uncovered
from scheduler.nearby.ranking import ranked
from scheduler.people.roster import Roster, Staff
from scheduler.replanning.result import ReplanParams
from scheduler.run.progress import Progress
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams

PER_PATTERN = 2
"""Timetables with the same team weeks from which a unit chooses."""

PER_PATTERN_TRIED = 40
"""Timetables of the same team weeks that are tried against what others use."""


class Ground:
    """Units, people, and the questions that every step asks.

    Attributes
    ----------
    kept
        The published dates and people as far as the event leaves them.
    """

    def __init__(self, problem: Problem, before: Plan, params: ReplanParams, progress: Progress) -> None:
        self.problem, self.before, self.params, self.progress = problem, before, params, progress
        self.units = Units(problem)
        self.staff = Staff(problem, params.now_week)
        self.limits = SolveParams(
            dates_seconds=max(0.5, params.seconds / 4), num_workers=params.num_workers, seed=params.seed
        )
        self._tables: dict[int, Timetables] = {}
        self.kept = self._kept()

    @property
    def forced_activities(self) -> tuple[str, ...]:
        """Activities of units that cannot keep their dates."""
        return tuple(name for unit in self.units.forced for name in self.units.names[unit])

    def timetables(self, unit: int) -> Timetables:
        """All timetables of a unit, listed once."""
        if unit not in self._tables:
            self._tables[unit] = self.units.timetables(unit)
        return self._tables[unit]

    def choices(
        self,
        schedule: Schedule,
        units: Sequence[int],
        number: int,
        price: int | None = None,
        chosen: Sequence[tuple[int, int]] = (),
    ) -> dict[int, Timetables]:
        """Timetables for units that move together, and those that are chosen already (unit, number)."""
        rest = schedule.without([name for unit in units for name in self.units.names[unit]])
        found = {}
        for unit in units:
            numbers = self.ranked(rest, unit, self.timetables(unit), number, schedule, price)
            numbers |= {timetable for other, timetable in chosen if other == unit}
            if numbers:
                found[unit] = self.timetables(unit).part(np.array(sorted(numbers), dtype=np.int64))
        return found

    def solve(
        self,
        schedule: Schedule,
        moving: Mapping[int, Timetables],
        aims: Sequence[Aim],
        around: Sequence[str] = (),
        rings: int = 1,
    ) -> Schedule | None:
        """The best schedule in which these units move, and people change near them and around some reviews."""
        model = JointModel(self.units, self.staff, schedule, moving, around, rings)
        return model.solve(aims, self.limits, self._step_seconds, self.progress.must_end)

    def _step_seconds(self) -> float:
        return min(self.progress.seconds_left(), self.limits.dates_seconds)

    def short_of(self, schedule: Schedule) -> list[str]:
        """Reviews with dates that have fewer people than in the published plan, or open seats if it had none."""
        before, now = _sizes(self.before.members), _sizes(schedule.members)
        return [
            name
            for name, review in self.staff.reviews.items()
            if name in schedule.starts
            and review.team is not None
            and now.get(name, 0) < min(review.team.seats(), before.get(name, review.team.seats()))
        ]

    def open_seats(self, schedule: Schedule) -> int:
        """Seats that nobody fills."""
        return total_uncovered(self.staff, schedule)

    def moved(self, schedule: Schedule) -> int:
        """Published activities with other dates."""
        return sum(schedule.starts[name] != weeks for name, weeks in self.units.published.items())

    def rank(self, schedule: Schedule) -> tuple[int, int]:
        """Smaller is better: uncovered seats, then activities moved."""
        return self.open_seats(schedule), self.moved(schedule)

    def quality(self, schedule: Schedule) -> tuple[int, int, int]:
        """Smaller is better: uncovered seats, activities moved, cost of dates and people."""
        dates = date_terms(self.problem, schedule.starts)
        people = team_terms(self.problem, schedule.starts, schedule.members)
        return *self.rank(schedule), sum(dates.values()) + sum(people.values())

    @property
    def per_person(self) -> int:
        """Price of an announced person who leaves a team."""
        return self.problem.team_prices.per_person_changed

    def ranked(
        self,
        rest: Schedule,
        unit: int,
        found: Timetables,
        number: int,
        present: Schedule,
        price_per_person: int | None = None,
    ) -> set[int]:
        """Numbers of the best timetables that leave room for the rest, a few for each set of team weeks.

        The unit's dates in the present schedule are among them, if it has any there.
        """
        roster = Roster(self.staff, rest.starts, rest.members)
        used, rows = self.units.usage(rest.starts), self.units.rows
        most = rows.rhs + rows.max_excess
        chosen: list[int] = []
        for pattern in ranked(roster, found, number, price_per_person):
            fitting = 0
            for timetable in pattern[:PER_PATTERN_TRIED].tolist():
                uses = self.units.uses(unit, found.starts_of(timetable))
                if all(use <= 0 or used[row] + use <= most[row] for row, use in uses.items()):
                    chosen.append(timetable)
                    fitting += 1
                    if fitting == PER_PATTERN:
                        break
        if all(name in present.starts for name in self.units.names[unit]):
            chosen += np.flatnonzero(found.are_at(present.starts)).tolist()
        return set(chosen)

    def _kept(self) -> Schedule:
        """The published dates and people as far as the event leaves them; what begins first keeps its people."""
        forced = set(self.forced_activities)
        published = {name: weeks for name, weeks in self.units.published.items() if name not in forced}
        members = [member for member in self.before.members if member.activity in published]
        kept: list[TeamMember] = []
        roster = Roster(self.staff)
        for member in sorted(members, key=lambda member: published[member.activity][0]):
            review, person = self.staff.reviews[member.activity], self.staff.number[member.inspector]
            weeks = self.staff.weeks(member.activity, published)
            if roster.may_sit(review, member.skill, weeks)[person]:
                kept.append(member)
                roster.put(review, published[review.id], [member])
        return Schedule(published, tuple(kept))


def _sizes(members: Sequence[TeamMember]) -> dict[str, int]:
    count: dict[str, int] = {}
    for member in members:
        name = member.activity
        count[name] = count.get(name, 0) + 1
    return count
