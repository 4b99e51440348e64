"""A plan seen from one of its areas: all other areas stay where they are, and something is left for this one."""

from functools import cached_property

import numpy as np

from scheduler.cost import date_terms
from scheduler.dates.components import AreaGraph
from scheduler.dates.edges import Mask, is_allowed
from scheduler.dates.lines import Ints
from scheduler.dates.room import Room
from scheduler.dates.rows import Rows
from scheduler.dates.windows import possible_weeks
from scheduler.plan import Plan
from scheduler.problem import Activity, Problem
from scheduler.reasons.making_room import MakingRoom
from scheduler.reasons.short_pools import PeopleRows
from scheduler.reasons.starts import Starts
from scheduler.repair.shared_part import shared_rows
from scheduler.value import Week


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
        self.rows: Rows = shared_rows(problem)
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

        Raises
        ------
        UnknownArea
            If the problem has no activity in the area.
        """
        own = [activity for activity in self.problem.activities if activity.area == area]
        if not own:
            raise UnknownArea(area)
        return min(own, key=lambda activity: (not self._can_move(activity), activity.team is None))

    def component(self, activity: Activity) -> int:
        """The component of an activity's first stage."""
        return self._component[self._index[activity.id], 0]

    def node(self, activity: Activity) -> int:
        """Number of an activity's first stage within its component."""
        node = self.node_within(self.component(activity), activity)
        assert node is not None
        return node

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
        return next((own for own in parts if self._can_be_elsewhere(own)), parts[0])

    def _can_be_elsewhere(self, component: int) -> bool:
        number, position = self.graph.place[component]
        return bool((self._possible(number)[:, :, position].sum(axis=1) > 1).any())

    def areas(self, component: int) -> tuple[str, ...]:
        """Areas of which activities belong to a component."""
        indices = dict.fromkeys(index for index, _ in self.graph.components[component].nodes)
        return tuple(dict.fromkeys(self.problem.activities[index].area for index in indices))

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

    def room_without(self, *components: int) -> Room:
        """What all other components use."""
        left = {number: own for number, own in self.timetables.items() if number not in components}
        return Room(self.rows, left)

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
        return MakingRoom(self.problem, self.plan)

    @cached_property
    def people(self) -> PeopleRows:
        """Rows of people, with all timetables of the plan in place."""
        return PeopleRows(self.problem, self.starts)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {activity.id: index for index, activity in enumerate(self.problem.activities)}

    @cached_property
    def _component(self) -> dict[tuple[int, int], int]:
        return {node: n for n, own in enumerate(self.graph.components) for node in own.nodes}

    def _can_move(self, activity: Activity) -> bool:
        """Whether the first stage can start in more than one week, with weeks for all that hangs on it."""
        number, position = self.graph.place[self.component(activity)]
        return int(self._possible(number)[self.node(activity), :, position].sum()) > 1

    def _possible(self, number: int) -> Mask:
        """Start weeks of the stages of a group that are in some timetable, shape (nodes, weeks, members)."""
        if number not in self._possible_weeks:
            group = self.graph.groups[number]
            self._possible_weeks[number] = possible_weeks(group, is_allowed(group.node_costs))
        return self._possible_weeks[number]
