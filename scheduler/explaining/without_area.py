"""A plan seen from one of its areas: the others stay where they are, and something is left for this one."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.areas.edges import is_allowed
from scheduler.areas.graph import AreaGraph
from scheduler.cost import date_terms
from scheduler.counting.windows import possible_weeks
from scheduler.dates.beside import Choices, choices_of, evaluated
from scheduler.dates.prepared import Prepared
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.explaining.making_room import MakingRoom
from scheduler.explaining.short_pools import PeopleRows
from scheduler.explaining.shortfall import MissingUnits, WiderLimit, row_shortfall
from scheduler.nearby.linked_areas import Units
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints, Mask
from scheduler.values.plan import ActivityDates, Plan, TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Starts, Week


class UnknownArea(ValueError):
    """No area of the problem has this identifier, or nothing of it is to be planned."""

    def __init__(self, area: str) -> None:
        self.area = area
        super().__init__(f"nothing is to be planned in an area '{area}'.")


class Situation:
    """A plan with what its areas use together; made once for any number of questions.

    Attributes
    ----------
    rows
        Rows of anonymous pools, period limits and partner limits. People are looked at by name, not by row.
    timetables
        Start weeks of the stages of each component.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self._possible_weeks: dict[int, Mask] = {}
        self.rows: Rows = Prepared(problem).shared
        self.starts: Starts = plan.starts()
        self.timetables = self.graph.starts_by_component(self.starts)
        if len(self.timetables) < len(self.graph.components):
            lost = set(range(len(self.graph.components))) - set(self.timetables)
            names = ", ".join(sorted({name for number in lost for name in self.graph.names(number)})[:5])
            raise ValueError(f"The plan's dates break rules of the problem ({names}). First check the plan.")

    @property
    def graph(self) -> AreaGraph:
        """Components of the problem, without regard to people."""
        return self.rows.graph

    @cached_property
    def date_cost(self) -> int:
        """Cost of all dates of the plan."""
        return self.cost_of(self.starts)

    def cost_of(self, starts: Starts) -> int:
        """Cost of all dates of a plan that differs; excess beyond what is allowed is priced like the rest."""
        return sum(date_terms(self.problem, starts).values())

    def lead(self, area: str) -> Activity:
        """The activity that stands for an area: its first one with a team that can move, else that can move.

        Where no first stage can, an activity comes first of which a later one can.

        Raises
        ------
        UnknownArea
            If the problem has no activity in the area.
        """
        there = [activity for activity in self.problem.activities if activity.area == area]
        if not there:
            raise UnknownArea(area)

        def rank(activity: Activity) -> tuple[bool, bool, bool]:
            is_fixed = not (self._num_weeks(self.movable_component(activity)) > 1).any()
            return not self._can_move(activity), is_fixed, activity.team is None

        return min(there, key=rank)

    def node_within(self, component: int, activity: Activity) -> int | None:
        """Number of an activity's first stage within a component; None if it is not part of it."""
        nodes, first = self.graph.components[component].nodes, (self._index[activity.id], 0)
        return nodes.index(first) if first in nodes else None

    def movable_component(self, activity: Activity) -> int:
        """The component of an activity's first stage that can move, of its first stage if none can.

        Where a stage has a single week, what comes before it and after it is planned apart.
        """
        index = self._index[activity.id]
        parts = [self._component[index, stage] for stage in range(len(activity.stages))]
        return next((part for part in parts if (self._num_weeks(part) > 1).any()), parts[0])

    def team_nodes(self, component: int) -> list[int]:
        """Numbers of the nodes of a component that are stages with a team."""
        activities = self.problem.activities
        return [
            number
            for number, (index, stage) in enumerate(self.graph.components[component].nodes)
            if activities[index].team is not None and activities[index].stages[stage].uses_team
        ]

    def moved(self, component: int, timetable: tuple[Week, ...], starts: Starts | None = None) -> Starts:
        """Start weeks of all activities with a component at another timetable."""
        found = dict(self.starts if starts is None else starts)
        for (index, stage), week in zip(self.graph.components[component].nodes, timetable, strict=True):
            name = self.problem.activities[index].id
            found[name] = (*found[name][:stage], int(week), *found[name][stage + 1 :])
        return found

    def use_of(self, component: int, timetable: tuple[Week, ...]) -> Ints:
        """What a timetable uses of each row, shape (rows,)."""
        number, position = self.graph.place[component]
        starts = np.array([timetable], dtype=np.int64)
        entries = self.rows.entries(number, np.array([position]), starts, np.array([0]))
        use = np.zeros(self.rows.num_rows, dtype=np.int64)
        use[entries.row] = entries.coefficient
        return use

    @cached_property
    def making_room(self) -> MakingRoom:
        """Who makes room, by looking at all plans, where they are few enough."""
        return MakingRoom(self.units, self.staff, self.plan)

    @cached_property
    def units(self) -> Units:
        """What of the problem moves together, for models of a few areas."""
        return Units(self.problem, self.rows)

    @cached_property
    def staff(self) -> Staff:
        """The inspectors, for the same models."""
        return Staff(self.problem)

    @cached_property
    def people(self) -> PeopleRows:
        """Rows of people, with all timetables of the plan in place."""
        return PeopleRows(self.graph, self.starts)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {activity.id: index for index, activity in enumerate(self.problem.activities)}

    @cached_property
    def _component(self) -> dict[tuple[int, int], int]:
        return {node: n for n, component in enumerate(self.graph.components) for node in component.nodes}

    def _can_move(self, activity: Activity) -> bool:
        """Whether the first stage can start in more than one week, with weeks for all that hangs on it."""
        component = self._component[self._index[activity.id], 0]
        return bool(self._num_weeks(component)[self.node_within(component, activity)] > 1)

    def _num_weeks(self, component: int) -> Ints:
        """In how many weeks each stage of a component can start, shape (nodes,)."""
        number, position = self.graph.place[component]
        num_weeks: Ints = self._possible(number)[:, :, position].sum(axis=1)
        return num_weeks

    def _possible(self, number: int) -> Mask:
        """Start weeks of the stages of a group that are in some timetable, shape (nodes, weeks, members)."""
        if number not in self._possible_weeks:
            group = self.graph.groups[number]
            self._possible_weeks[number] = possible_weeks(group, is_allowed(group.node_costs))
        return self._possible_weeks[number]


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

    def all_members(self) -> list[TeamMember]:
        """Everybody in the teams of what is in place."""
        return [member for team in self.members.values() for member in team]

    def fitting(self, component: int, timetable: tuple[Week, ...]) -> Placed | None:
        """A component that was taken out, with whole teams at a timetable; None if rows or people are short."""
        found = evaluated(self.room, component, np.array([timetable], dtype=np.int64))
        return None if found.short[0] > 0 else self._with_teams(component, timetable)

    def cheapest(self, component: int) -> Placed | None:
        """The cheapest place for a component that was taken out; None if there is none."""
        choices = choices_of(self.room, component, 0)
        fitting = choices.part(np.flatnonzero(choices.short <= 0))
        for starts in fitting.cheapest_by(self.situation.team_nodes(component)).starts.tolist():
            placed = self._with_teams(component, tuple(starts))
            if placed is not None:
                return placed
        return None

    def _with_teams(self, component: int, timetable: tuple[Week, ...]) -> Placed | None:
        starts = self.situation.moved(component, timetable, self.starts)
        reviews, teams = self._reviews_of(component), list[tuple[TeamMember, ...]]()
        for review in reviews:
            team = self.board.team(review, starts[review.id])
            if team is None:
                break
            self.board.put(review, starts[review.id], team)
            teams.append(team)
        for review, team in zip(reviews, teams, strict=False):
            self.board.put(review, starts[review.id], team, sign=-1)
        if len(teams) < len(reviews):
            return None
        return Placed(component, timetable, tuple(member for team in teams for member in team))

    def _reviews_of(self, component: int) -> list[Activity]:
        names = self.situation.graph.names(component)
        return [self.reviews[name] for name in names if name in self.reviews]


