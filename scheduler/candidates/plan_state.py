"""One plan, prepared for any number of questions: who is where and when, and where each component could be."""

from collections.abc import Iterable
from functools import cached_property

from scheduler.candidates.blockers import Blockers
from scheduler.candidates.elsewhere import Elsewhere
from scheduler.candidates.people_cost import PeopleCost
from scheduler.candidates.seating import fullest_team
from scheduler.candidates.values import OpenPlace
from scheduler.cost import seats
from scheduler.dates.remaining import Room
from scheduler.explaining.layout import Layout, Placed
from scheduler.explaining.situation import Situation
from scheduler.people.staff import Staff
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Starts, Week


class UnknownActivity(ValueError):
    """No activity of the problem has this identifier."""

    def __init__(self, activity: str) -> None:
        self.activity = activity
        super().__init__(f"there is no activity '{activity}' in the plan.")


class PlanState:
    """A plan with all that its questions share; none of them changes it.

    Attributes
    ----------
    layout
        Everything in place; a question may take components out for a while.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        """Prepare a plan.

        Raises
        ------
        ValueError
            If the dates of the plan break rules of the problem.
        """
        self.problem, self.plan = problem, plan
        self.situation = Situation(problem, plan)
        self.layout = Layout(self.situation)
        self._elsewhere: Elsewhere | None = None
        self._open_now: dict[int, int] = {}
        self._members: dict[str, tuple[TeamMember, ...]] = dict(self.layout.members)

    @property
    def staff(self) -> Staff:
        """The inspectors of the problem."""
        return self.situation.staff

    @property
    def room(self) -> Room:
        """What the components in place leave of what areas share."""
        return self.layout.room

    @property
    def elsewhere(self) -> Elsewhere:
        """Where each component could be, all others in place; made when a question first needs it."""
        if self._elsewhere is None:
            self._elsewhere = Elsewhere.made(self.layout)
        return self._elsewhere

    @property
    def has_tables(self) -> bool:
        """Whether that is known already."""
        return self._elsewhere is not None

    def use_tables(self, elsewhere: Elsewhere) -> None:
        """Take it as it was made earlier for the same problem and plan."""
        self._elsewhere = elsewhere

    @cached_property
    def blockers(self) -> Blockers:
        """Who stands in the way of dates."""
        return Blockers(self.layout)

    @cached_property
    def reach_weeks(self) -> int:
        """So many weeks apart at least, two activities take nothing from one another."""
        lengths = [
            sum(stage.duration_weeks + max(0, stage.lag_max_weeks) for stage in activity.stages)
            for activity in self.problem.activities
        ]
        return max(lengths, default=0) + self.staff.longest_rest

    def num_open_now(self, component: int) -> int:
        """Places that the plan leaves open in the teams of a component."""
        if component not in self._open_now:
            names = self.situation.graph.names(component)
            places = self.open_places(names, self.members_of(names))
            self._open_now[component] = sum(place.count for place in places)
        return self._open_now[component]

    @cached_property
    def people_cost(self) -> PeopleCost:
        """Prices of people beside this plan."""
        return PeopleCost(self.staff, self.situation.starts, self.plan.members)

    def activity(self, name: str) -> Activity:
        """An activity by its identifier; UnknownActivity if there is none."""
        found = next((activity for activity in self.problem.activities if activity.id == name), None)
        if found is None:
            raise UnknownActivity(name)
        return found

    def members_of(self, names: Iterable[str]) -> tuple[TeamMember, ...]:
        """The teams of some activities in the plan."""
        return tuple(member for name in names for member in self._members.get(name, ()))

    def open_places(self, names: Iterable[str], members: Iterable[TeamMember]) -> tuple[OpenPlace, ...]:
        """The places in the teams of some activities that these people leave open."""
        filled: dict[tuple[str, str], int] = {}
        for member in members:
            key = member.activity, member.skill
            filled[key] = filled.get(key, 0) + 1
        reviews = [self.layout.reviews[name] for name in names if name in self.layout.reviews]
        lacks = (
            OpenPlace(activity=review.id, skill=skill, count=count - filled.get((review.id, skill), 0))
            for review in reviews
            for skill, count in seats(review).items()
            if count > filled.get((review.id, skill), 0)
        )
        return tuple(lacks)

    def placed(self, component: int, timetable: tuple[Week, ...], starts: Starts) -> Placed:
        """A component that was taken out at a timetable, with teams as whole as can be from people who are free.

        Where the weeks of its teams stay as they are in the plan, so do the teams, unless somebody works elsewhere now.

        Parameters
        ----------
        starts
            Start weeks of all activities with the component at the timetable.
        """
        names = self.situation.graph.names(component)
        present, nodes = self.situation.timetables[component], self.situation.team_nodes(component)
        stays = all(timetable[node] == present[node] for node in nodes)
        if stays and not self._engaged_elsewhere(names):
            return Placed(component, timetable, self.members_of(names))
        board, reviews, members = self.layout.board, self.layout.reviews, list[TeamMember]()
        for name in names:
            if name in reviews:
                team = fullest_team(board, reviews[name], starts[name], self.people_cost.seat_price(name))
                board.put(reviews[name], starts[name], team)
                members += team
        for name in names:
            if name in reviews:
                mine = [member for member in members if member.activity == name]
                board.put(reviews[name], starts[name], mine, sign=-1)
        return Placed(component, timetable, tuple(members))

    def _engaged_elsewhere(self, names: Iterable[str]) -> bool:
        """Whether somebody of these teams is in another one now that has moved, or that they are not in by the plan."""
        people = {member.inspector for member in self.members_of(names)}
        now, starts = self.situation.starts, self.layout.starts
        return any(
            member.inspector in people
            for name, team in self.layout.members.items()
            if starts[name] != now[name] or team != self._members.get(name, ())
            for member in team
        )
