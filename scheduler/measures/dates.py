"""What dates mean for areas and the year: joint visits, burden, evenness, months between judgements (R028, R038)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from math import sqrt
from typing import NamedTuple

from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem, Stage
from scheduler.values.value import NonNegative, Value, Week


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
    return {area: sorted(stages, key=lambda run: (run.first, run.end)) for area, stages in found.items()}


def last_weeks(problem: Problem, plan: Plan, kind: str) -> dict[str, Week]:
    """The week after the last stage of the activity of some kind by area; of several the last one counts."""
    found: dict[str, Week] = {}
    for run in runs(problem, plan):
        if run.activity.kind == kind:
            found[run.activity.area] = max(run.end, found.get(run.activity.area, run.end))
    return found


def weeks_by_activity(problem: Problem, plan: Plan, counts: Callable[[Stage], bool]) -> dict[str, set[Week]]:
    """The weeks in which a stage that counts runs, by activity."""
    found: dict[str, set[Week]] = defaultdict(set)
    for run in runs(problem, plan):
        if counts(run.stage):
            found[run.activity.id].update(run.weeks)
    return found


class Visits(Value):
    """`num_stages` stages on site make `num_visits` visits; `num_joint` of these are of several activities.

    Stages on site that have a week in common are one visit.
    """

    num_stages: NonNegative
    num_visits: NonNegative
    num_joint: NonNegative


def visits(problem: Problem, plan: Plan) -> Visits:
    """Count visits, and those that several activities share."""
    num_stages = num_visits = num_joint = 0
    for at_area in visits_by_area(problem, plan).values():
        num_stages += len(at_area)
        end, activities = -1, set[str]()
        for run in at_area:
            if run.first >= end:
                num_visits, num_joint = num_visits + 1, num_joint + (len(activities) > 1)
                activities = set()
            end = max(end, run.end)
            activities.add(run.activity.id)
        num_joint += len(activities) > 1
    return Visits(num_stages=num_stages, num_visits=num_visits, num_joint=num_joint)


HALF_A_YEAR = 26
"""Weeks over which visits are felt as one strain."""


class Burden(Value):
    """Weeks with a visit by area; two visits in the same week are one week.

    Attributes
    ----------
    mean, worst
        Over the areas that are visited at all; 0 without any.
    worst_half_year
        Most weeks with a visit of one area within 26 weeks.
    """

    weeks_by_area: dict[str, NonNegative]
    mean: float
    worst: NonNegative
    worst_half_year: NonNegative


def burden(problem: Problem, plan: Plan) -> Burden:
    """Weeks in which each area is visited."""
    weeks = {
        area: sorted({week for run in visits for week in run.weeks})
        for area, visits in visits_by_area(problem, plan).items()
    }
    counts = {area: len(visited) for area, visited in weeks.items()}
    return Burden(
        weeks_by_area=counts,
        mean=sum(counts.values()) / max(1, len(counts)),
        worst=max(counts.values(), default=0),
        worst_half_year=max((_most_within(visited, HALF_A_YEAR) for visited in weeks.values()), default=0),
    )


def _most_within(weeks: list[int], length: int) -> int:
    """Most of the weeks that lie within `length` weeks of each other."""
    return max(sum(first <= week < first + length for week in weeks) for first in weeks)


QUARTER = 13
"""Weeks of a quarter, counted from the first week with work."""


class Load(Value):
    """Work is person-weeks: seats of a team and units of pools, times the weeks of their stages.

    Attributes
    ----------
    quarters
        Work in each 13 weeks from the first week with work to the last quarter that has any.
    variation
        Standard deviation of the whole quarters over their mean, 0 is even; the last quarter, which the end of
        the programme cuts, is left out unless it is the only one.
    peak
        Work of the fullest quarter.
    """

    quarters: tuple[NonNegative, ...]
    variation: float
    peak: NonNegative


def load(problem: Problem, plan: Plan) -> Load:
    """Person-weeks by quarter."""
    weeks: dict[int, int] = {}
    for run in runs(problem, plan):
        seats = run.activity.team.seats() if run.stage.uses_team and run.activity.team is not None else 0
        units = seats + sum(run.stage.pool_demand.values())
        for week in run.weeks if units else ():
            weeks[week] = weeks.get(week, 0) + units
    first = min(weeks, default=0)
    quarters = [0] * ((max(weeks, default=-1) - first) // QUARTER + 1 if weeks else 0)
    for week, units in weeks.items():
        quarters[(week - first) // QUARTER] += units
    whole = quarters[:-1] or quarters
    return Load(quarters=tuple(quarters), variation=_variation(whole), peak=max(quarters, default=0))


def _variation(values: list[int]) -> float:
    if not any(values):
        return 0.0
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / mean


WEEKS_A_MONTH = 365.25 / 12 / 7


class Judgements(Value):
    """Distance between the ends of the last stages of both activities; only areas that have both count.

    Attributes
    ----------
    weeks_by_area
        Whole weeks, whichever of the two comes first.
    mean_months, least_months, most_months
        Weeks over 4.348; None where no area has both.
    """

    weeks_by_area: dict[str, NonNegative]
    mean_months: float | None
    least_months: float | None
    most_months: float | None


def judgements(problem: Problem, plan: Plan, review: str, assessment: str) -> Judgements:
    """How far apart the activities of the kinds `review` and `assessment` end in each area."""
    first, other = (last_weeks(problem, plan, kind) for kind in (review, assessment))
    weeks = {area: abs(first[area] - other[area]) for area in first if area in other}
    months = [distance / WEEKS_A_MONTH for distance in weeks.values()]
    return Judgements(
        weeks_by_area=weeks,
        mean_months=sum(months) / len(months) if months else None,
        least_months=min(months, default=None),
        most_months=max(months, default=None),
    )
