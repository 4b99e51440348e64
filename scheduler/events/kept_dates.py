"""Dates that break rules and were kept all the same: the problem in which they may stay where they are (R094)."""

from collections.abc import Iterator

from scheduler.checking import dates, limits
from scheduler.checking.facts import Facts
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Calendar, Closure, Link, Problem, Stage
from scheduler.values.value import Starts, Week, WeekSpan

ACTIVITY_RULES = (dates.starts_in_window, dates.keeps_lags, dates.avoids_closed_weeks)
LINK_RULES = (limits.keeps_lag_links, limits.keeps_within_links, limits.keeps_clear_links)


def with_kept_dates(problem: Problem, plan: Plan) -> Problem:
    """The problem in which the rules give way to the dates of a plan, as far as it breaks them and no further.

    An activity that breaks its window, its lags or closed weeks may be where it is, and each of its other weeks is as
    closed as before; links that the plan breaks are left out. A plan that keeps the rules leaves the problem as it is.
    """
    facts = Facts(problem, plan)
    if not any(True for rule in (*ACTIVITY_RULES, *LINK_RULES) for _ in rule(facts)):
        return problem
    starts = plan.starts()
    private: dict[str, Calendar] = {}
    by_name = {calendar.id: calendar for calendar in problem.calendars}
    found = problem.with_activities(lambda activity: _kept(activity, starts, by_name, private))
    links = tuple(link for link in problem.links if not _is_broken(problem, link, plan))
    return found.model_copy(update={"calendars": (*problem.calendars, *private.values()), "links": links})


def _kept(
    activity: Activity, starts: Starts, by_name: dict[str, Calendar], private: dict[str, Calendar]
) -> Activity:
    """An activity that may be where it is; calendars of its own are added to `private`."""
    weeks = starts.get(activity.id)
    if weeks is None or len(weeks) != len(activity.stages):
        return activity
    window, end = activity.start_window, None
    stages = []
    for stage, week in zip(activity.stages, weeks, strict=True):
        lag = stage.lag_min_weeks if end is None else week - end
        end = week + stage.duration_weeks
        changes = {
            "lag_min_weeks": min(stage.lag_min_weeks, max(0, lag)),
            "lag_max_weeks": max(stage.lag_max_weeks, lag),
            "calendars": tuple(
                _opened(by_name[name], activity, stage, week, private) for name in stage.calendars
            ),
        }
        stages.append(stage.model_copy(update=changes))
    wide = WeekSpan(first=min(window.first, weeks[0]), end=max(window.end, weeks[0] + 1))
    return activity.model_copy(update={"stages": tuple(stages), "start_window": wide})


def _opened(
    calendar: Calendar, activity: Activity, stage: Stage, week: Week, private: dict[str, Calendar]
) -> str:
    """The name of a calendar in which a stage is open in the weeks that it has."""
    first, end = week, week + stage.duration_weeks
    if not any(closure.span.first < end and first < closure.span.end for closure in calendar.closures):
        return calendar.id
    name = f"{calendar.id}.{activity.id}.{stage.id}"
    closures = tuple(left for closure in calendar.closures for left in _without(closure, first, end))
    private[name] = calendar.model_copy(update={"id": name, "closures": closures})
    return name


def _without(closure: Closure, first: Week, end: Week) -> Iterator[Closure]:
    """What is left of a closure without some weeks."""
    span = closure.span
    for left in (
        range(span.first, min(span.end, first)),
        range(max(span.first, end), span.end),
    ):
        if left:
            yield closure.model_copy(update={"span": WeekSpan(first=left.start, end=left.stop)})


def _is_broken(problem: Problem, link: Link, plan: Plan) -> bool:
    """Whether a plan breaks a link."""
    facts = Facts(problem.model_copy(update={"links": (link,)}), plan)
    return any(True for rule in LINK_RULES for _ in rule(facts))
