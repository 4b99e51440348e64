"""Who is taken when, and a quick team for a review from those who are free: the other teams stay as they are.

Skills, presence, independence, rest, yearly maxima and the bodies of a team are kept; rarer rules are left to
the exact model and to the check, which look at every answer before it is given.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.cost import seats
from scheduler.people.eligibility import attendance, has_skill, is_independent
from scheduler.people.matching import pair_up
from scheduler.people.past_work import past_begun
from scheduler.people.work_weeks import team_weeks
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Week


class Board:
    """The weeks and reviews of every inspector."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        people = problem.inspectors
        self.number = {own.id: n for n, own in enumerate(people)}
        self.rests = np.array([own.rest_weeks for own in people], dtype=np.int64)
        beyond = np.zeros((len(people), int(self.rests.max(initial=0)) + 1), dtype=bool)
        self.present = np.concatenate([attendance(problem), beyond], axis=1)
        self.taken = np.zeros(self.present.shape, dtype=np.int64)
        self.begun = np.array(past_begun(problem), dtype=np.int64).reshape(len(people), len(problem.periods))
        self.most = np.array(
            [[own.max_reviews.get(period.kind, 10**6) for period in problem.periods] for own in people],
            dtype=np.int64,
        ).reshape(self.begun.shape)
        self._able: dict[tuple[str, str], NDArray[np.bool_]] = {}

    def put(
        self, review: Activity, starts: Sequence[Week], members: Sequence[TeamMember], sign: int = 1
    ) -> None:
        """Write a team down; with `sign` -1 strike it out."""
        weeks = team_weeks(review, starts)
        if not weeks or not members:
            return
        people = np.array([self.number[own.inspector] for own in members])
        self.taken[np.ix_(people, np.array(weeks))] += sign
        for person in people.tolist():
            self.taken[person, weeks[-1] + 1 : weeks[-1] + 1 + int(self.rests[person])] += sign
        for number, period in enumerate(self.problem.periods):
            if weeks[0] in period.span:
                self.begun[people, number] += sign

    def free(self, weeks: Sequence[Week]) -> NDArray[np.bool_]:
        """Who could take part in a review in these weeks, shape (inspectors,)."""
        own = np.array(weeks)
        free = np.asarray(self.present[:, own].all(axis=1) & ~self.taken[:, own].any(axis=1))
        for rest in np.unique(self.rests[free]).tolist():
            same = free & (self.rests == rest)
            free[same] = ~self.taken[same, weeks[-1] + 1 : weeks[-1] + 1 + rest].any(axis=1)
        for number, period in enumerate(self.problem.periods):
            if weeks[0] in period.span:
                free &= self.begun[:, number] < self.most[:, number]
        return free

    def able(self, review: Activity, skill: str) -> NDArray[np.bool_]:
        """Who has a skill and is independent of a review, shape (inspectors,)."""
        key = (review.id, skill)
        if key not in self._able:
            self._able[key] = np.array(
                [has_skill(own, skill) and is_independent(own, review) for own in self.problem.inspectors],
                dtype=bool,
            )
        return self._able[key]

    def team(self, review: Activity, starts: Sequence[Week]) -> tuple[TeamMember, ...] | None:
        """A whole team of people who are free, None if there is none."""
        weeks = team_weeks(review, starts)
        skills = [skill for skill, count in seats(review).items() for _ in range(count)]
        if not skills:
            return ()
        if not weeks:
            return None
        free = self.free(weeks)
        wanted = [np.flatnonzero(free & self.able(review, skill)).tolist() for skill in skills]
        people = self._with_bodies(review, wanted)
        if people is None:
            return None
        names = [self.problem.inspectors[person].id for person in people]
        pairs = zip(skills, names, strict=True)
        return tuple(TeamMember(activity=review.id, skill=skill, inspector=name) for skill, name in pairs)

    def _with_bodies(self, review: Activity, wanted: list[list[int]]) -> list[int] | None:
        """Seats filled by people of enough bodies (R056): if one team lacks a body, some seat must bring another."""
        people = [person for person in pair_up(wanted) if person is not None]
        if len(people) < len(wanted) or review.team is None:
            return None
        inspectors, team = self.problem.inspectors, review.team
        bodies = {inspectors[person].body for person in people} | {own.body for own in team.joint}
        if len(bodies) >= min(team.min_bodies, team.members()):
            return people
        for seat, able in enumerate(wanted):
            others = [person for person in able if inspectors[person].body not in bodies]
            if others:
                found = self._with_bodies(review, [*wanted[:seat], others, *wanted[seat + 1 :]])
                if found is not None:
                    return found
        return None
