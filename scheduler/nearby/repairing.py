"""Repair: move a few areas around each uncovered seat until people suffice.

The cheapest dates know people only as weekly pools; rest weeks, conflicts of interest and yearly maxima
can still leave a seat without anybody. A search of large neighbourhoods over dates and teams together
mends this; a plan never gets worse.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.checking.checker import faults
from scheduler.cost import date_terms, make_plan, seats, uncovered_places
from scheduler.dates.running import Running
from scheduler.nearby.candidates import candidates_near
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.people.staff import Staff
from scheduler.run.answers import TeamsAnswer
from scheduler.run.progress import Progress
from scheduler.teams.assignment import find_teams
from scheduler.values.problem import Activity
from scheduler.values.result import PhaseFigures, gap
from scheduler.values.value import Week

SIZES = ((8, 8), (12, 12), (18, 20), (25, 40))
"""Areas that move, and weeks by which they may: the next pair after `PATIENCE` failures, the first after a success."""

PATIENCE = 3
MOST_ROUNDS = 2
"""How often all sizes are tried without any success."""

NEIGHBOURHOOD_SECONDS = 5.0
REPAIR_SHARE = 0.7
"""Share of the time for moving areas; the rest is kept for the last assignment of teams."""

GOOD_GAP = 0.001
"""Once every seat is covered, dates are improved until their gap is at most this (or `gap_target`)."""


def repair(
    run: Running,
    starts: Mapping[str, tuple[Week, ...]],
    answer: TeamsAnswer,
    date_bound: int | None = None,
) -> tuple[dict[str, tuple[Week, ...]], TeamsAnswer]:
    """Look for dates and teams with fewer uncovered seats.

    Parameters
    ----------
    run
        Its `teams_seconds` limit the repair, the last assignment of teams included; trace points are of phases
        'uncovered' and 'teams'.
    starts, answer
        Start weeks by activity, and the teams found for them.
    date_bound
        A proven bound of the cost of dates of plans without an uncovered seat.

    Returns
    -------
    Dates and teams that are better than the given ones by uncovered seats, then cost of dates; the given
    ones themselves if none were found.
    """
    if answer.uncovered == 0 or answer.was_stopped:
        return dict(starts), answer
    progress = run.progress("uncovered", run.params.teams_seconds * REPAIR_SHARE)
    search = _Repair(run, Schedule(dict(starts), answer.members), progress, date_bound)
    with progress.interruptible():
        search.run()
    if search.best.rank == search.first.rank:
        return dict(starts), answer
    left = 0.0 if progress.was_stopped else run.params.teams_seconds - progress.seconds()
    best = search.best.schedule
    teams = find_teams(run.within(max(0.0, left)), best.starts, best.members)
    noted = {"figures": search.noted(teams.figures), "trace": (*progress.trace, *teams.trace)}
    return dict(best.starts), teams.model_copy(update=noted)


@dataclass(frozen=True)
class _Ranked:
    """A schedule with its uncovered seats and the cost of its dates."""

    schedule: Schedule
    uncovered: int
    date_cost: int

    @cached_property
    def filled(self) -> Counter[tuple[str, str]]:
        """Filled seats by activity and skill."""
        return Counter((member.activity, member.skill) for member in self.schedule.members)

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better."""
        return self.uncovered, self.date_cost


