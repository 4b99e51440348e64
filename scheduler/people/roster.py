"""Who is free when: a quick look at people before any model is built."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.nearby.linked_areas import Starts, Timetables
from scheduler.people.capacity import team_demand
from scheduler.people.eligibility import attendance, has_skill, is_independent
from scheduler.people.work_weeks import team_weeks
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import LEADER, Week

SHORT_AS_LOST = 3
"""A seat that nobody free can fill counts as so many people lost, where cost matters: people may change teams."""

Busy = NDArray[np.bool_]


class Staff:
    """People of a problem after an event; `now_week` tells which teams are at work already."""

    def __init__(self, problem: Problem, now_week: Week) -> None:
        self.problem, self.now_week = problem, now_week
        self.present = attendance(problem)
        self.number = {own.id: index for index, own in enumerate(problem.inspectors)}
        self.reviews = {own.id: own for own in problem.activities if own.team is not None}
        self.rest = [own.rest_weeks for own in problem.inspectors]
        self.longest_rest = max(self.rest, default=0)

    @cached_property
    def _able(self) -> dict[str, NDArray[np.bool_]]:
        """Who may fill a seat of each skill, shape (inspectors,)."""
        skills = {LEADER, *(skill for own in self.reviews.values() for skill, _ in team_demand(own))}
        people = self.problem.inspectors
        return {s: np.array([has_skill(own, s) for own in people], dtype=bool) for s in skills}

    def numbers(self, announced: Iterable[str]) -> list[int]:
        """Those of announced people who are still inspectors: who has left is in no team any more."""
        return [self.number[own] for own in announced if own in self.number]

    def may_sit(self, member: TeamMember, starts: Starts) -> bool:
        """Whether a person's own rules allow a seat at these dates."""
        review, person = self.reviews[member.activity], self.number[member.inspector]
        weeks = team_weeks(review, starts[review.id])
        is_there = bool(self.present[person, list(weeks)].all())
        inspector = self.problem.inspectors[person]
        return is_there and is_independent(inspector, review) and has_skill(inspector, member.skill)

    def is_team_fixed(self, review: Activity, starts: Starts, members: Iterable[TeamMember]) -> bool:
        """Whether a review has begun and all of its announced team may go on: then nobody is exchanged."""
        if review.published is None or review.id not in starts:
            return False
        weeks = team_weeks(review, starts[review.id])
        if not weeks or weeks[0] >= self.now_week:
            return False
        still = {own.inspector for own in members if own.activity == review.id}
        return set(review.published.members) <= still

    def busy(self, members: Iterable[TeamMember], starts: Starts, but: Collection[str] = ()) -> Busy:
        """Weeks in which people work or rest, shape (inspectors, weeks), without some reviews."""
        busy = np.zeros((len(self.rest), self.problem.num_weeks + self.longest_rest + 1), dtype=bool)
        for member in members:
            if member.activity not in but and member.activity in starts:
                person = self.number[member.inspector]
                weeks = self.weeks(member.activity, starts)
                busy[person, list(weeks)] = True
                if weeks:
                    busy[person, weeks[-1] + 1 : weeks[-1] + 1 + self.rest[person]] = True
        return busy

    def weeks(self, review: str, starts: Starts) -> tuple[Week, ...]:
        """Team weeks of a review."""
        return team_weeks(self.reviews[review], starts[review])

    def free(self, review: Activity, weeks: tuple[Week, ...], busy: Busy) -> NDArray[np.bool_]:
        """Who could work in all of these weeks and rest afterwards, shape (inspectors,)."""
        if not weeks:
            return np.ones(len(self.rest), dtype=bool)
        free = self.present[:, list(weeks)].all(axis=1) & ~busy[:, list(weeks)].any(axis=1)
        for length in set(self.rest):
            after = busy[:, weeks[-1] + 1 : weeks[-1] + 1 + length].any(axis=1)
            free &= ~(after & (np.array(self.rest) == length))
        independent = [is_independent(own, review) for own in self.problem.inspectors]
        return free & np.array(independent, dtype=bool)

    def ranked(
        self, found: Timetables, busy: Busy, number: int, price_per_person: int | None = None
    ) -> list[Ints]:
        """Numbers of timetables by team weeks, the best team weeks first, the cheapest timetable of each first.

        Best are the fewest seats that nobody free can fill, then the fewest moves, then the most people kept.

        Parameters
        ----------
        number
            At most so many different team weeks; without any, so many timetables.
        price_per_person
            If given, people who cannot stay count with this price in the cost instead.
        """
        order = np.lexsort((found.costs, found.moves))
        columns = [index for index, (name, _) in enumerate(found.nodes) if name in self.reviews]
        if not columns or not len(order):
            return [order[[index]] for index in range(min(number, len(order)))]
        _, first, pattern = np.unique(
            found.starts[order][:, columns], axis=0, return_index=True, return_inverse=True
        )
        best = order[first]
        quality = [self._quality(found.starts_of(int(own)), busy) for own in best]
        short, lost = (np.array([own[part] for own in quality], dtype=np.int64) for part in (0, 1))
        if price_per_person is not None:
            ranking = np.lexsort(
                (short, found.costs[best] + price_per_person * (lost + SHORT_AS_LOST * short))
            )
        else:
            ranking = np.lexsort((found.costs[best], lost, found.moves[best], short))
        return [order[pattern.ravel() == own] for own in ranking[:number]]

    def _quality(self, starts: Mapping[str, tuple[Week, ...]], busy: Busy) -> tuple[int, int]:
        """Seats that nobody free can fill, and announced people who are not free."""
        short = lost = 0
        for name in starts:
            review = self.reviews.get(name)
            if review is None:
                continue
            free = self.free(review, team_weeks(review, starts[name]), busy)
            for skill, count in team_demand(review):
                short += max(0, count - int((free & self._able[skill]).sum()))
            announced = review.published.members if review.published else ()
            lost += sum(not free[own] for own in self.numbers(announced))
        return short, lost
