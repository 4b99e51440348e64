"""Exact replans of a sample of draws, beside what the rule of recourse does with the same event.

A year brings its events one at a time, so that is how they are replanned: of each sampled draw the first event that
hits the plan, alone.
"""

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from scheduler.events.kinds import ClosedWeeks, Event, InspectorAbsence, LateFinish
from scheduler.simulating.disturbances import Disturbances, Draws, draw_blocks
from scheduler.simulating.linked_blocks import StageRun, Unit, UnitMaker
from scheduler.simulating.recourse import MISSED, Recourse
from scheduler.simulating.simulation import REACH_WEEKS
from scheduler.values.arrays import Mask
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem, Stage
from scheduler.values.value import NonNegative, Value, Week, WeekSpan


class Replanned(Value):
    """What an exact replan answered; `is_proven` says whether no plan moves fewer dates."""

    moved: NonNegative
    people_changed: NonNegative
    uncovered: NonNegative
    cost: NonNegative
    is_proven: bool
    seconds: float


Replan = Callable[[Problem, Plan, Event, Week], Replanned | None]
"""Replans after one event in a week that is the present one; None where there is no plan or nothing to replan."""


class Sampled(Value):
    """One event of a draw: by the rule, dates moved and missed and seats substituted; and the exact replan."""

    draw: NonNegative
    week: Week
    event: Event
    rule_moved: NonNegative
    rule_missed: NonNegative
    rule_substituted: NonNegative
    exact: Replanned | None


def replan_sample(
    problem: Problem,
    plan: Plan,
    replan: Replan,
    sample: int,
    disturbances: Disturbances | None = None,
    seed: int = 0,
    reach: int = REACH_WEEKS,
) -> tuple[Sampled, ...]:
    """Replan the first event of each of the first draws that have one, at most `sample`."""
    maker = UnitMaker(problem, plan, reach)
    rule = _Rule(problem, maker.units(), maker.num_stages)
    blocks = draw_blocks(problem, maker.num_stages, disturbances or Disturbances(), 16 * max(1, sample), seed)
    found = (
        (number, *first)
        for number, (draws, draw) in enumerate((block, i) for block in blocks for i in range(len(block.away)))
        if (first := min(rule.events(draws, draw), key=lambda item: item[0], default=None)) is not None
    )
    return tuple(
        rule.sampled(draw, week, event, replan(problem, plan, event, week))
        for draw, week, event in islice(found, sample)
    )


def exact_replan(seconds: float = 10.0) -> Replan:
    """Replans by `scheduler.replanning.replanner` within a time limit."""

    def run(problem: Problem, plan: Plan, event: Event, week: Week) -> Replanned | None:
        from scheduler.replanning.replanner import replan
        from scheduler.replanning.result import ReplanParams

        params = ReplanParams(now_week=week, seconds=seconds, with_alternatives=False)
        try:
            result = replan(problem, plan, event, params)
        except InvalidProblem:  # by then it is no news: the programme is over, say
            return None
        if result.main is None:
            return None
        return Replanned(
            moved=result.main.moved,
            people_changed=result.main.people_changed,
            uncovered=result.main.uncovered,
            cost=result.main.cost,
            is_proven=result.is_proven_fewest,
            seconds=result.seconds,
        )

    return run


class _Rule:
    """Finds the events of a draw that hit the plan, and what the rule of recourse does with one of them."""

    def __init__(self, problem: Problem, units: tuple[Unit, ...], num_stages: int) -> None:
        self.problem, self.units, self.num_stages = problem, units, num_stages
        self.stages = {activity.id: activity.stages for activity in problem.activities}

    def events(self, draws: Draws, draw: int) -> Iterator[tuple[Week, Event]]:
        """(present week, event) of absences in team weeks, closed areas, and stages that end too late."""
        for unit in self.units:
            for seat in unit.seats:
                for span in _spans(draws.away[draw, seat.person], seat.weeks):
                    name = self.problem.inspectors[seat.person].id
                    yield span.first, InspectorAbsence(inspector=name, weeks=span)
            for run in unit.stages:
                yield from self._of_stage(draws, draw, run)

    def _of_stage(self, draws: Draws, draw: int, run: StageRun) -> Iterator[tuple[Week, Event]]:
        for span in _spans(draws.closed[draw, run.area], tuple(run.weeks)) if run.on_site else ():
            area = self.problem.areas[run.area].id
            on_site = {stage.id for stages in self.stages.values() for stage in stages if stage.on_site}
            yield span.first, ClosedWeeks(area=area, weeks=span, stages=tuple(sorted(on_site)))
        late = int(draws.late[draw, run.number])
        if run.uses_team and late > (run.spare or 0):
            # It is known in the week after the planned end.
            yield run.weeks.stop, LateFinish(activity=run.activity, stage=self._stage(run).id, weeks=late)

    def sampled(self, draw: int, week: Week, event: Event, exact: Replanned | None) -> Sampled:
        """What the rule does with one event alone, beside its exact replan."""
        outcome = Recourse(self.problem, self._alone(event)).run(self.units)
        size = np.array([len(unit.activities) for unit in self.units], dtype=np.int64)
        return Sampled(
            draw=draw,
            week=week,
            event=event,
            rule_moved=int(size[outcome.moved[0] > 0].sum()),
            rule_missed=int(size[outcome.moved[0] == MISSED].sum()),
            rule_substituted=int(outcome.substituted.sum()),
            exact=exact,
        )

    def _alone(self, event: Event) -> Draws:
        """A single draw in which only this event happens."""
        problem = self.problem
        away = np.zeros((1, len(problem.inspectors), problem.num_weeks), dtype=bool)
        closed = np.zeros((1, len(problem.areas), problem.num_weeks), dtype=bool)
        late = np.zeros((1, self.num_stages), dtype=np.int64)
        if isinstance(event, InspectorAbsence):
            person = [inspector.id for inspector in problem.inspectors].index(event.inspector)
            away[0, person, event.weeks.first : event.weeks.end] = True
        elif isinstance(event, ClosedWeeks):
            area = [area.id for area in problem.areas].index(str(event.area))
            closed[0, area, event.weeks.first : event.weeks.end] = True
        elif isinstance(event, LateFinish):
            for run in (run for unit in self.units for run in unit.stages):
                if (run.activity, self._stage(run).id) == (event.activity, event.stage):
                    late[0, run.number] = event.weeks
        return Draws(away, closed, late)

    def _stage(self, run: StageRun) -> Stage:
        return self.stages[run.activity][run.position]


def _spans(flags: Mask, weeks: tuple[Week, ...]) -> list[WeekSpan]:
    """The whole stretches of true weeks that meet some weeks."""
    found = {}
    for week in weeks:
        if flags[week]:
            first, end = week, week + 1
            while first > 0 and flags[first - 1]:
                first -= 1
            while end < len(flags) and flags[end]:
                end += 1
            found[first] = WeekSpan(first=first, end=end)
    return list(found.values())
