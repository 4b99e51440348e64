"""The team problem for fixed dates: its seats, and one column for each person who may fill one.

Rules that concern one seat alone (skill, training, attendance, independence) decide which columns
exist; rules that tie columns together are in `team_rows`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.cost import distance_km
from scheduler.people.at_work import AtWork, Seating
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import drafting_span, team_weeks
from scheduler.values.arrays import Ints, Mask, indexes
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import LEADER, Week


@dataclass(frozen=True)
class Seats:
    """`count` equal seats of one review; `review` is an index into `TeamModel.reviews`.

    One that is somebody's is only theirs (`keeper`), and filled in any case if they are at work in it (`is_filled`).
    One that was open in a team at work stays open (`is_shut`).
    """

    review: int
    skill: str
    count: int
    keeper: str | None = None
    is_filled: bool = False
    is_shut: bool = False


class TeamModel:
    """Seats and columns for one problem and its dates.

    Attributes
    ----------
    staff
        The inspectors, and what past work has taken of them.
    reviews
        The activities that have a team, in the order of the problem.
    weeks
        The team weeks of each review.
    drafting
        The weeks in which its leader drafts the report of each review.
    seats
        All seats, equal ones together.
    person, seat, review
        One entry per column, shape (columns,), ordered by seat: inspector index, index into `seats`,
        index into `reviews`.
    counts, seats_review
        Number and review of each entry of `seats`, shape (seats,).
    leads
        Whether each column fills a leader's seat, shape (columns,).
    """

    def __init__(
        self,
        problem: Problem,
        starts: Mapping[str, Sequence[Week]],
        seatings: Sequence[Seating | None] | None = None,
    ) -> None:
        """Make the model.

        Parameters
        ----------
        seatings
            Of each review with a team whose its seats are; if they are not given, what the problem says.
        """
        self.problem, self.staff = problem, Staff(problem)
        self.reviews = tuple(self.staff.reviews.values())
        self.weeks = tuple(team_weeks(review, starts[review.id]) for review in self.reviews)
        self.drafting = tuple(map(drafting_span, self.reviews, self.weeks))
        if seatings is None:
            at_work = AtWork(self.staff)
            seatings = [at_work.seating(*item) for item in zip(self.reviews, self.weeks, strict=True)]
        self.seats = tuple(
            seats
            for index, (review, seating) in enumerate(zip(self.reviews, seatings, strict=True))
            for seats in _seats(index, review, seating)
        )
        self.counts = indexes(seats.count for seats in self.seats)
        self.seats_review = indexes(seats.review for seats in self.seats)
        self.person, self.seat = self._columns()
        self.review = self.seats_review[self.seat]
        self.leads = np.array([seats.skill == LEADER for seats in self.seats], dtype=bool)[self.seat]

    @cached_property
    def kept(self) -> Ints:
        """Columns of those who keep their seat: these are chosen in any case."""
        keeps = np.array([seats.is_filled for seats in self.seats], dtype=bool)
        return np.flatnonzero(keeps[self.seat]) if len(self.seats) else indexes([])

    @cached_property
    def most_open(self) -> Ints:
        """How many of each entry of seats may stay open: none that somebody keeps."""
        return indexes(0 if seats.is_filled else seats.count for seats in self.seats)

    @property
    def num_columns(self) -> int:
        """Number of columns."""
        return len(self.person)

    @property
    def num_persons(self) -> int:
        """Number of inspectors."""
        return len(self.problem.inspectors)

    @cached_property
    def cost(self) -> Ints:
        """Price of each column, shape (columns,); negative where leaving a person out would be dearer."""
        return self._pair_costs[0][self.person, self.review]

    @property
    def constant(self) -> int:
        """Cost of people that no choice changes."""
        return self._pair_costs[1]

    @cached_property
    def column_by_member(self) -> dict[tuple[str, str, str], int]:
        """Column of (activity, skill, inspector)."""
        names = [inspector.id for inspector in self.problem.inspectors]
        places = [(self.reviews[seats.review].id, seats.skill) for seats in self.seats]
        pairs = zip(self.person.tolist(), self.seat.tolist(), strict=True)
        return {(*places[seat], names[person]): column for column, (person, seat) in enumerate(pairs)}

    def member(self, column: int) -> TeamMember:
        """The filled seat that a column stands for."""
        return TeamMember(
            activity=self.reviews[self.review[column]].id,
            skill=self.seats[self.seat[column]].skill,
            inspector=self.problem.inspectors[self.person[column]].id,
        )

    def members(self, chosen: Ints) -> tuple[TeamMember, ...]:
        """The filled seats of chosen columns, sorted."""
        found = [self.member(column) for column in chosen.tolist()]
        return tuple(sorted(found, key=lambda member: (member.activity, member.skill, member.inspector)))

    @cached_property
    def _pair_costs(self) -> tuple[Ints, int]:
        """Price of each inspector in each review, shape (inspectors, reviews), and the constant beside it.

        Announced members cost their price in the constant and get it back where they stay.
        """
        prices, inspectors = self.problem.team_prices, self.problem.inspectors
        place = {area.id: area.location for area in self.problem.areas}
        kilometres = [[distance_km(i.home, place[r.area]) for r in self.reviews] for i in inspectors]
        costs = prices.per_km * np.array(kilometres, dtype=np.int64).reshape(
            len(inspectors), len(self.reviews)
        )
        constant = 0
        for index, review in enumerate(self.reviews):
            announced = set(review.published.members) if review.published else set()
            kept = [number for number, inspector in enumerate(inspectors) if inspector.id in announced]
            costs[kept, index] -= prices.per_person_changed
            constant += prices.per_person_changed * len(announced)
        return costs, constant

    def _columns(self) -> tuple[Ints, Ints]:
        """Person and seat of every column: who is able, present in all team weeks, independent, free of past work."""
        staff, nobody_else = self.staff, Roster(self.staff)
        free = [
            nobody_else.free(weeks) & staff.independent(review)
            for review, weeks in zip(self.reviews, self.weeks, strict=True)
        ]
        keepers = [set[int]() for _ in self.reviews]
        for seats in self.seats:
            if seats.keeper is not None:
                keepers[seats.review].add(staff.number[seats.keeper])
        persons = [
            np.flatnonzero(
                staff.skilled(seats.skill) & free[seats.review] & self._welcome(seats, keepers[seats.review])
            )
            for seats in self.seats
        ]
        seat = np.repeat(np.arange(len(self.seats)), [len(found) for found in persons])
        return np.concatenate([indexes([]), *persons]), seat.astype(np.int64)

    def _welcome(self, seats: Seats, keepers: set[int]) -> Mask:
        """Who may get a seat, shape (inspectors,): those whose is another one of the team may not."""
        everybody = np.arange(self.num_persons)
        if seats.is_shut:
            return np.zeros(self.num_persons, dtype=bool)
        if seats.keeper is not None:
            return np.asarray(everybody == self.staff.number[seats.keeper])
        return ~np.isin(everybody, sorted(keepers))


def _seats(index: int, review: Activity, seating: Seating | None) -> list[Seats]:
    """The leader's seat first, then the places; those that are somebody's, that others may get, or that were open."""
    if review.team is None:
        return []
    counts = sorted(review.team.seats_by_skill().items(), key=lambda item: item[0] != LEADER)
    if seating is None:
        return [Seats(index, skill, count) for skill, count in counts]
    found = []
    for skill, count in counts:
        keepers = [seated for seated in seating.holders if seated.skill == skill]
        given_up = seating.given_up[skill]
        found += [Seats(index, skill, 1, kept.inspector, kept in seating.stay) for kept in keepers]
        found += [Seats(index, skill, given_up)] if given_up else []
        left = count - len(keepers) - given_up
        found += [Seats(index, skill, left, is_shut=True)] if left > 0 else []
    return found
