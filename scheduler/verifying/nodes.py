"""The stages of a problem one by one, and what each start week of a stage costs on its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.values.problem import Activity, Problem, Stage
from scheduler.verifying.people import demanded

ABSENT = 1 << 200
"""The cost of a start week that is not allowed: far above all sums of real ones, as `verify` makes sure."""


def is_allowed(cost: int) -> bool:
    """Whether a cost, perhaps lowered or raised by prices, is one of an allowed week."""
    return cost < ABSENT >> 1


@dataclass(frozen=True)
class Node:
    """A stage of an activity, and whether it is the first or last one that uses the team."""

    activity: Activity
    stage: Stage
    index: int
    seats: tuple[tuple[str, int], ...]
    is_first_team: bool
    is_last_team: bool

    @property
    def key(self) -> tuple[str, str]:
        """Names it in links."""
        return self.activity.id, self.stage.id


def nodes_of(problem: Problem) -> Iterator[Node]:
    """All stages, those of an activity one after the other."""
    for activity in problem.activities:
        seats = tuple(sorted(demanded(activity).items()))
        team = [index for index, stage in enumerate(activity.stages) if stage.uses_team]
        for index, stage in enumerate(activity.stages):
            needed = seats if stage.uses_team else ()
            yield Node(activity, stage, index, needed, team[:1] == [index], team[-1:] == [index])


class StageCosts:
    """What start weeks cost a stage alone: windows, pins, closed and frozen weeks, urgency (R027), stability."""

    def __init__(self, problem: Problem) -> None:
        self.num_weeks = problem.num_weeks
        self._frozen_until = problem.frozen_until
        self._closed = {
            calendar.id: {week for closure in calendar.closures for week in closure.span.weeks()}
            for calendar in problem.calendars
        }
        self._open: dict[tuple[tuple[str, ...], int], list[int]] = {}

    def of(self, node: Node) -> list[int]:
        """Cost by start week, `ABSENT` where not allowed."""
        costs = [ABSENT] * self.num_weeks
        for week in self._allowed(node):
            costs[week] = self._cost(node, week)
        return costs

    def _allowed(self, node: Node) -> Iterator[int]:
        activity = node.activity
        for week in self._open_weeks(node.stage):
            if node.index == 0 and not activity.start_window.first <= week < activity.start_window.end:
                continue
            if self._is_free(node, week):
                yield week

    def _is_free(self, node: Node, week: int) -> bool:
        """Whether neither a pin, confirmed dates (R016, R017) nor the frozen zone (R019) forbid a week."""
        activity, announced = node.activity, node.activity.published
        if activity.pinned_starts is not None and activity.pinned_starts[node.index] != week:
            return False
        published = None if announced is None else announced.starts[node.index]
        if announced is not None and announced.is_frozen and published != week:
            return False
        if activity.pinned_starts is not None:
            return True
        if published is not None and 0 <= published < self._frozen_until:
            return week == published
        return activity.short_notice or week >= self._frozen_until

    def _open_weeks(self, stage: Stage) -> list[int]:
        """Start weeks with which the stage meets neither a closed week nor the end of the horizon."""
        key = (stage.calendars, stage.duration_weeks)
        if key not in self._open:
            closed = set().union(*(self._closed[name] for name in stage.calendars))
            length = stage.duration_weeks
            starts = range(self.num_weeks - length + 1)
            self._open[key] = [w for w in starts if closed.isdisjoint(range(w, w + length))]
        return self._open[key]

    def _cost(self, node: Node, week: int) -> int:
        activity = node.activity
        cost = activity.urgency_price * week if node.index == 0 else 0
        announced = activity.published
        if announced is not None and announced.starts[node.index] != week:
            distance = abs(announced.starts[node.index] - week)
            cost += announced.move_price + announced.move_price_per_week * distance
        return cost