class AskedArea:
    """One area of a plan, with all others where they are.

    Attributes
    ----------
    lead, component, node
        Its leading activity, the component of its first stage that can move, and the number of its first stage
        therein; None if that has a single week and is no part of it.
    names
        Activities that are planned together with it.
    room
        What the other areas leave of what all share.

    Raises
    ------
    UnknownArea
        If nothing is planned in the area.
    """

    def __init__(self, situation: Situation, area: str) -> None:
        self.situation, self.area = situation, area
        self.lead = situation.lead(area)
        self.component = situation.movable_component(self.lead)
        self.node = situation.node_within(self.component, self.lead)
        self.names = situation.graph.names(self.component)
        others = {n: weeks for n, weeks in situation.timetables.items() if n != self.component}
        self.room = Room(situation.rows, others)

    @cached_property
    def layout(self) -> Layout:
        """Where the other areas are, to find out who could make room."""
        return Layout(self.situation)

    def dates(self, timetable: Sequence[Week]) -> tuple[ActivityDates, ...]:
        """Start weeks by activity, as a timetable of the component has them."""
        starts = self.situation.moved(self.component, tuple(timetable))
        return tuple(ActivityDates(activity=name, starts=starts[name]) for name in self.names)

    def first_week(self, timetable: Sequence[Week]) -> Week:
        """Start of the leading activity's first stage in a timetable of the component."""
        return self.situation.starts[self.lead.id][0] if self.node is None else timetable[self.node]

    @property
    def first_nodes(self) -> list[int]:
        """The number of its first stage, if that is part of the component."""
        return [] if self.node is None else [self.node]

    @cached_property
    def choices(self) -> Choices:
        """All timetables of the component."""
        return choices_of(self.room, self.component, self.node or 0)

    def choices_in(self, week: Week) -> Choices:
        """Those in which the leading activity starts in a week."""
        if self.node is None:
            is_there = self.situation.starts[self.lead.id][0] == week
            return self.choices if is_there else self.choices.part(np.zeros(0, dtype=np.int64))
        return self.choices.part(np.flatnonzero(self.choices.starts[:, self.node] == week))

    def lacking(self, timetable: Sequence[Week]) -> tuple[tuple[MissingUnits, ...], tuple[WiderLimit, ...]]:
        """Units of pools and steps of limits that a timetable lacks beside the other areas."""
        used = self.room.used + self.situation.use_of(self.component, tuple(timetable))
        return row_shortfall(self.situation.rows, used)
