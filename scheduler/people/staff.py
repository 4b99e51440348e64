"""The inspectors of a problem as they are, whatever a plan has them do: who is there when, and who may do what."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from scheduler.people.eligibility import attendance, availability, has_skill, is_independent, is_present
from scheduler.people.past_work import past_begun, past_drafts, past_weeks
from scheduler.people.work_weeks import team_weeks
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Starts, Week

UNBOUNDED = 10**6
"""Stands for a maximum where there is none."""


class Staff:
    """The inspectors of a problem: who is there when, and who may do what.

    Attributes
    ----------
    reviews
        The activities that have a team.
    rests
        Weeks of rest after a review, shape (inspectors,).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.number = {inspector.id: index for index, inspector in enumerate(problem.inspectors)}
        self.reviews = {activity.id: activity for activity in problem.activities if activity.team is not None}
        self.rests = np.array([inspector.rest_weeks for inspector in problem.inspectors], dtype=np.int64)
        self.longest_rest = int(self.rests.max(initial=0))
        self.bodies = tuple(inspector.body for inspector in problem.inspectors)
        self._skilled: dict[str, Mask] = {}
        self._independent: dict[str, Mask] = {}
        self._periods: dict[Week, list[int]] = {}
        self._there: dict[tuple[Week, ...], Mask] = {}

    @cached_property
    def present(self) -> Mask:
        """The weeks of `available` in which past reviews leave people time too, shape (inspectors, weeks)."""
        return attendance(self.problem)

    @cached_property
    def trained_from(self) -> Ints:
        """The first week in which each may work, shape (inspectors,)."""
        return np.array([inspector.trained_from for inspector in self.problem.inspectors], dtype=np.int64)

    @cached_property
    def available(self) -> Mask:
        """The weeks in which each is trained and there, whatever they have done before, shape (inspectors, weeks)."""
        return availability(self.problem)

    def there(self, weeks: Sequence[Week]) -> Mask:
        """Who is available in all of some weeks, nobody outside the horizon, shape (inspectors,)."""
        key = tuple(weeks)
        if key not in self._there:
            self._there[key] = is_present(self.available, key)
        return self._there[key]

    def numbers(self, announced: Iterable[str]) -> list[int]:
        """Those of announced people who are still inspectors: who has left is in no team any more."""
        return [self.number[name] for name in announced if name in self.number]

    def skilled(self, skill: str) -> Mask:
        """Who may fill a seat of a skill, shape (inspectors,)."""
        if skill not in self._skilled:
            self._skilled[skill] = self._mask(
                has_skill(inspector, skill) for inspector in self.problem.inspectors
            )
        return self._skilled[skill]

    def of_body(self, body: str) -> Mask:
        """Who comes from a body, shape (inspectors,)."""
        return self._mask(known == body for known in self.bodies)

    def independent(self, review: Activity) -> Mask:
        """Who has no conflict in a review's area and was not there last time, shape (inspectors,)."""
        if review.id not in self._independent:
            people = self.problem.inspectors
            self._independent[review.id] = self._mask(
                is_independent(inspector, review) for inspector in people
            )
        return self._independent[review.id]

    def weeks(self, review: str, starts: Starts) -> tuple[Week, ...]:
        """Team weeks of a review."""
        return team_weeks(self.reviews[review], starts[review])

    @cached_property
    def most(self) -> Ints:
        """Reviews that each may begin in each period, `UNBOUNDED` without a maximum, shape (inspectors, periods)."""
        periods = self.problem.periods
        most = [
            [inspector.max_reviews.get(p.kind, UNBOUNDED) for p in periods]
            for inspector in self.problem.inspectors
        ]
        return np.array(most, dtype=np.int64).reshape(len(self.rests), len(periods))

    @cached_property
    def resting(self) -> list[tuple[int, Mask]]:
        """Weeks of rest that somebody needs, and who needs so many; without those who need none."""
        return [(rest, self.rests == rest) for rest in sorted(set(self.rests.tolist())) if rest > 0]

    @cached_property
    def past_begun(self) -> Ints:
        """Past reviews that began in each period, shape (inspectors, periods)."""
        return past_begun(self.problem)

    @cached_property
    def past_taken(self) -> Ints:
        """1 in weeks of past work and the rest after it, shape (inspectors, weeks and the rest after the last)."""
        taken = np.zeros((len(self.rests), self.problem.num_weeks + self.longest_rest + 1), dtype=np.int64)
        for person, weeks in past_weeks(self.problem).items():
            taken[person, [week for week in weeks if 0 <= week < taken.shape[1]]] = 1
        return taken

    @cached_property
    def past_drafts(self) -> Ints:
        """Reports of past reviews that each still drafts, shape (inspectors, weeks and the drafting after the last)."""
        longest = max(
            (review.team.drafting_weeks for review in self.reviews.values() if review.team), default=0
        )
        drafts = np.zeros((len(self.rests), self.problem.num_weeks + longest), dtype=np.int64)
        for name, load in past_drafts(self.problem).items():
            for week, count in load.items():
                if name in self.number and 0 <= week < drafts.shape[1]:
                    drafts[self.number[name], week] = count
        return drafts

    def periods_of(self, week: Week) -> list[int]:
        """Numbers of the periods that hold a week."""
        if week not in self._periods:
            periods = enumerate(self.problem.periods)
            self._periods[week] = [number for number, period in periods if week in period.span]
        return self._periods[week]

    def _mask(self, values: Iterable[bool]) -> Mask:
        return np.array(list(values), dtype=bool)
