"""What stays where it is: what has begun, and what begins within the frozen zone."""

from collections import defaultdict
from typing import Any

from scheduler.events.kinds import CriticalIncident, Event, Postponement
from scheduler.validating.dates import why_not_there
from scheduler.validating.index import Index
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Starts, Week, WeekSpan


def frozen(problem: Problem, plan: Plan, event: Event, now_week: Week, frozen_weeks: int) -> Problem:
    """The problem in which everything that begins before `now_week + frozen_weeks` is pinned to the plan.

    Released are the event's own activity, whatever the event makes impossible where it is, and what a lag or
    'within' link or a saved place ties to those; of an activity that has begun only the stages to come are. Nothing
    else may move into the frozen zone, and nothing into the past. Confirmed dates (R016, R017) stay unless released.
    Pins take the place of the problem's own frozen zone.
    """
    starts = plan.starts()
    end = now_week + frozen_weeks
    released = _released(problem, starts, event, now_week)
    asked = _asked_activity(event)

    def fixed(activity: Activity) -> Activity:
        is_released, is_asked = activity.id in released, activity.id == asked
        return _fixed(activity, starts.get(activity.id), now_week, end, is_released, is_asked)

    return problem.with_activities(fixed).model_copy(update={"frozen_until": 0})


def _asked_activity(event: Event) -> str | None:
    """The activity that the event asks to move."""
    return event.activity if isinstance(event, CriticalIncident | Postponement) else None


def _fixed(
    activity: Activity,
    starts: tuple[Week, ...] | None,
    now_week: Week,
    end: Week,
    is_released: bool,
    is_asked: bool,
) -> Activity:
    if starts is None or activity.pinned_starts is not None:
        return activity
    if is_released and activity.published is not None:
        loose = activity.published.model_copy(update={"is_frozen": False})
        activity = activity.model_copy(update={"published": loose})
    if starts[0] < now_week and is_released:
        return _with_begun_stages_fixed(activity, starts, now_week)
    if starts[0] < end and not is_released:
        return activity.model_copy(update={"pinned_starts": starts})
    if is_asked and activity.start_window.first >= now_week:
        return activity
    first = max(activity.start_window.first, now_week if is_released else min(end, starts[0]))
    window = WeekSpan(first=min(first, activity.start_window.end), end=activity.start_window.end)
    return activity.model_copy(update={"start_window": window})


def _with_begun_stages_fixed(activity: Activity, starts: tuple[Week, ...], now_week: Week) -> Activity:
    """An activity under way: its first stage by the window, later ones that have begun by their lag."""
    stages = list(activity.stages)
    for number in range(1, len(stages)):
        lag = starts[number] - starts[number - 1] - stages[number - 1].duration_weeks
        if starts[number] < now_week and lag >= 0:
            fixed: dict[str, Any] = {"lag_min_weeks": lag, "lag_max_weeks": lag}
            stages[number] = stages[number].model_copy(update=fixed)
    window = WeekSpan(first=starts[0], end=starts[0] + 1)
    return activity.model_copy(update={"stages": tuple(stages), "start_window": window})


def _released(problem: Problem, starts: Starts, event: Event, now_week: Week) -> set[str]:
    index = Index(problem)
    released = {activity.id for activity in problem.activities if _cannot_stay(index, activity, starts)}
    if asked := _asked_activity(event):
        released.add(asked)
    ties, pending = _ties(problem), list(released)
    while pending:
        for name in ties[pending.pop()]:
            if name not in released and name in starts and starts[name][0] >= now_week:
                released.add(name)
                pending.append(name)
    return released


def _ties(problem: Problem) -> dict[str, set[str]]:
    """For each activity those that cannot move without it, itself among them."""
    pairs = [
        {end.activity for end in link.ends}
        for link in problem.links
        if link.kind in ("lag", "within", "clear")
    ]
    for activity in problem.activities:
        for place in activity.team.saved if activity.team else ():
            pairs.append({activity.id, place.after.activity})
    ties: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for name in pair:
            ties[name] |= pair
    return ties


def _cannot_stay(index: Index, activity: Activity, starts: Starts) -> bool:
    """Whether an activity's own rules forbid its announced dates now."""
    return activity.id in starts and any(why_not_there(index, activity, starts[activity.id]))
