"""What the search for a new plan stands on: the problem after the event, and what is left of the published plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice

import numpy as np

from scheduler.cost import date_terms, team_terms
from scheduler.dates.prepared import Prepared
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import Aim, JointModel
from scheduler.nearby.people import Schedule
from scheduler.nearby.ranking import ranked
from scheduler.nearby.timetables import Timetables
from scheduler.nearby.weeks_moved import weeks_by_activity, weeks_of
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.replanning.result import ReplanParams
from scheduler.run.progress import Progress
from scheduler.values.arrays import Ints, indexes
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams

PER_PATTERN = 2
"""Timetables with the same team weeks from which a unit chooses."""

MOST_NEAR = 400
"""So many timetables are tried for the nearest ones."""

NEAREST = 30
"""Timetables nearest to the published dates from which a unit may choose at first."""

PER_PATTERN_TRIED = 40
"""Timetables of the same team weeks that are tried against what others use."""


class Ground:
    """Units, people, and the questions that every step asks.

    Attributes
    ----------
    kept
        The published dates and people as far as the event leaves them.
    prepared
        The rows of the problem, made once for every search.
    step_seconds
        At most so long takes each step of a search for dates and people.
    """

    def __init__(self, problem: Problem, before: Plan, params: ReplanParams, progress: Progress) -> None:
        self.problem, self.before, self.params, self.progress = problem, before, params, progress
        self.prepared = Prepared(problem)
        self.units = Units(problem, self.prepared.shared)
        self.staff = Staff(problem)
        self.limits = SolveParams(num_workers=params.num_workers, seed=params.seed)
        self.step_seconds = max(0.5, params.seconds / 6)
        self._tables: dict[int, Timetables] = {}
        self.kept = self._kept()

    @contextmanager
    def timed_by(self, progress: Progress) -> Iterator[None]:
        """What is asked within it is ended by this progress."""
        before, self.progress = self.progress, progress
        try:
            yield
        finally:
            self.progress = before

    @property
    def forced_activities(self) -> tuple[str, ...]:
        """Activities of units that cannot keep their dates."""
        return tuple(name for unit in self.units.forced for name in self.units.names[unit])

    def movable(self, names: Iterable[str]) -> list[int]:
        """The units of those activities that can move, in their order."""
        units = {name: self.units.unit_of[name] for name in names}
        moving = (name for name, unit in units.items() if self.units.fewest_moves(unit, name) is not None)
        return list(dict.fromkeys(units[name] for name in moving))

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
        price_per_person: int | None = None,
        chosen: Sequence[tuple[int, int]] = (),
    ) -> dict[int, Timetables]:
        """Timetables for units that move together: the best ones, those of the schedule, and some chosen already.

        Parameters
        ----------
        chosen
            (unit, number of the timetable).
        """
        rest = schedule.without([name for unit in units for name in self.units.names[unit]])
        fitting = {
            unit: self.fitting(rest, self.timetables(unit), number, price_per_person) for unit in units
        }
        return self._choices(schedule, fitting, chosen)

    def near_choices(
        self, schedule: Schedule, units: Sequence[int], number: int, chosen: Sequence[tuple[int, int]] = ()
    ) -> dict[int, Timetables]:
        """The same, with so many of the timetables nearest to the published dates in place of the best ones."""
        rest = schedule.without([name for unit in units for name in self.units.names[unit]])
        near = {unit: self.nearest(rest, self.timetables(unit), number) for unit in units}
        return self._choices(schedule, near, chosen)

    def _choices(
        self, schedule: Schedule, numbers: Mapping[int, set[int]], chosen: Sequence[tuple[int, int]]
    ) -> dict[int, Timetables]:
        """The timetables of these numbers, those chosen already, and those of the schedule."""
        choices = {}
        for unit, few in numbers.items():
            found = self.timetables(unit)
            wanted = few | {timetable for other, timetable in chosen if other == unit}
            if self.units.has_dates(unit, schedule.starts):
                wanted.update(np.flatnonzero(found.are_at(schedule.starts)).tolist())
            if wanted:
                choices[unit] = found.part(indexes(sorted(wanted)))
        return choices

    def fitting(
        self, rest: Schedule, found: Timetables, number: int, price_per_person: int | None = None
    ) -> set[int]:
        """Numbers of the best timetables that leave room for the rest, a few for each set of team weeks."""
        roster, rows = Roster(self.staff, rest.starts, rest.members), self.units.rows
        room = rows.rhs + rows.max_excess - self.units.usage(rest.starts)
        chosen: set[int] = set()
        for pattern in ranked(roster, found, number, price_per_person):
            tried = pattern[:PER_PATTERN_TRIED].tolist()
            having_room = (which for which in tried if self._has_room(found, which, room))
            chosen.update(islice(having_room, PER_PATTERN))
        return chosen

    def nearest(self, rest: Schedule, found: Timetables, number: int = NEAREST) -> set[int]:
        """Numbers of the timetables that move the fewest weeks, of those for which others leave room.

        Of those with the same weeks of teams only the first counts.
        """
        room = self.units.rows.rhs + self.units.rows.max_excess - self.units.usage(rest.starts)
        order = np.lexsort((found.costs, weeks_of(found, self.units.published)))[:MOST_NEAR]
        columns = [index for index, (name, _) in enumerate(found.nodes) if name in self.staff.reviews]
        having_room = (which for which in order.tolist() if self._has_room(found, which, room))
        first: dict[tuple[int, ...], int] = {}
        for which in having_room:
            first.setdefault(tuple(found.starts[which, columns].tolist()), which)
            if len(first) >= number:
                break
        return set(first.values())

    def _has_room(self, found: Timetables, timetable: int, room: Ints) -> bool:
        uses = self.units.uses(found.unit, found.starts_of(timetable))
        return all(use <= 0 or use <= room[row] for row, use in uses.items())

    def solve(
        self,
        schedule: Schedule,
        moving: Mapping[int, Timetables],
        aims: Sequence[Aim],
        around: Sequence[str] = (),
        rings: int = 1,
        most_open: int | None = None,
        progress: Progress | None = None,
    ) -> Schedule | None:
        """The best schedule in which these units move, and people change near them and around some reviews.

        Parameters
        ----------
        most_open
            If given, at most so many seats of the whole plan stay open.
        progress
            What ends the search, if it is not that of the main plan.
        """
        model = JointModel(self.units, self.staff, schedule, moving, around, rings, "cost" in aims)
        if most_open is not None:
            model.allow_open(most_open)
        return model.solve(aims, self.limits, self.step_seconds, progress or self.progress)

    def short_of(self, schedule: Schedule) -> list[str]:
        """Reviews with dates that have fewer people than in the published plan, or open seats if it had none."""
        before, now = Counter(member.activity for member in self.before.members), self.filled(schedule)
        seats = {name: review.team.seats() for name, review in self.staff.reviews.items() if review.team}
        return [
            name
            for name, count in seats.items()
            if name in schedule.starts and now[name] < min(count, before.get(name, count))
        ]

    @cached_property
    def overfull(self) -> frozenset[int]:
        """Rows of which those that keep their dates use more than there is: a stage that takes longer can do that."""
        rows, used = self.units.rows, self.units.usage(self.kept.starts)
        is_over = (rows.rhs >= 0) & (used > rows.rhs + rows.max_excess)
        return frozenset(np.flatnonzero(is_over).tolist())

    def crowding(self) -> list[int]:
        """Units that use an overfull row and may move."""
        starts = self.kept.starts
        whole = [unit for unit in range(len(self.units)) if self.units.has_dates(unit, starts)]
        users = [unit for unit in whole if self.overfull & set(self.units.uses(unit, starts))]
        return [unit for unit in users if self.units.may_move(unit)]

    def filled(self, schedule: Schedule) -> Counter[str]:
        """Filled seats of each review."""
        return Counter(member.activity for member in schedule.members)

    def open_seats(self, schedule: Schedule) -> int:
        """Seats that nobody fills, of the reviews that have dates."""
        dated = [review.team for name, review in self.staff.reviews.items() if name in schedule.starts]
        return sum(team.seats() for team in dated if team is not None) - len(schedule.members)

    def moved(self, schedule: Schedule) -> int:
        """Published activities with other dates."""
        return sum(schedule.starts[name] != weeks for name, weeks in self.units.published.items())

    def weeks(self, schedule: Schedule) -> int:
        """By how many weeks published activities move together."""
        return sum(weeks_by_activity(self.units.published, schedule.starts).values())

    def exchanged(self, schedule: Schedule) -> int:
        """Announced people who are no longer in the team of their activity."""
        stay = {(member.activity, member.inspector) for member in schedule.members}
        return len({(member.activity, member.inspector) for member in self.before.members} - stay)

    def cost(self, schedule: Schedule) -> int:
        """Cost of dates and people."""
        dates = date_terms(self.problem, schedule.starts)
        people = team_terms(self.problem, schedule.starts, schedule.members)
        return sum(dates.values()) + sum(people.values())

    def quality(self, schedule: Schedule) -> tuple[int, int, int, int]:
        """Smaller is better: uncovered seats, activities moved, weeks moved, cost of dates and people."""
        return self.open_seats(schedule), self.moved(schedule), self.weeks(schedule), self.cost(schedule)

    @property
    def per_person(self) -> int:
        """Price of an announced person who leaves a team."""
        return self.problem.team_prices.per_person_changed

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
