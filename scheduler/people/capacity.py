"""How many people are there: inspectors by week who have at least one of some skills."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from scheduler.people.eligibility import attendance, has_skill
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Activity, Inspector, Problem

Skills = frozenset[str]
Counts = Ints


def team_demand(activity: Activity) -> tuple[tuple[str, int], ...]:
    """Demanded places by skill, sorted; the leader's seat counts as skill 'leader' (R057)."""
    return () if activity.team is None else tuple(sorted(activity.team.seats_by_skill().items()))


def body_demand(activity: Activity) -> tuple[tuple[str, int], ...]:
    """Fewest inspectors of a team by body, sorted (R144); only bodies of which any are needed."""
    return () if activity.team is None else tuple(sorted(activity.team.least_from().items()))


def places_within(demand: tuple[tuple[str, int], ...], skills: Skills) -> int:
    """Number of places that only people with one of these skills can fill."""
    return sum(count for skill, count in demand if skill in skills)


class People:
    """Counts of inspectors by what they can do.

    By Hall's theorem the places of a week can all be filled, as far as skills and attendance go, exactly
    if for every set of skills the places that need one of them are at most the people who have one.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        demands = (team_demand(activity) for activity in problem.activities)
        self.skills: tuple[str, ...] = tuple(sorted({skill for demand in demands for skill, _ in demand}))
        quotas = (body_demand(activity) for activity in problem.activities)
        self.bodies: tuple[str, ...] = tuple(sorted({body for quota in quotas for body, _ in quota}))
        self.present = attendance(problem)
        self.counts = self._counted(self.present)
        self._yearly: dict[str, dict[Skills, int | None]] = {}

    def useful_skills(self, inspector: Inspector) -> Skills:
        """The demanded skills that the inspector has, the leader's seat included."""
        return frozenset(skill for skill in self.skills if has_skill(inspector, skill))

    @cached_property
    def everybody(self) -> Skills:
        """All demanded skills."""
        return frozenset(self.skills)

    def available(self, skills: Skills) -> Counts:
        """People by week who are there and have at least one of the skills, shape (weeks,)."""
        return _with_one_of(self.counts, skills, self.problem.num_weeks)

    @cached_property
    def rest_weeks(self) -> int:
        """The rest that everybody who can be in a team has at least after a review."""
        useful = [inspector for inspector in self.problem.inspectors if self.useful_skills(inspector)]
        return min((inspector.rest_weeks for inspector in useful), default=0)

    def lately_available(self, skills: Skills) -> Counts:
        """People with one of the skills who are there in a week or were in one of the `rest_weeks` before it.

        Returns
        -------
        Shape (weeks + rest weeks,).
        """
        return _with_one_of(self.lately, skills, self.problem.num_weeks + self.rest_weeks)

    @cached_property
    def lately(self) -> dict[Skills, Counts]:
        """People who are or lately were there by skill set and week."""
        return self._counted(self._lately_present)

    @cached_property
    def _lately_present(self) -> Mask:
        """Who is or lately was there, shape (inspectors, weeks + rest weeks)."""
        num_people, num_weeks = self.present.shape
        lately = np.zeros((num_people, num_weeks + self.rest_weeks), dtype=bool)
        for shift in range(self.rest_weeks + 1):
            lately[:, shift : shift + num_weeks] |= self.present
        return lately

    def available_of(self, body: str) -> Counts:
        """People of a body by week who are there and have a demanded skill, shape (weeks,)."""
        return np.asarray(self.present[self._members_of(body)].sum(axis=0), dtype=np.int64)

    def lately_of(self, body: str) -> Counts:
        """The same who are there in a week or were in one of the `rest_weeks` before, shape (weeks + rest weeks,)."""
        return np.asarray(self._lately_present[self._members_of(body)].sum(axis=0), dtype=np.int64)

    def yearly_of(self, body: str, kind: str) -> int | None:
        """Reviews that the people of a body may begin in a period of this kind; None if unbounded."""
        counts = [self.problem.inspectors[number].max_reviews.get(kind) for number in self._members_of(body)]
        return None if None in counts else sum(units for units in counts if units is not None)

    def num_holders(self, skills: Iterable[str], body: str = "") -> int:
        """How many people there are with one of some demanded skills, or of a body and with any of them."""
        if body:
            return len(self._members_of(body))
        wanted = frozenset(skills)
        return sum(bool(self.useful_skills(inspector) & wanted) for inspector in self.problem.inspectors)

    def _members_of(self, body: str) -> list[int]:
        """Numbers of the people of a body who have a demanded skill."""
        people = enumerate(self.problem.inspectors)
        return [number for number, person in people if person.body == body and self.useful_skills(person)]

    def _counted(self, flags: Mask) -> dict[Skills, Counts]:
        """How many flags (inspectors, weeks) are set in each week, by the demanded skills of the inspectors."""
        counts: dict[Skills, Counts] = {}
        for inspector, row in zip(self.problem.inspectors, flags.astype(np.int64), strict=True):
            if useful := self.useful_skills(inspector):
                counts[useful] = counts.get(useful, 0) + row
        return counts

    def yearly_counts(self, kind: str) -> dict[Skills, int | None]:
        """Reviews that people may begin in a period of this kind by skill set, None if unbounded."""
        if kind in self._yearly:
            return self._yearly[kind]
        counts = self._yearly[kind] = {}
        for inspector in self.problem.inspectors:
            if useful := self.useful_skills(inspector):
                known, more = counts.get(useful, 0), inspector.max_reviews.get(kind)
                counts[useful] = None if known is None or more is None else known + more
        return counts

    def yearly(self, skills: Skills, kind: str) -> int | None:
        """Reviews that people with one of the skills may begin in a period of this kind; None if unbounded."""
        counts = [units for useful, units in self.yearly_counts(kind).items() if useful & skills]
        return None if None in counts else sum(units for units in counts if units is not None)


def _with_one_of(counts: dict[Skills, Counts], skills: Skills, num_weeks: int) -> Counts:
    """Counts of all sets of skills that share one with these, shape (weeks,)."""
    total = np.zeros(num_weeks, dtype=np.int64)
    for useful, count in counts.items():
        if useful & skills:
            total += count
    return total
