"""Whether some activities of a plan could have other dates while all others stay, as far as dates and pools go.

Windows, closed weeks, lags, links, pins, the frozen zone, anonymous pools, periods and partners; people are
looked at by the roster (see `slack_weeks`).
"""

from collections import defaultdict

from scheduler.areas.graph_making import build_graph
from scheduler.dates.people_enough import without_people
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.people.capacity import People
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Starts, Week


class Fitting:
    """Tries other dates in a plan that keeps the rules."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.names = [activity.id for activity in problem.activities]
        self.num_weeks = problem.num_weeks
        self.graph = build_graph(without_people(problem).model_copy(update={"inspectors": ()}))
        self.starts = plan.starts()
        self.components: dict[str, list[int]] = defaultdict(list)
        for number, component in enumerate(self.graph.components):
            for index in dict.fromkeys(index for index, _ in component.nodes):
                self.components[self.names[index]].append(number)
        rows = Rows(self.graph, People(self.graph.problem))
        self.room = Room(rows, {n: self._weeks(n, self.starts) for n in range(len(self.graph.components))})

    def fits(self, changed: Starts) -> bool:
        """Whether the activities may start in these weeks, all others staying where they are."""
        starts = {**self.starts, **changed}
        numbers = dict.fromkeys(number for name in changed for number in self.components[name])
        weeks = {number: self._weeks(number, starts) for number in numbers}
        if not all(self.graph.is_timetable(number, placed) for number, placed in weeks.items()):
            return False
        before = {number: self.room.take(number) for number in numbers}
        for number, placed in weeks.items():
            self.room.put(number, placed)
        is_kept = self.room.is_kept()
        for number, placed in before.items():
            self.room.take(number)
            self.room.put(number, placed)
        return is_kept

    def _weeks(self, component: int, starts: Starts) -> tuple[Week, ...]:
        return tuple(
            starts[self.names[index]][stage] for index, stage in self.graph.components[component].nodes
        )
