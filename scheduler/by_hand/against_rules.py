"""Dates for a wish that no dates can keep without breaking a rule: those that break the fewest."""

from collections.abc import Iterator, Mapping
from itertools import islice, product

from scheduler.checking.checker import DATE_RULES
from scheduler.checking.dates import belongs_to_problem
from scheduler.checking.facts import Facts
from scheduler.cost import date_terms
from scheduler.values.plan import ActivityDates, Costs, Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Starts, Week

MOST_TRIED = 2_000
"""Sets of dates of the activities that are tied together, those that move the least first."""

NO_COSTS = Costs(uncovered_places=0, date_terms={}, team_terms={})


def nearest_to_rules(problem: Problem, now: Starts, wanted: Mapping[str, Week]) -> Starts:
    """The dates of activities that are tied together, of which some begin in other weeks, that break the fewest rules.

    Of equals those that move the fewest activities, then the cheapest. The stages of an activity that moves keep
    their distances, or take others that their lags allow; what is tied to it stays, or moves as far as one of them.

    Parameters
    ----------
    now
        Their present start weeks.
    wanted
        First weeks of some of them.
    """
    alone = _only(problem, now)
    tied = [activity for activity in alone.activities if activity.id not in wanted]
    moving = [activity for activity in alone.activities if activity.id in wanted]
    choices = [list(_begun_in(alone, activity, now[activity.id], wanted[activity.id])) for activity in moving]
    ways = zip(moving, choices, strict=True)
    far = {
        week - before
        for activity, dates in ways
        for starts in dates
        for week, before in zip(starts, now[activity.id], strict=True)
    }
    shifts = sorted({0, *far}, key=abs)
    choices += [list(_shifted(alone, activity, now[activity.id], shifts)) for activity in tied]
    names = [activity.id for activity in (*moving, *tied)]
    tried = (dict(zip(names, dates, strict=True)) for dates in islice(product(*choices), MOST_TRIED))
    return min(tried, key=lambda starts: _rank(alone, now, starts))


def _rank(problem: Problem, now: Starts, starts: Starts) -> tuple[int, int, int]:
    """Broken rules, activities moved, cost of dates: smaller is better."""
    dates = tuple(ActivityDates(activity=name, starts=weeks) for name, weeks in starts.items())
    plan = Plan(problem_hash="", first_monday=problem.first_monday, dates=dates, costs=NO_COSTS)
    facts = Facts(problem, plan)
    broken = sum(1 for rule in DATE_RULES if rule is not belongs_to_problem for _ in rule(facts))
    moved = sum(weeks != now[name] for name, weeks in starts.items())
    return broken, moved, sum(date_terms(problem, starts).values())


def _only(problem: Problem, names: Starts) -> Problem:
    """The problem of some activities alone: what is counted over all areas is left out."""
    return problem.model_copy(
        update={
            "activities": tuple(activity for activity in problem.activities if activity.id in names),
            "links": tuple(link for link in problem.links if all(end.activity in names for end in link.ends)),
            "pools": (),
            "period_limits": (),
            "partner_limits": (),
            "inspectors": (),
        }
    )


def _begun_in(
    problem: Problem, activity: Activity, now: tuple[Week, ...], week: Week
) -> Iterator[tuple[Week, ...]]:
    """Start weeks of an activity that begins in a week: at its present distances, and at those that lags allow."""
    found = [tuple(start - now[0] + week for start in now)]
    lags = [range(stage.lag_min_weeks, stage.lag_max_weeks + 1) for stage in activity.stages[1:]]
    for chosen in product(*lags):
        starts = [week]
        for before, lag in zip(activity.stages, chosen, strict=False):
            starts.append(starts[-1] + before.duration_weeks + lag)
        found.append(tuple(starts))
    possible = [starts for starts in dict.fromkeys(found) if fits(problem, activity, starts)]
    yield from possible or found[:1]


def _shifted(
    problem: Problem, activity: Activity, now: tuple[Week, ...], shifts: list[int]
) -> Iterator[tuple[Week, ...]]:
    """Its present start weeks, and the same moved by some weeks; what may not move stays."""
    is_fixed = activity.pinned_starts is not None or (
        activity.published is not None and activity.published.is_frozen
    )
    for weeks in [0] if is_fixed else shifts:
        starts = tuple(start + weeks for start in now)
        if not weeks or fits(problem, activity, starts):
            yield starts


def fits(problem: Problem, activity: Activity, starts: tuple[Week, ...]) -> bool:
    """Whether all stages lie within the horizon: beyond it a plan has neither weeks nor prices."""
    return all(
        start >= 0 and start + stage.duration_weeks <= problem.num_weeks
        for start, stage in zip(starts, activity.stages, strict=True)
    )
