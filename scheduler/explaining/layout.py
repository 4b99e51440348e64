"""Where the components of a plan are, with their teams, while some are taken out and put elsewhere."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scheduler.dates.remaining import Room
from scheduler.explaining.situation import Situation
from scheduler.people.roster import Roster
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
        self.board = Roster(situation.staff)
        self.starts: Starts = dict(situation.starts)
        self.members: dict[str, tuple[TeamMember, ...]] = {}
        for member in situation.plan.members:
            self.members[member.activity] = (*self.members.get(member.activity, ()), member)
        self.reviews = {
            activity.id: activity for activity in situation.problem.activities if activity.team is not None
        }
        for review in self.reviews.values():
            self.board.put(review, self.starts[review.id], self.members.get(review.id, ()))

    def take(self, component: int) -> Placed:
        """Take a component out with its teams."""
        members: tuple[TeamMember, ...] = ()
        for review in self._reviews_of(component):
            team = self.members.pop(review.id, ())
            self.board.put(review, self.starts[review.id], team, sign=-1)
            members += team
        return Placed(component, self.room.take(component), members)

    def put(self, placed: Placed) -> None:
        """Put a component where it fits, with its teams."""
        self.room.put(placed.component, placed.timetable)
        self.starts = self.situation.moved(placed.component, placed.timetable, self.starts)
        for review in self._reviews_of(placed.component):
            team = tuple(member for member in placed.members if member.activity == review.id)
            self.members[review.id] = team
            self.board.put(review, self.starts[review.id], team)

    @contextmanager
    def without(self, components: Iterable[int]) -> Iterator[None]:
        """Some components out for a while; afterwards they are where they were, wherever they were put meanwhile."""
        taken = [self.take(component) for component in components]
        try:
            yield
        finally:
            for placed in taken:
                if placed.component in self.room.starts:
                    self.take(placed.component)
            for placed in taken:
                self.put(placed)

    def _reviews_of(self, component: int) -> list[Activity]:
        names = self.situation.graph.names(component)
        return [self.reviews[name] for name in names if name in self.reviews]
