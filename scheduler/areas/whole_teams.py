"""Start weeks for which a whole team could be there: enough people of each skill in all of its weeks.

One team works on all stages of an activity that use it. Pools count people week by week, and one week's
people may be away in another; so start weeks of a stage, and pairs of start weeks of consecutive stages,
for which an activity would find too few people even if it were alone are left out. That holds for every
plan without an uncovered place.
"""

import numpy as np

from scheduler.people.capacity import Counts, Skills, body_demand, team_demand
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Activity, Problem

Pairs = tuple[int, int, bytes]


class WholeTeams:
    """Answers for one problem; presence in stages of equal length is computed once."""

    def __init__(self, problem: Problem) -> None:
        self.staff, self.num_weeks = Staff(problem), problem.num_weeks
        self._stages: dict[int, Mask] = {}
        self._pairs: dict[Pairs, Mask] = {}
        self._counts: dict[tuple[int | Pairs, Skills, str], Counts] = {}

    def weeks(self, activity: Activity, duration: int) -> Mask:
        """Start weeks of a stage in which the activity's team could be there, shape (weeks,)."""
        return self._suffices(activity, duration, self._in_stage(duration))

    def pairs(self, activity: Activity, durations: tuple[int, int], child: Ints) -> Mask:
        """Which pairs of start weeks of two stages the same team could do, shape (weeks, width).

        Parameters
        ----------
        child
            Shape (weeks, width): start weeks of the second stage to be paired with each week of the first.
        """
        key = (*durations, child.tobytes())
        if key not in self._pairs:
            first, second = (self._in_stage(duration) for duration in durations)
            self._pairs[key] = first[:, :, None] & second[:, child]
        return self._suffices(activity, key, self._pairs[key])

    def _suffices(self, activity: Activity, key: int | Pairs, there: Mask) -> Mask:
        """Where there are enough independent people for each skill and each body, and for all of them together."""
        demand = team_demand(activity)
        everybody = frozenset(skill for skill, _ in demand)
        wanted = [(frozenset([skill]), "", count) for skill, count in demand]
        wanted.append((everybody, "", sum(count for _, count in demand)))
        wanted += [(everybody, body, count) for body, count in body_demand(activity)]
        enough = np.ones(there.shape[1:], dtype=bool)
        barred = ~self.staff.independent(activity)
        for skills, body, count in wanted:
            away = there[self._able(skills, body) & barred].sum(axis=0)
            enough &= self._count(key, there, skills, body) - away >= count
        return enough

    def _able(self, skills: Skills, body: str) -> Mask:
        """Who has one of the skills, of one body if it is named, shape (inspectors,)."""
        able = np.zeros(len(self.staff.rests), dtype=bool)
        for skill in skills:
            able |= self.staff.skilled(skill)
        return able & self.staff.of_body(body) if body else able

    def _count(self, key: int | Pairs, there: Mask, skills: Skills, body: str) -> Counts:
        if (key, skills, body) not in self._counts:
            self._counts[key, skills, body] = there[self._able(skills, body)].sum(axis=0, dtype=np.int64)
        return self._counts[key, skills, body]

    def _in_stage(self, duration: int) -> Mask:
        """Who is there in all weeks of a stage by its start week, shape (inspectors, weeks)."""
        if duration not in self._stages:
            beyond = np.zeros((len(self.staff.present), duration), dtype=bool)
            padded = np.concatenate([self.staff.present, beyond], axis=1)
            weeks = self.num_weeks
            shifted = [padded[:, shift : shift + weeks] for shift in range(duration)]
            self._stages[duration] = np.logical_and.reduce(shifted)
        return self._stages[duration]
