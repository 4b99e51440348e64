"""Dates that break rules and were kept all the same: the problem in which they may stay where they are (R094)."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from scheduler.checking import dates, limits
from scheduler.checking.facts import Facts, Rule
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Calendar, Closure, LagLink, LagTable, Link, Problem, Stage
from scheduler.values.value import Week, WeekSpan

WEEK_RULES: Mapping[str, Rule] = {
    "outside_window": dates.starts_in_window,
    "stage_lag": dates.keeps_lags,
    "closed_week": dates.avoids_closed_weeks,
}
"""Rules of the weeks of a single activity, by the names of their violations."""

HOLD_RULES = (dates.keeps_pins, dates.keeps_frozen_dates, dates.keeps_frozen_zone)
LINK_RULES = (limits.keeps_lag_links, limits.keeps_within_links, limits.keeps_clear_links)
PLACE_RULES = (limits.saves_places_for_a_reason, limits.visits_together)

BUT = " but for "
"""Stands in the name of a calendar between that of which it is a part and the stage that it leaves alone."""


def with_kept_dates(problem: Problem, plan: Plan) -> Problem:
    """The problem in which the rules give way to the dates of a plan, as far as it breaks them and no further.

    An activity that breaks its window, its lags or closed weeks may be where it is, and each of its other weeks is as
    closed as before; one that is not where it is pinned, confirmed or frozen is pinned to where it is. Lag links allow
    the plan's weeks; other links that it breaks are left out, and so are places that are saved or lent for no reason. A
    plan that keeps the rules leaves the problem as it is.

    Parameters
    ----------
    plan
        One that gives every stage a week in the horizon; no stage begins before the one before has ended.
    """
    if not _breaks(problem, plan, (*WEEK_RULES.values(), *HOLD_RULES, *LINK_RULES, *PLACE_RULES)):
        return problem
    starts, calendars = plan.starts(), {calendar.id: calendar for calendar in problem.calendars}

    def kept(activity: Activity) -> Activity:
        weeks = starts.get(activity.id, ())
        if len(weeks) != len(activity.stages):
            return activity
        return _held(problem, plan, with_kept_weeks(activity, weeks, calendars), weeks)

    found = problem.with_activities(kept)
    tables = {table.id: table for table in problem.lag_tables}
    links = tuple(
        known
        for link in problem.links
        if (known := _kept_link(problem, link, plan, tables) if _is_broken(problem, link, plan) else link)
    )
    changes = {"calendars": tuple(calendars.values()), "lag_tables": tuple(tables.values()), "links": links}
    found = found.model_copy(update=changes)
    return found.with_activities(lambda activity: _with_sound_places(found, plan, activity))


def with_kept_weeks(
    activity: Activity,
    weeks: tuple[Week, ...],
    calendars: dict[str, Calendar],
    rules: Collection[str] = tuple(WEEK_RULES),
) -> Activity:
    """An activity whose window, lags and calendars let it be in some weeks.

    Parameters
    ----------
    weeks
        One for each stage.
    calendars
        By name; gets the parts of calendars that are closed to this activity as before, but for these weeks.
    rules
        Those of `WEEK_RULES` that give way.
    """
    window, end = activity.start_window, None
    stages = []
    for stage, week in zip(activity.stages, weeks, strict=True):
        changes: dict[str, Any] = {}
        if "stage_lag" in rules and end is not None:
            lag = week - end
            changes["lag_min_weeks"] = min(stage.lag_min_weeks, max(0, lag))
            changes["lag_max_weeks"] = max(stage.lag_max_weeks, lag)
        if "closed_week" in rules:
            named = (_opened(calendars[name], activity, stage, week, calendars) for name in stage.calendars)
            changes["calendars"] = tuple(named)
        end = week + stage.duration_weeks
        stages.append(stage.model_copy(update=changes))
    if "outside_window" in rules:
        window = WeekSpan(first=min(window.first, weeks[0]), end=max(window.end, weeks[0] + 1))
    return activity.model_copy(update={"stages": tuple(stages), "start_window": window})


def is_part_of(calendar: str, whole: str) -> bool:
    """Whether a calendar is another one, or that one but for some stage."""
    return calendar == whole or calendar.startswith(f"{whole}{BUT}")


def _breaks(problem: Problem, plan: Plan, rules: Collection[Rule]) -> bool:
    facts = Facts(problem, plan)
    return any(True for rule in rules for _ in rule(facts))


def _opened(
    calendar: Calendar, activity: Activity, stage: Stage, week: Week, calendars: dict[str, Calendar]
) -> str:
    """The name of a calendar in which a stage is open in the weeks that it has."""
    first, end = week, week + stage.duration_weeks
    if not any(closure.span.first < end and first < closure.span.end for closure in calendar.closures):
        return calendar.id
    name = f"{calendar.id}{BUT}{activity.id} {stage.id}"
    closures = tuple(left for closure in calendar.closures for left in _without(closure, first, end))
    calendars[name] = calendar.model_copy(update={"id": name, "closures": closures})
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


def _held(problem: Problem, plan: Plan, activity: Activity, weeks: tuple[Week, ...]) -> Activity:
    """An activity that is held where it is, if it was to be held in other weeks; its move still costs what it did."""
    alone = problem.model_copy(update={"activities": (activity,)})
    if not _breaks(alone, plan, HOLD_RULES):
        return activity
    loose = activity.published and activity.published.model_copy(update={"is_frozen": False})
    return activity.model_copy(update={"pinned_starts": weeks, "published": loose})


def _is_broken(problem: Problem, link: Link, plan: Plan) -> bool:
    """Whether a plan breaks a link."""
    return _breaks(problem.model_copy(update={"links": (link,)}), plan, LINK_RULES)


def _kept_link(problem: Problem, link: Link, plan: Plan, tables: dict[str, LagTable]) -> Link | None:
    """A lag link that allows one pair of weeks more, with a table of its own; no other link can give way so."""
    if not isinstance(link, LagLink):
        return None
    facts, table = Facts(problem, plan), tables[link.table]
    before, after = facts.run_of(link.before), facts.run_of(link.after)
    if before is None or after is None or not 0 < before[1] <= min(len(table.first), len(table.end)):
        return None
    first, end, last = list(table.first), list(table.end), before[1] - 1
    is_open = first[last] < end[last]
    first[last] = min(first[last], after[0]) if is_open else after[0]
    end[last] = max(end[last], after[0] + 1) if is_open else after[0] + 1
    name = f"{table.id}{BUT}{link.after.activity} {link.after.stage}"
    tables[name] = LagTable(id=name, first=tuple(first), end=tuple(end))
    return link.model_copy(update={"table": name})


def _with_sound_places(problem: Problem, plan: Plan, activity: Activity) -> Activity:
    """An activity without the saved and joint places for which the dates of a plan give no reason."""
    if activity.team is None or not (activity.team.saved or activity.team.joint):
        return activity

    def is_sound(**places: Any) -> bool:
        alone = _with_places(activity, **{"saved": (), "joint": (), **places})
        changed = problem.with_activity(activity.id, lambda _: alone)
        facts = Facts(changed, plan)
        return all(violation.place != facts.place(alone) for rule in PLACE_RULES for violation in rule(facts))

    saved = tuple(place for place in activity.team.saved if is_sound(saved=(place,)))
    joint = tuple(place for place in activity.team.joint if is_sound(joint=(place,)))
    if (saved, joint) == (activity.team.saved, activity.team.joint):
        return activity
    return _with_places(activity, saved=saved, joint=joint)


def _with_places(activity: Activity, **places: Any) -> Activity:
    assert activity.team is not None
    return activity.model_copy(update={"team": activity.team.model_copy(update=places)})
