"""The cheapest plan over all after an event, never dearer than dates and teams that are solved afresh."""

from dataclasses import dataclass, field, replace

import numpy as np

from scheduler.dates.running import Running
from scheduler.dates.search import find_dates
from scheduler.nearby.people import Schedule
from scheduler.replanning.context import Ground
from scheduler.replanning.people_bound import least_people_cost
from scheduler.replanning.solved_beside import SolvedBeside
from scheduler.run.progress import Progress
from scheduler.teams.assignment import find_teams
from scheduler.values.proof import Certificate
from scheduler.values.result import SolveParams

SHARE_OF_DATES, SHARE_OF_TEAMS = 0.6, 0.5
"""Shares of the time left for dates of the whole programme, and then for its teams."""

MOST_MOVING = 10
"""Units that choose again together."""

PATTERNS = 40
"""Different team weeks from which all of them together choose, beside the nearest timetables."""


@dataclass
class Cheapest:
    """Looks for the fewest open places, then the least cost of dates and people together.

    Attributes
    ----------
    best
        The best schedule so far, at first some schedule of all activities.
    bound
        No plan without an open place costs less; None if nothing is known.
    certificates
        What proves the part of the bound that dates have.
    beside
        The whole programme, solved on another core meanwhile; None if that is to be done here.
    """

    ground: Ground
    best: Schedule
    progress: Progress
    beside: SolvedBeside | None = None
    bound: int | None = None
    certificates: tuple[Certificate, ...] = ()
    seen: list[Schedule] = field(default_factory=list)

    @property
    def is_proven(self) -> bool:
        """Whether no plan leaves fewer places open, and none that leaves as few costs less."""
        return self.ground.open_seats(self.best) == 0 and self.ground.cost(self.best) == self.bound

    def run(self) -> None:
        """Solve dates and teams of the whole programme, then let what moved choose again with its people."""
        if self.beside is None or not self._take_from(self.beside):
            self._solve_whole()
        if not self.is_proven and not self.progress.must_end():
            self._choose_again()

    def offer(self, schedule: Schedule | None) -> None:
        """Take a schedule if it is better."""
        if schedule is None or len(schedule.starts) < len(self.ground.units.unit_of):
            return
        self.seen.append(schedule)
        if self._rank(schedule) < self._rank(self.best):
            self.best = schedule

    def _rank(self, schedule: Schedule) -> tuple[int, int]:
        return self.ground.open_seats(schedule), self.ground.cost(schedule)

    def _take_from(self, beside: SolvedBeside) -> bool:
        """What was found on another core; whether there is an answer."""
        found = beside.answer(self.progress.seconds_left())
        if found is None:
            return False
        self.certificates = found.certificates
        if found.dates.bound is not None:
            self.bound = found.dates.bound + least_people_cost(self.ground.staff)
        if found.plan is not None:
            self.offer(Schedule(found.plan.starts(), found.plan.members))
        return True

    def _solve_whole(self) -> None:
        """The cheapest dates from those of the best plan on, and the cheapest teams for them."""
        run = self._running()
        seconds = self.progress.seconds_left() * SHARE_OF_DATES
        dates = find_dates(
            run, run.prepared.rows(whole_teams=True), self.best.starts, seconds, only_columns=True
        )
        self.certificates = dates.certificates
        if dates.bound is not None:
            self.bound = dates.bound + least_people_cost(self.ground.staff)
        if dates.starts is None or self.progress.must_end():
            return
        self.offer(self._with_teams(run, Schedule(dates.starts, self.best.members)))

    def _with_teams(self, run: Running, schedule: Schedule) -> Schedule:
        seconds = self.progress.seconds_left() * SHARE_OF_TEAMS
        teams = find_teams(run.within(seconds), schedule.starts, schedule.members)
        return Schedule(schedule.starts, teams.members)

    def _running(self) -> Running:
        params = SolveParams(
            seed=self.ground.limits.seed, num_workers=self.ground.limits.num_workers, team_gap_target=0.0
        )
        run = Running.begin(self.ground.problem, params, stop=self.progress.must_end)
        return replace(run, prepared=self.ground.prepared)

    def _choose_again(self) -> None:
        """What differs from the published dates in any plan found chooses again, with the people around it."""
        ground, published = self.ground, self.ground.units.published
        moved = {
            name
            for schedule in (self.best, *self.seen)
            for name, weeks in schedule.starts.items()
            if published.get(name) != weeks
        }
        short = ground.short_of(ground.kept)
        near = [*ground.movable(short), *(ground.units.unit_of[name] for name in sorted(moved))]
        units = list(dict.fromkeys([*ground.units.forced, *near]))[:MOST_MOVING]
        if not units:
            return
        number = max(4, PATTERNS // len(units))
        chosen = [choice for schedule in self.seen for unit in units for choice in self._at(unit, schedule)]
        moving = ground.choices(self.best, units, number, ground.per_person, chosen)
        self.offer(ground.solve(self.best, moving, ("uncovered", "cost"), short, progress=self.progress))

    def _at(self, unit: int, schedule: Schedule) -> list[tuple[int, int]]:
        """A unit with the number of the timetable that it has in a schedule."""
        found = self.ground.timetables(unit)
        return [(unit, number) for number in np.flatnonzero(found.are_at(schedule.starts)).tolist()]
