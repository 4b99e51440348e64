"""What every formulation reads off a problem: possible weeks, separable costs, relations, pools.

Nothing here is shared with the scheduler's own tables of costs, so that an error in one of them shows when
bounds and costs are compared.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.people.capacity import People, Skills, places_within, team_demand
from scheduler.values.problem import (
    Activity,
    ApartLink,
    ClearLink,
    LagLink,
    Link,
    NearLink,
    Problem,
    Stage,
    StageRef,
    WithinLink,
)

Node = tuple[str, str]
"""A stage, by the ids of its activity and its own."""

Window = tuple[int, int]
"""The weeks that one stage leaves to another, half-open."""


@dataclass(frozen=True)
class Relation:
    """How `other` depends on `one`: consecutive stages of an activity (no link), or a link."""

    one: Node
    other: Node
    link: Link | None


@dataclass(frozen=True)
class Pool:
    """So many units in each week, and how many of them each stage takes while it runs."""

    name: str
    units: tuple[int, ...]
    demand: dict[Node, int]


class Facts:
    """A problem as the peers see it.

    Attributes
    ----------
    stages
        Every stage by its node.
    extra
        For each node what each possible start week costs beside urgency: stability, and relations to
        stages that can start in one week only. The keys are the possible weeks.
    urgency
        Price of each week of delay of the nodes that have one (R027).
    relations
        Those between stages that can both move.
    """

    def __init__(self, problem: Problem) -> None:
        if any(isinstance(link, ClearLink) for link in problem.links):
            raise ValueError("No peer knows links of kind 'clear'. Compare a problem without them.")
        self.problem = problem
        self.stages: dict[Node, Stage] = {(a.id, s.id): s for a in problem.activities for s in a.stages}
        self.urgency = {(a.id, a.stages[0].id): a.urgency_price for a in problem.activities}
        self._tables = {table.id: table for table in problem.lag_tables}
        self.extra = self._own_costs()
        self.relations = [relation for relation in self._all_relations() if not self._is_absorbed(relation)]

    def window(self, relation: Relation, week: int) -> Window:
        """The weeks in which `other` may start if `one` starts in a week; the whole horizon for distances."""
        link, last = relation.link, week + self.stages[relation.one].duration_weeks - 1
        if link is None:
            stage = self.stages[relation.other]
            return last + 1 + stage.lag_min_weeks, last + 1 + stage.lag_max_weeks + 1
        if isinstance(link, LagLink):
            table = self._tables[link.table]
            return (table.first[last], table.end[last]) if last < len(table.first) else (0, 0)
        if isinstance(link, WithinLink):
            room = self.stages[relation.one].duration_weeks - self.stages[relation.other].duration_weeks
            return week, week + max(0, room) + 1
        return 0, self.problem.num_weeks

    def price(self, relation: Relation) -> int:
        """Price of each week of `other` beyond the first of its window (stretch, sequencing)."""
        if relation.link is None:
            return self.stages[relation.other].stretch_price
        return relation.link.price_per_week if isinstance(relation.link, LagLink) else 0

    def cost(self, relation: Relation, week: int, other: int) -> int | None:
        """What the two start weeks cost together, None if they are not allowed."""
        first, end = self.window(relation, week)
        if not first <= other < end:
            return None
        if not isinstance(relation.link, ApartLink | NearLink):
            return self.price(relation) * (other - first)
        ends = (
            week + self.stages[relation.one].duration_weeks,
            other + self.stages[relation.other].duration_weeks,
        )
        clear = min(relation.link.cap_weeks, max(0, other - ends[0], week - ends[1]))
        counted = clear if isinstance(relation.link, NearLink) else relation.link.cap_weeks - clear
        return relation.link.price_per_week * counted

    def pools(self, unions: frozenset[Skills] = frozenset()) -> Iterator[Pool]:
        """Anonymous pools, people by skill, everybody, and the given unions of skills."""
        weeks = range(self.problem.num_weeks)
        for pool in self.problem.pools:
            demand = {node: stage.pool_demand.get(pool.id, 0) for node, stage in self.stages.items()}
            yield Pool(pool.id, tuple(pool.units_in(week) for week in weeks), _positive(demand))
        people = People(self.problem)
        singles = [frozenset([skill]) for skill in people.skills]
        for skills in dict.fromkeys(
            [*singles, people.everybody, *sorted(unions, key=sorted)] if singles else []
        ):
            demand = {
                (activity.id, stage.id): places_within(team_demand(activity), skills)
                for activity in self.problem.activities
                for stage in activity.stages
                if stage.uses_team
            }
            yield Pool("+".join(sorted(skills)), tuple(people.available(skills).tolist()), _positive(demand))

    def _own_costs(self) -> dict[Node, dict[int, int]]:
        closed = {
            calendar.id: {week for closure in calendar.closures for week in closure.span.weeks()}
            for calendar in self.problem.calendars
        }
        return {
            (activity.id, stage.id): {
                week: _stability(activity, number, week)
                for week in range(self.problem.num_weeks - stage.duration_weeks + 1)
                if _may_start(activity, number, week)
                and not any(
                    run in closed[calendar]
                    for calendar in stage.calendars
                    for run in range(week, week + stage.duration_weeks)
                )
            }
            for activity in self.problem.activities
            for number, stage in enumerate(activity.stages)
        }

    def _all_relations(self) -> Iterator[Relation]:
        for activity in self.problem.activities:
            for before, after in zip(activity.stages, activity.stages[1:], strict=False):
                yield Relation((activity.id, before.id), (activity.id, after.id), None)
        for link in self.problem.links:
            one, other = _ends(link)
            yield Relation((one.activity, one.stage), (other.activity, other.stage), link)

    def _is_absorbed(self, relation: Relation) -> bool:
        """Where one end cannot move, the relation becomes a cost of the other end's weeks."""
        one, other = self.extra[relation.one], self.extra[relation.other]
        if len(one) != 1 and len(other) != 1:
            return False
        (moving, fixed) = (one, other) if len(other) == 1 else (other, one)
        (week,) = fixed
        for free in list(moving):
            cost = self.cost(relation, free, week) if fixed is other else self.cost(relation, week, free)
            if cost is None:
                del moving[free]
            else:
                moving[free] += cost
        return True


def _positive(demand: dict[Node, int]) -> dict[Node, int]:
    return {node: units for node, units in demand.items() if units}


def _ends(link: Link) -> tuple[StageRef, StageRef]:
    if isinstance(link, LagLink):
        return link.before, link.after
    return (link.outer, link.inner) if isinstance(link, WithinLink) else (link.one, link.other)


def _may_start(activity: Activity, number: int, week: int) -> bool:
    if activity.pinned_starts is not None and week != activity.pinned_starts[number]:
        return False
    return number > 0 or week in activity.start_window


def _stability(activity: Activity, number: int, week: int) -> int:
    published = activity.published
    if published is None or week == published.starts[number]:
        return 0
    return published.move_price + published.move_price_per_week * abs(week - published.starts[number])


def members(problem: Problem) -> dict[str, list[Node]]:
    """First stages that count for each period limit, by its id (R014)."""
    found: dict[str, list[Node]] = defaultdict(list)
    for limit in problem.period_limits:
        for activity in problem.activities:
            if activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas):
                found[limit.id].append((activity.id, activity.stages[0].id))
    return found
