"""People of reviews that have begun: who keeps their seat, and whose seats others may get (R019, R043)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.people.past_work import past_drafts
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import drafting_span, occupied_weeks, team_weeks
from scheduler.values.arrays import Mask
from scheduler.values.problem import Activity, Seated
from scheduler.values.value import LEADER, Week


@dataclass(frozen=True)
class Seating:
    """The seats of a team that is at work: who stays, and how many by skill others may get."""

    stay: tuple[Seated, ...]
    given_up: Counter[str]


class AtWork:
    """Answers for one problem, about the people that its teams have `at_work`."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def seating(self, review: Activity, weeks: Sequence[Week]) -> Seating | None:
        """The seats of a review if these are the weeks of its team; None if it is not at work: all are free."""
        if review.team is None or review.team.at_work is None:
            return None
        stay = tuple(seated for seated in review.team.at_work if self._may_go_on(review, seated, weeks))
        had, have = (Counter(seated.skill for seated in people) for people in (review.team.at_work, stay))
        return Seating(stay, had - have)

    def welcome(self, review: Activity, skill: str, weeks: Sequence[Week]) -> Mask:
        """Who may get a seat of a review that is at work; everybody if it is not. Shape (inspectors,)."""
        seating = self.seating(review, weeks)
        if seating is None:
            return np.ones(len(self.staff.rests), dtype=bool)
        keepers = [self.staff.number[seated.inspector] for seated in seating.stay]
        here = [self.staff.number[seated.inspector] for seated in seating.stay if seated.skill == skill]
        everybody = np.arange(len(self.staff.rests))
        others = ~np.isin(everybody, keepers) if seating.given_up[skill] else np.zeros(len(everybody), bool)
        return np.asarray(others | np.isin(everybody, here))

    def _may_go_on(self, review: Activity, seated: Seated, weeks: Sequence[Week]) -> bool:
        return self._is_able(review, seated, weeks) and not self._is_kept(review, seated, weeks)

    def _is_able(self, review: Activity, seated: Seated, weeks: Sequence[Week]) -> bool:
        """Whether somebody may have the seat if they had no other review that is not over."""
        staff = self.staff
        person = staff.number.get(seated.inspector)
        if person is None or not staff.skilled(seated.skill)[person] or not staff.independent(review)[person]:
            return False
        if not weeks:
            return True
        if weeks[0] < staff.trained_from[person] or not staff.there(weeks)[person]:
            return False
        taken, rest = staff.past_taken[person], int(staff.rests[person])
        after = range(weeks[-1] + 1, weeks[-1] + 1 + rest)
        return not any(taken[week] for week in (*weeks, *after) if 0 <= week < len(taken))

    def _is_kept(self, review: Activity, seated: Seated, weeks: Sequence[Week]) -> bool:
        """Whether another review at work, which goes before this one, keeps somebody."""
        drafts = self._past_drafts[seated.inspector].copy()
        rest = int(self.staff.rests[self.staff.number[seated.inspector]])
        for other, seat, worked in self._before(review, seated.inspector):
            if worked is None or occupied_weeks(worked, rest) & occupied_weeks(weeks, rest):
                return True
            if seat.skill == LEADER:
                drafts.update(drafting_span(other, worked))
        most = self.staff.problem.leader_drafts
        return seated.skill == LEADER and any(drafts[week] >= most for week in drafting_span(review, weeks))

    def _before(
        self, review: Activity, name: str
    ) -> Iterator[tuple[Activity, Seated, tuple[Week, ...] | None]]:
        """Reviews at work that go before another, with somebody's seat in them and its weeks, None if they are open."""
        here = self._rank(review)
        for other in self.staff.reviews.values():
            for seated in (other.team.at_work or ()) if other.team is not None else ():
                if seated.inspector == name and self._rank(other) < here:
                    weeks = None if other.pinned_starts is None else team_weeks(other, other.pinned_starts)
                    if weeks is None or self._is_able(other, seated, weeks):
                        yield other, seated, weeks

    def _rank(self, review: Activity) -> tuple[bool, int]:
        """Pinned reviews go first, then those that stand earlier in the problem."""
        return review.pinned_starts is None, self._numbers[review.id]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.staff.reviews)}

    @cached_property
    def _past_drafts(self) -> dict[str, Counter[Week]]:
        return past_drafts(self.staff.problem)
