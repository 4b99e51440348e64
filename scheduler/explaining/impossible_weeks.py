"""Why rules alone forbid a week to an activity, and what leaves it no week but one."""

from collections import Counter
from collections.abc import Collection
from typing import Literal

from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Identifier, Value, Week

Hindrance = Literal["window", "pinned", "frozen", "horizon", "closed", "later"]
"""Outside the window, pinned elsewhere, dates frozen, beyond the horizon, a closed week, or no week for later stages
or linked activities (windows, closures, lags and links among them)."""


class ImpossibleWeek(Value):
    """A week in which the first stage cannot start.

    Attributes
    ----------
    closed_week, reason
        The first closed week that the stage would meet, and why it is closed ('Easter holiday').
    """

    week: Week
    why: Hindrance
    calendar: Identifier | None = None
    closed_week: Week | None = None
    reason: str = ""


def why_impossible(problem: Problem, activity: Activity, week: Week) -> ImpossibleWeek:
    """The first reason that forbids the first stage of an activity to start in a week."""
    stage = activity.stages[0]
    if activity.pinned_starts is not None and activity.pinned_starts[0] != week:
        return ImpossibleWeek(week=week, why="pinned")
    if week not in activity.start_window:
        return ImpossibleWeek(week=week, why="window")
    if activity.published is not None and activity.published.is_frozen:
        return ImpossibleWeek(week=week, why="frozen")
    if week + stage.duration_weeks > problem.num_weeks:
        return ImpossibleWeek(week=week, why="horizon")
    weeks = range(week, week + stage.duration_weeks)
    met = (
        ImpossibleWeek(
            week=week, why="closed", calendar=calendar.id, closed_week=closed, reason=closure.reason
        )
        for calendar in problem.calendars
        if calendar.id in stage.calendars
        for closure in calendar.closures
        for closed in weeks
        if closed in closure.span
    )
    if (closed_week := next(met, None)) is not None:
        return closed_week
    if week < problem.frozen_until and not activity.short_notice:
        return ImpossibleWeek(week=week, why="frozen")
    return ImpossibleWeek(week=week, why="later")


def what_fixes(problem: Problem, activity: Activity, possible: Collection[Week]) -> Hindrance | None:
    """What leaves an activity no week but one, the commonest reason in its window; None if there are others.

    Parameters
    ----------
    possible
        The weeks in which it can start.
    """
    if len(possible) > 1:
        return None
    others = [week for week in activity.start_window.weeks() if week not in possible]
    reasons = Counter(why_impossible(problem, activity, week).why for week in others)
    return reasons.most_common(1)[0][0] if reasons else "window"