class _Repair:
    """The search around one schedule; `best` never gets worse."""

    def __init__(self, run: Running, schedule: Schedule, progress: Progress, date_bound: int | None) -> None:
        self.problem, self.params, self.keeper = run.problem, run.params, run.keeper
        self.progress, self.date_bound = progress, date_bound
        self.units, self.staff = Units(run.problem, run.prepared.shared), Staff(run.problem)
        self.reviews = list(self.staff.reviews.values())
        self.draw = random.Random(run.params.seed)
        self.first = self.best = self._ranked(schedule)
        self.known_faults = self._faults(schedule)
        self.failures = 0
        self.tried: set[frozenset[tuple[int, int]]] = set()

    def run(self) -> None:
        """Mend one place after the other until there is nothing to mend, no time, or no success."""
        self.progress.found(self.best.uncovered)
        while not self._is_good() and not self.progress.must_end():
            level = self.failures // PATIENCE
            if level >= MOST_ROUNDS * len(SIZES):
                return
            self.failures = 0 if self._step(*SIZES[level % len(SIZES)]) else self.failures + 1
            self.progress.found(self.best.uncovered)

    def noted(self, figures: PhaseFigures) -> PhaseFigures:
        """Figures with a remark on what the repair changed."""
        before, now = self.first.schedule.starts, self.best.schedule.starts
        moved = sum(weeks != now[name] for name, weeks in before.items())
        text = (
            f"Repair moved {moved} activities: uncovered places {self.first.uncovered} to "
            f"{self.best.uncovered}, cost of dates {self.first.date_cost} to {self.best.date_cost}."
        )
        return figures.model_copy(update={"remarks": (text, *figures.remarks)})

    def _is_good(self) -> bool:
        if self.best.uncovered or self.date_bound is None:
            return self.best.uncovered == 0
        return gap(self.best.date_cost, self.date_bound) <= max(GOOD_GAP, self.params.gap_target)

    def _step(self, size: int, radius_weeks: int) -> bool:
        """Search one neighbourhood; whether that found something better."""
        moving = self._moving(*self._centre(), size, radius_weeks)
        found = self._rearranged(moving, radius_weeks)
        if found is None:
            return False
        ranked = self._ranked(found)
        if ranked.rank >= self.best.rank or self._faults(found) - self.known_faults:
            return False
        self.best = ranked
        self.tried.clear()
        self.keeper.offer(found.starts, found.members)
        return True

    def _rearranged(self, moving: Sequence[int], radius_weeks: int) -> Schedule | None:
        """The best schedule in which some units move: fewest uncovered seats, then cheapest dates."""
        now = self.best.schedule
        near = {unit: candidates_near(self.units, unit, now.starts, radius_weeks) for unit in moving}
        choices = {unit: found for unit, found in near.items() if len(found)}
        # What was tried in vain is not tried again: in a small problem most neighbourhoods are the same.
        question = frozenset((unit, hash(found.starts.tobytes())) for unit, found in choices.items())
        if question in self.tried:
            return None
        self.tried.add(question)
        model = JointModel(self.units, self.staff, now, choices)
        return model.solve(("uncovered", "date_cost"), self.params, NEIGHBOURHOOD_SECONDS, self.progress)

    def _centre(self) -> tuple[Activity, str | None]:
        """A review with an uncovered seat and its skill; without any, a review that the repair has moved."""
        short = [(review, skill) for review in self.reviews for skill in self._open_skills(review)]
        if short:
            return self.draw.choice(short)
        before, now = self.first.schedule.starts, self.best.schedule.starts
        moved = [review for review in self.reviews if before[review.id] != now[review.id]]
        return self.draw.choice(moved or self.reviews), None

    def _moving(self, centre: Activity, skill: str | None, size: int, radius_weeks: int) -> list[int]:
        """The centre's unit, and those most likely to help: near in time, short too, using the skill."""
        starts = self.best.schedule.starts
        distance = {review.id: abs(starts[review.id][0] - starts[centre.id][0]) for review in self.reviews}

        def order(review: Activity) -> tuple[bool, bool, bool, bool, float]:
            return (
                review.id != centre.id,
                distance[review.id] > radius_weeks,
                not self._open_skills(review),
                skill is not None and skill not in seats(review),
                distance[review.id] + radius_weeks * self.draw.random(),
            )

        ordered = dict.fromkeys(self.units.unit_of[review.id] for review in sorted(self.reviews, key=order))
        return list(ordered)[:size]

    def _open_skills(self, review: Activity) -> list[str]:
        filled = self.best.filled
        return [skill for skill, count in seats(review).items() if filled[review.id, skill] < count]

    def _ranked(self, schedule: Schedule) -> _Ranked:
        cost = sum(date_terms(self.problem, schedule.starts).values())
        return _Ranked(schedule, uncovered_places(self.problem, schedule.members), cost)

    def _faults(self, schedule: Schedule) -> set[tuple[str, str]]:
        """Rules broken and where, by the independent check; an uncovered seat is none."""
        plan = make_plan(self.problem, schedule.starts, schedule.members)
        return {(fault.rule, fault.place) for fault in faults(self.problem, plan)}
