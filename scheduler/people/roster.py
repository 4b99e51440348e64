"""Who is free, who may have which seat, and why not: inspectors, and the seats that they have.

Whether and why not are one list of rules, so that nobody is told a reason that does not count. Each question is
about a person and the other teams as they are; the bodies of a whole team are in `bodies`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Literal

import numpy as np

from scheduler.people.at_work import AtWork
from scheduler.people.bodies import people_of_enough_bodies
from scheduler.people.past_work import past_reviews
from scheduler.people.staff import UNBOUNDED, Staff
from scheduler.people.work_weeks import drafting_span, occupied_weeks, team_weeks
from scheduler.values.arrays import Ints, Mask
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity
from scheduler.values.value import LEADER, Identifier, Starts, Value, Week

Reason = Literal[
    "no_skill",
    "not_independent",
    "not_trained",
    "away",
    "kept",
    "same_team",
    "busy",
    "at_maximum",
    "drafting",
]
"""Without the skill, a conflict or rotation, not trained yet, away in some of the weeks, a seat that is somebody else's
(they are at work in it, or it is kept for them) or that nobody had when the review began, in another seat of this team,
working on or resting after other reviews, at the maximum of a period, drafting as many reports as a leader may."""


BY_OTHERS: tuple[Reason, ...] = ("same_team", "busy", "at_maximum", "drafting")
"""Reasons that other seats of the same person give."""


class WhyNot(Value):
    """Why somebody may not have a seat.

    Attributes
    ----------
    activities
        The reviews that keep the person busy, past ones included.
    weeks
        The weeks in which the person is away.
    period
        The period whose maximum is reached.
    """

    why: Reason
    activities: tuple[Identifier, ...] = ()
    weeks: tuple[Week, ...] = ()
    period: str = ""


class Roster:
    """The seats that are filled, and who could have another one beside them.

    Attributes
    ----------
    seats
        (skill, inspector's number) of the filled seats of each review.
    weeks
        The team weeks of each review whose team is known.
    at_work
        Whose some seats are, whatever the roster says.
    """

    def __init__(
        self, staff: Staff, starts: Starts | None = None, members: Iterable[TeamMember] = ()
    ) -> None:
        self.staff, self.at_work = staff, AtWork(staff)
        self.seats: dict[str, list[tuple[str, int]]] = {}
        self.weeks: dict[str, tuple[Week, ...]] = {}
        self._taken = staff.past_taken.copy()
        self._known: dict[tuple[Week, ...], Mask] = {}
        for name, team in teams_by_review(members).items():
            if starts is not None and name in starts:
                self.put(staff.reviews[name], starts[name], team)

    @cached_property
    def _begun(self) -> Ints:
        return self.staff.past_begun.copy()

    @cached_property
    def _drafts(self) -> Ints:
        return self.staff.past_drafts.copy()

    def put(
        self, review: Activity, starts: Sequence[Week], members: Iterable[TeamMember], sign: int = 1
    ) -> None:
        """Write a team down; with `sign` -1 strike it out."""
        seats = [(member.skill, self.staff.number[member.inspector]) for member in members]
        known = self.seats.get(review.id, [])
        self.weeks[review.id] = team_weeks(review, starts)
        self.seats[review.id] = known + seats if sign > 0 else [seat for seat in known if seat not in seats]
        self._count(review, seats, sign)

    @contextmanager
    def without(self, names: Iterable[str]) -> Iterator[None]:
        """Ask as if some reviews had no team."""
        lifted = {name: self.seats.pop(name) for name in names if name in self.seats}
        for name, seats in lifted.items():
            self._count(self.staff.reviews[name], seats, -1)
        try:
            yield
        finally:
            for name, seats in lifted.items():
                self._count(self.staff.reviews[name], seats, 1)
                self.seats[name] = seats

    def free(self, weeks: Sequence[Week]) -> Mask:
        """Who could work in all of these weeks and rest afterwards, shape (inspectors,)."""
        return self.staff.there(weeks) & self._rested(weeks)

    def free_in_each(self, weeks: Ints) -> Mask:
        """The same for sets of weeks, who may also begin another review in the first of each, shape (sets, inspectors).

        Weeks have shape (sets, weeks); they lie within the horizon, in increasing order.
        """
        free = np.asarray(self.staff.available[:, weeks].all(axis=2) & ~self._taken[:, weeks].any(axis=2))
        for rest, needing in self.staff.resting:
            after = weeks[:, -1:] + 1 + np.arange(rest)
            free[needing] &= ~self._taken[needing][:, after].any(axis=2)
        for week in np.unique(weeks[:, 0]).tolist():
            free[:, weeks[:, 0] == week] &= self._may_begin(week)[:, None]
        return np.asarray(free.T)

    def may_sit(self, review: Activity, skill: str, weeks: Sequence[Week]) -> Mask:
        """Who could have a seat of a review with these team weeks, shape (inspectors,)."""
        able = np.ones(len(self.staff.rests), dtype=bool)
        for _, passes in self._rules(review, skill, weeks):
            able &= passes
            if not able.any():
                break
        return able

    def why_not(self, person: int, review: Activity, skill: str, weeks: Sequence[Week]) -> WhyNot | None:
        """The first reason why somebody may not have a seat of a review with these team weeks; None if they may."""
        for why, passes in self._rules(review, skill, weeks):
            if not passes[person]:
                return self._told(why, person, weeks)
        return None

    def kept_by_others(self, review: Activity, skill: str, weeks: Sequence[Week]) -> Mask:
        """Who could have a seat if they had no other reviews, but may not have it beside them, shape (inspectors,)."""
        able, may = np.ones(len(self.staff.rests), dtype=bool), np.ones(len(self.staff.rests), dtype=bool)
        for why, passes in self._rules(review, skill, weeks):
            may &= passes
            if why not in BY_OTHERS:
                able &= passes
        return able & ~may

    def people_for(
        self, review: Activity, skills: Sequence[str], weeks: Sequence[Week], price: Ints | None = None
    ) -> list[int] | None:
        """Somebody for each of some seats of a review, of the right bodies together; None if there are no such people.

        The other seats of the review stay empty, each of them may still bring a body (R056, R144).

        Parameters
        ----------
        price
            Shape (inspectors,): people of a lower price are preferred; without it those first in the problem.
        """
        order = np.arange(len(self.staff.rests)) if price is None else np.argsort(price, kind="stable")
        able = {skill: order[self.may_sit(review, skill, weeks)[order]] for skill in dict.fromkeys(skills)}
        seated, seen, wanted = self.seats.get(review.id, ()), Counter[str](), []
        for skill in skills:
            is_anybodys = seen[skill] < self.at_work.left_for_others(review, skill, weeks, seated)
            holders = self.at_work.holders(review, skill, weeks)
            wanted.append([n for n in able[skill].tolist() if is_anybodys or n in holders])
            seen[skill] += 1
        open_seats = (review.team.seats() if review.team is not None else 0) - len(skills)
        return people_of_enough_bodies(review.team, wanted, self.staff.bodies, open_seats)

    def team(self, review: Activity, starts: Sequence[Week]) -> tuple[TeamMember, ...] | None:
        """A whole team of people who are free, None if there is none; the other teams stay as they are."""
        weeks = team_weeks(review, starts)
        demand = review.team.seats_by_skill() if review.team is not None else {}
        skills = [skill for skill, count in demand.items() for _ in range(count)]
        people = self.people_for(review, skills, weeks) if weeks or not skills else None
        if people is None:
            return None
        names = [self.staff.problem.inspectors[person].id for person in people]
        pairs = zip(skills, names, strict=True)
        return tuple(TeamMember(activity=review.id, skill=skill, inspector=name) for skill, name in pairs)

    def begins_left(self, person: int, week: Week) -> dict[int, int]:
        """Reviews that a person may still begin, by number of each period with a maximum that holds `week`."""
        left = (self.staff.most - self._begun)[person]
        bounded = self.staff.most[person] < UNBOUNDED
        return {number: int(left[number]) for number in self.staff.periods_of(week) if bounded[number]}

    def drafts_left(self, review: Activity, weeks: Sequence[Week]) -> Ints:
        """Reports that leaders may draft in the fullest week of drafting after these team weeks (R052).

        Returns
        -------
        Shape (inspectors,).
        """
        span = drafting_span(review, weeks)
        fullest = self._drafts[:, span.start : span.stop].max(axis=1, initial=0)
        return np.asarray(self.staff.problem.leader_drafts - fullest, dtype=np.int64)

    def _rules(self, review: Activity, skill: str, weeks: Sequence[Week]) -> Iterator[tuple[Reason, Mask]]:
        """Who passes each rule of a seat, those first that no other dates and teams would change."""
        staff = self.staff
        yield "no_skill", staff.skilled(skill)
        yield "not_independent", staff.independent(review)
        if not weeks:
            return
        yield "not_trained", staff.trained_from <= weeks[0]
        yield "away", staff.there(weeks)
        yield "kept", self.at_work.welcome(review, skill, weeks, self.seats.get(review.id, ()))
        seated = [person for _, person in self.seats.get(review.id, ())]
        yield "same_team", ~np.isin(np.arange(len(staff.rests)), seated)
        yield "busy", self._rested(weeks)
        held = staff.periods_of(weeks[0])
        yield "at_maximum", np.asarray((self._begun[:, held] < staff.most[:, held]).all(axis=1))
        if skill == LEADER:
            yield "drafting", self.drafts_left(review, weeks) > 0

    def _may_begin(self, week: Week) -> Mask:
        """Who may begin another review in a week, shape (inspectors,)."""
        held = self.staff.periods_of(week)
        return np.asarray((self._begun[:, held] < self.staff.most[:, held]).all(axis=1))

    def _rested(self, weeks: Sequence[Week]) -> Mask:
        """Who has neither work nor rest in these weeks, and no work in the rest that they would have after them."""
        key = tuple(weeks)
        if key not in self._known:
            self._known[key] = self._find_rested(key)
        return self._known[key]

    def _find_rested(self, weeks: Sequence[Week]) -> Mask:
        inside = [week for week in weeks if 0 <= week < self._taken.shape[1]]
        rested = np.asarray(~self._taken[:, inside].any(axis=1))
        for rest, needing in self.staff.resting if weeks else ():
            after = self._taken[:, max(0, weeks[-1] + 1) : max(0, weeks[-1] + 1 + rest)].any(axis=1)
            rested &= ~(after & needing)
        return rested

    def _told(self, why: Reason, person: int, weeks: Sequence[Week]) -> WhyNot:
        """A reason with the facts that show it."""
        if why == "away":
            there = set(np.flatnonzero(self.staff.available[person]).tolist())
            return WhyNot(why=why, weeks=tuple(week for week in weeks if week not in there))
        if why == "busy":
            return WhyNot(why=why, activities=tuple(self._clashing(person, weeks)))
        if why == "at_maximum":
            full = (number for number, left in self.begins_left(person, weeks[0]).items() if left <= 0)
            return WhyNot(why=why, period=self.staff.problem.periods[next(full)].id)
        return WhyNot(why=why)

    def _clashing(self, person: int, weeks: Sequence[Week]) -> Iterator[str]:
        """Reviews of a person that leave no room for work in these weeks, past ones last."""
        inspector = self.staff.problem.inspectors[person]
        work = [
            (name, self.weeks[name]) for name, team in self.seats.items() if person in [p for _, p in team]
        ]
        work += [
            (past.id, past.team_weeks) for past in past_reviews(self.staff.problem).get(inspector.id, ())
        ]
        occupied = occupied_weeks(weeks, inspector.rest_weeks)
        return (name for name, worked in work if occupied & occupied_weeks(worked, inspector.rest_weeks))

    def _count(self, review: Activity, seats: Sequence[tuple[str, int]], sign: int) -> None:
        """Count the work of a team, or take it back."""
        self._known.clear()
        weeks = self.weeks[review.id]
        if not weeks:
            return
        drafting, held = drafting_span(review, weeks), self.staff.periods_of(weeks[0])
        for skill, person in seats:
            rest = int(self.staff.rests[person])
            self._taken[person, list(weeks)] += sign
            self._taken[person, weeks[-1] + 1 : weeks[-1] + 1 + rest] += sign
            self._begun[person, held] += sign
            if skill == LEADER:
                self._drafts[person, drafting.start : drafting.stop] += sign


def teams_by_review(members: Iterable[TeamMember]) -> dict[str, list[TeamMember]]:
    """The filled seats of each review."""
    teams: dict[str, list[TeamMember]] = defaultdict(list)
    for member in members:
        teams[member.activity].append(member)
    return teams
