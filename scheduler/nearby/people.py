"""The people of a part of a plan in a CP-SAT model: some reviews have options, the others are left out.

Every set of team weeks that a review may have is an option of it, and the team
problem sees each option as a review of its own that takes place or does not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.people.at_work import AtWork, Seating
from scheduler.people.roster import teams_by_review
from scheduler.people.staff import Staff
from scheduler.people.team_model import TeamModel
from scheduler.people.work_weeks import drafting_span, team_weeks
from scheduler.teams.part import TeamPart
from scheduler.teams.rows import TeamRows
from scheduler.values.arrays import Mask, indexes
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, PastReview, Problem
from scheduler.values.value import LEADER, Starts, Week


@dataclass(frozen=True)
class Schedule:
    """Start weeks by activity (of those that have some already), and teams."""

    starts: Starts
    members: tuple[TeamMember, ...]

    def without(self, names: Collection[str]) -> "Schedule":
        """The same without some activities."""
        starts = {name: weeks for name, weeks in self.starts.items() if name not in names}
        return Schedule(starts, tuple(member for member in self.members if member.activity not in names))


@dataclass(frozen=True)
class Option:
    """Dates that a review may have; `literal` says whether it has them, the constant 1 where it must."""

    review: Activity
    starts: tuple[Week, ...]
    literal: Any = 1


class PeoplePart:
    """Adds seats and people of some options to a model.

    Attributes
    ----------
    uncovered
        Uncovered seats, one integer for each entry of seats.
    changed
        Announced people of the reviews who are not in their teams, as an expression.
    num_announced
        The most that `changed` can be.
    chosen
        For each column of `model` that may be used whether it is.
    """

    def __init__(
        self,
        cp: Any,
        staff: Staff,
        options: Sequence[Option],
        others: Iterable[PastReview] = (),
        with_shares: bool = False,
    ) -> None:
        """Add the people to `cp`.

        Parameters
        ----------
        others
            The reviews that are left out and keep their people. If they are not given, whatever the model
            cannot do nobody can.
        with_shares
            Whether `cost` counts what each person works above the fair share.
        """
        self.cp, self.staff, self.options = cp, staff, tuple(options)
        self.model = TeamModel(*self._expanded(others), self._seatings())
        self.columns = np.arange(self.model.num_columns, dtype=np.int64)
        literals = [option.literal for option in self.options]
        self.part = TeamPart(cp, TeamRows(self.model), self.columns, with_shares, takes_place=literals)
        self.chosen, self.uncovered = self.part.chosen, self.part.uncovered
        self.changed = self._changed()

    @cached_property
    def cost(self) -> Any:
        """Cost of people apart from what no choice changes."""
        prices = self.model.cost[self.columns].tolist()
        seated = sum(price * literal for price, literal in zip(prices, self.chosen, strict=True))
        return seated + sum(self.part.share_terms)

    def lost(self, members: Collection[TeamMember]) -> Any:
        """How many of some people are not in their seat, as an expression."""
        return len(members) - sum(self.chosen[index] for index in np.flatnonzero(self._seats_of(members)))

    def members(self, values: Sequence[int]) -> tuple[TeamMember, ...]:
        """The filled seats that chosen columns stand for."""
        chosen = self.columns[np.flatnonzero(values)].tolist()
        return tuple(
            self.model.member(column).model_copy(
                update={"activity": self.options[self.model.review[column]].review.id}
            )
            for column in chosen
        )

    def hint(self, members: Iterable[TeamMember], is_present: Sequence[bool]) -> None:
        """Hint at people, in those options that are present."""
        present = np.array(is_present, dtype=bool)
        taken = self._seats_of(members) & present[self.model.review[self.columns]]
        for option, is_there in zip(self.options, present.tolist(), strict=True):
            if not isinstance(option.literal, int):
                self.cp.add_hint(option.literal, is_there)
        filled = np.bincount(self.model.seat[self.columns[taken]], minlength=len(self.model.seats))
        there = present[self.model.seats_review]
        self.part.hint(taken, np.where(there, np.maximum(0, self.model.counts - filled), 0).tolist())

    def _seats_of(self, members: Iterable[TeamMember]) -> Mask:
        """Which columns put people into their seats, in whatever option of the review, shape (columns,)."""
        names: dict[str, list[str]] = defaultdict(list)
        for option, copy in zip(self.options, self.model.reviews, strict=True):
            names[option.review.id].append(copy.id)
        known = self.model.column_by_member
        keys = (
            (name, member.skill, member.inspector) for member in members for name in names[member.activity]
        )
        return np.isin(self.columns, indexes(known[key] for key in keys if key in known))

    def _expanded(self, others: Iterable[PastReview]) -> tuple[Problem, dict[str, tuple[Week, ...]]]:
        """The problem in which every option is an activity, and its starts.

        What the reviews left out take from their people is what past ones take: weeks, rest, drafting, a part of
        the yearly count.
        """
        problem = self.staff.problem
        named = {f"{option.review.id}/{number}": option for number, option in enumerate(self.options)}
        activities = tuple(option.review.model_copy(update={"id": name}) for name, option in named.items())
        update = {"activities": activities, "past_reviews": (*problem.past_reviews, *others)}
        return problem.model_copy(update=update), {name: option.starts for name, option in named.items()}

    def _seatings(self) -> list[Seating | None]:
        """Who keeps a seat in each option of a review that is at work."""
        at_work = AtWork(self.staff)
        return [
            at_work.seating(option.review, team_weeks(option.review, option.starts))
            for option in self.options
            if option.review.team is not None
        ]

    def _changed(self) -> Any:
        reviews = {option.review.id: option.review for option in self.options}
        announced = {
            (name, person)
            for name, review in reviews.items()
            if review.published is not None
            for person in self.staff.numbers(review.published.members)
        }
        names = [option.review.id for option in self.options]
        kept = [
            literal
            for literal, column in zip(self.chosen, self.columns.tolist(), strict=True)
            if (names[self.model.review[column]], int(self.model.person[column])) in announced
        ]
        self.num_announced = len(announced)
        return self.num_announced - sum(kept)


def left_out(staff: Staff, schedule: Schedule, inside: Collection[str]) -> list[PastReview]:
    """The reviews with dates and people that a model leaves out, with all that they take from these people."""
    left = schedule.without(inside)
    teams = teams_by_review(left.members).items()
    weeks = {name: staff.weeks(name, left.starts) for name, _ in teams if name in left.starts}
    return [_as_past(staff.reviews[name], weeks[name], team) for name, team in teams if weeks.get(name)]


def _as_past(review: Activity, weeks: tuple[Week, ...], team: Sequence[TeamMember]) -> PastReview:
    drafting = drafting_span(review, weeks)
    return PastReview(
        id=review.id,
        area=review.area,
        team_weeks=weeks,
        members=tuple(member.inspector for member in team),
        leader=next((member.inspector for member in team if member.skill == LEADER), None),
        drafting_end=drafting.stop if drafting else None,
    )


def near(
    staff: Staff, reviews: Iterable[str], starts: Mapping[str, Any], stretches: Iterable[Sequence[Week]]
) -> set[str]:
    """The reviews at work or resting when others are, of which the team weeks are given."""
    rest = staff.longest_rest
    wanted = _merged((weeks[0] - rest, weeks[-1] + rest) for weeks in stretches if weeks)
    found = set()
    for name in reviews:
        weeks = staff.weeks(name, starts) if name in starts else ()
        if weeks and any(weeks[0] <= last and weeks[-1] >= first for first, last in wanted):
            found.add(name)
    return found


def _merged(stretches: Iterable[tuple[Week, Week]]) -> list[tuple[Week, Week]]:
    """The same weeks in as few stretches as possible."""
    merged: list[tuple[Week, Week]] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def widened(
    staff: Staff, reviews: Sequence[str], starts: Mapping[str, Any], inside: set[str], rings: int
) -> set[str]:
    """Some reviews and, so many times, all that are near those found so far."""
    for _ in range(rings):
        inside = inside | near(staff, reviews, starts, [staff.weeks(name, starts) for name in inside])
    return inside
