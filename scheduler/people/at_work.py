"""Seats that are somebody's: who keeps theirs in a review that has begun, and which a planner reserves (R019, R043)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.people.past_work import past_drafts
from scheduler.people.staff import UNBOUNDED, Staff
from scheduler.people.work_weeks import drafting_span, occupied_weeks, team_weeks
from scheduler.values.arrays import Mask
from scheduler.values.problem import Activity, Seated
from scheduler.values.value import LEADER, Week


@dataclass(frozen=True)
class Seating:
    """The seats of a team of which some are somebody's.

    Attributes
    ----------
    stay
        Who has their seat in any case.
    given_up
        How many seats by skill others may get.
    reserved
        Who alone may have a seat, and has no other one.
    """

    stay: tuple[Seated, ...]
    given_up: Counter[str]
    reserved: tuple[Seated, ...] = ()

    @property
    def holders(self) -> tuple[Seated, ...]:
        """Everybody whose seat no other may get."""
        return self.stay + self.reserved


class AtWork:
    """Answers for one problem, about the people that its teams have `at_work`, and the seats that are `reserved`."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def seating(self, review: Activity, weeks: Sequence[Week]) -> Seating | None:
        """The seats of a review if these are the weeks of its team; None if all are free."""
        if review.team is None:
            return None
        if review.team.at_work is None:
            return self._reserved(review) if review.team.reserved else None
        stay = tuple(seated for seated in review.team.at_work if self._may_go_on(review, seated, weeks))
        had, have = (Counter(seated.skill for seated in people) for people in (review.team.at_work, stay))
        return Seating(stay, had - have)

    def welcome(
        self, review: Activity, skill: str, weeks: Sequence[Week], seated: Sequence[tuple[str, int]] = ()
    ) -> Mask:
        """Who may get a seat of a skill beside others who have theirs, as (skill, number). Shape (inspectors,)."""
        seating = self.seating(review, weeks)
        if seating is None:
            return np.ones(len(self.staff.rests), dtype=bool)
        everybody = np.arange(len(self.staff.rests))
        others = ~np.isin(everybody, [self.staff.number[holder.inspector] for holder in seating.holders])
        if not self._left(seating, skill, seated):
            others[:] = False
        return np.asarray(others | np.isin(everybody, self._holders(seating, skill)))

    def holders(self, review: Activity, skill: str, weeks: Sequence[Week]) -> list[int]:
        """Whose alone some seats of a skill are, as numbers."""
        seating = self.seating(review, weeks)
        return [] if seating is None else self._holders(seating, skill)

    def left_for_others(
        self, review: Activity, skill: str, weeks: Sequence[Week], seated: Sequence[tuple[str, int]] = ()
    ) -> int:
        """How many seats of a skill may still go to people whose they are not, beside those who have one."""
        seating = self.seating(review, weeks)
        return UNBOUNDED if seating is None else self._left(seating, skill, seated)

    def _holders(self, seating: Seating, skill: str) -> list[int]:
        return [self.staff.number[holder.inspector] for holder in seating.holders if holder.skill == skill]

    def _left(self, seating: Seating, skill: str, seated: Sequence[tuple[str, int]]) -> int:
        here = self._holders(seating, skill)
        taken = sum(seat == skill and person not in here for seat, person in seated)
        return max(0, seating.given_up[skill] - taken)

    def _reserved(self, review: Activity) -> Seating:
        """The seats of a review that has not begun; one that is kept for nobody who could have it is anybody's."""
        assert review.team is not None
        holders = tuple(seated for seated in review.team.reserved if self._is_able(review, seated, ()))
        others = Counter(review.team.seats_by_skill()) - Counter(seated.skill for seated in holders)
        return Seating((), others, holders)

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
