"""A plan about which questions are asked: what its areas use together, and what of an area can move."""

from functools import cached_property

import numpy as np

from scheduler.areas.edges import is_allowed
from scheduler.areas.graph import AreaGraph
from scheduler.cost import date_terms
from scheduler.counting.windows import possible_weeks
from scheduler.dates.prepared import Prepared
from scheduler.dates.rows import Rows
from scheduler.explaining.making_room import MakingRoom
from scheduler.explaining.short_pools import PeopleRows
from scheduler.nearby.linked_areas import Units
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints, Mask
from scheduler.values.plan import Plan
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

    def sharing_nodes(self, component: int) -> list[int]:
        """Numbers of the nodes of a component that are stages with demand of a pool, or on site beside a partner's."""
        stages = (
            self.problem.activities[index].stages[stage]
            for index, stage in self.graph.components[component].nodes
        )
        return [number for number, stage in enumerate(stages) if stage.pool_demand or stage.on_site]

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
