"""A plan that can be taken apart: components are taken out and put elsewhere, with quick teams, and put back."""

from dataclasses import dataclass

import numpy as np

from scheduler.dates.alone import Choices, choices_of, evaluated
from scheduler.dates.remaining import Room
from scheduler.reasons.board import Board
from scheduler.reasons.situation import Situation
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity
from scheduler.values.value import Starts, Week


@dataclass(frozen=True)
class Placed:
    """Where a component is, and its teams."""

    component: int
    timetable: tuple[Week, ...]
    members: tuple[TeamMember, ...]


class Layout:
    """All components of a plan in place, until one is taken out."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.room = Room(situation.rows, situation.timetables)
        self.board = Board(situation.problem)
        self.starts: Starts = dict(situation.starts)
        self.members: dict[str, tuple[TeamMember, ...]] = {}
        for own in situation.plan.members:
            self.members[own.activity] = (*self.members.get(own.activity, ()), own)
        self.reviews = {own.id: own for own in situation.problem.activities if own.team is not None}
        for review in self.reviews.values():
            self.board.put(review, self.starts[review.id], self.members.get(review.id, ()))

    def take(self, component: int) -> Placed:
        """Take a component out with its teams."""
        members: tuple[TeamMember, ...] = ()
        for review in self._reviews_of(component):
            own = self.members.pop(review.id, ())
            self.board.put(review, self.starts[review.id], own, sign=-1)
            members += own
        return Placed(component, self.room.take(component), members)

    def put(self, placed: Placed) -> None:
        """Put a component where it fits, with its teams."""
        self.room.put(placed.component, placed.timetable)
        self.starts = self.situation.moved(placed.component, placed.timetable, self.starts)
        for review in self._reviews_of(placed.component):
            own = tuple(member for member in placed.members if member.activity == review.id)
            self.members[review.id] = own
            self.board.put(review, self.starts[review.id], own)

    def fitting(self, component: int, timetable: tuple[Week, ...]) -> Placed | None:
        """A component that was taken out, with whole teams at a timetable; None if rows or people are short."""
        found = evaluated(self.room, component, np.array([timetable], dtype=np.int64))
        return None if found.short[0] > 0 else self._with_teams(component, timetable)

    def cheapest(self, component: int) -> Placed | None:
        """The cheapest place for a component that was taken out; None if there is none."""
        choices = self.choices(component)
        fitting = choices.part(np.flatnonzero(choices.short <= 0))
        for starts in fitting.cheapest_by(self.situation.team_nodes(component)).starts.tolist():
            placed = self._with_teams(component, tuple(starts))
            if placed is not None:
                return placed
        return None

    def choices(self, component: int) -> Choices:
        """All timetables of a component that was taken out."""
        return choices_of(self.room, component, 0)

    def _with_teams(self, component: int, timetable: tuple[Week, ...]) -> Placed | None:
        starts = self.situation.moved(component, timetable, self.starts)
        members: tuple[TeamMember, ...] = ()
        reviews = self._reviews_of(component)
        for number, review in enumerate(reviews):
            own = self.board.team(review, starts[review.id])
            if own is None:
                self._strike(reviews[:number], starts, members)
                return None
            members += own
            self.board.put(review, starts[review.id], own)
        self._strike(reviews, starts, members)
        return Placed(component, timetable, members)

    def _strike(self, reviews: list[Activity], starts: Starts, members: tuple[TeamMember, ...]) -> None:
        for review in reviews:
            own = [member for member in members if member.activity == review.id]
            self.board.put(review, starts[review.id], own, sign=-1)

    def _reviews_of(self, component: int) -> list[Activity]:
        names = self.situation.graph.names(component)
        return [self.reviews[name] for name in names if name in self.reviews]
