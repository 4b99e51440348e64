"""The weeks in which the stages of a plan run, as the measures need them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem, Stage
from scheduler.values.value import Week


class Run(NamedTuple):
    """A stage in its weeks, from `first` up to, but not including, `end`."""

    activity: Activity
    stage: Stage
    first: Week
    end: Week

    @property
    def weeks(self) -> range:
        """The weeks in which it runs."""
        return range(self.first, self.end)


def runs(problem: Problem, plan: Plan) -> Iterator[Run]:
    """All stages of the plan's activities."""
    starts = plan.starts()
    for activity in problem.activities:
        for stage, first in zip(activity.stages, starts.get(activity.id, ()), strict=False):
            yield Run(activity, stage, first, first + stage.duration_weeks)


def visits_by_area(problem: Problem, plan: Plan) -> dict[str, list[Run]]:
    """The stages on site by area, in the order of their weeks; areas without any are left out."""
    found: dict[str, list[Run]] = defaultdict(list)
    for run in runs(problem, plan):
        if run.stage.on_site:
            found[run.activity.area].append(run)
    return {area: sorted(own, key=lambda run: (run.first, run.end)) for area, own in found.items()}


def last_weeks(problem: Problem, plan: Plan, kind: str) -> dict[str, Week]:
    """The week after the last stage of the activity of some kind by area; of several the last one counts."""
    found: dict[str, Week] = {}
    for run in runs(problem, plan):
        if run.activity.kind == kind:
            found[run.activity.area] = max(run.end, found.get(run.activity.area, run.end))
    return found


def team_weeks_by_activity(problem: Problem, plan: Plan) -> dict[str, set[Week]]:
    """The weeks in which each activity occupies its team."""
    found: dict[str, set[Week]] = defaultdict(set)
    for run in runs(problem, plan):
        if run.stage.uses_team:
            found[run.activity.id].update(run.weeks)
    return found
