"""What stays where it is: what has begun, what has had its notice, and what begins within the frozen zone."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from scheduler.events.kinds import CriticalIncident, Event, Postponement
from scheduler.events.settled import NOTHING_SETTLED, Hold, Settled
from scheduler.validating.dates import why_not_there
from scheduler.validating.index import Index
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Starts, Week, WeekSpan


def frozen(
    problem: Problem,
    plan: Plan,
    event: Event,
    now_week: Week,
    zone_end: Week,
    settled: Settled = NOTHING_SETTLED,
) -> Problem:
    """The problem in which what has begun, what has had its notice, and all that begins before `zone_end` is pinned.

    Released are the event's own activity, those that the planner names, whatever the event makes impossible where it
    is, and what a lag or 'within' link or a saved place ties to those; of an activity that has begun only the stages
    to come are. Nothing else may move into the frozen zone, and nothing into the past. Confirmed dates (R016, R017)
    stay unless released. Pins take the place of the problem's own frozen zone.
    """
    starts, first_open = plan.starts(), settled.first_open(now_week)
    zone = _Zone(first_open, max(first_open, zone_end))
    released = _released(problem, starts, event, first_open, settled)
    asked = _asked_activity(event)

    def fixed(activity: Activity) -> Activity:
        is_released, is_asked = activity.id in released, activity.id == asked
        if not is_released and settled.keeps(activity.id) is not None and activity.id in starts:
            return _pinned(activity, starts[activity.id])
        if not is_released and activity.id in settled.named:
            return _fixed(activity, starts.get(activity.id), _Zone(first_open, first_open), False, True)
        return _fixed(activity, starts.get(activity.id), zone, is_released, is_asked)

    return problem.with_activities(fixed).model_copy(update={"frozen_until": 0})


def held(
    problem: Problem,
    plan: Plan,
    now_week: Week,
    settled: Settled = NOTHING_SETTLED,
    firm: Collection[str] = (),
) -> Problem:
    """The problem in which what has begun, has had its notice or is firm stays where a plan has it; nothing is past.

    For questions about a plan: which other weeks there are, and who could make room.

    Parameters
    ----------
    firm
        Activities whose dates were confirmed since the problem was made (R016, R017).
    """
    starts, first_open = plan.starts(), settled.first_open(now_week)

    def stays(activity: Activity) -> Activity:
        weeks = starts.get(activity.id)
        if weeks is None:
            return activity
        is_held = settled.keeps(activity.id) is not None or activity.id in firm
        if is_held or weeks[0] < first_open:
            return _pinned(activity, weeks)
        if activity.id in settled.named:
            activity = _loosened(activity)
        window = activity.start_window
        return activity.model_copy(
            update={"start_window": WeekSpan(first=max(window.first, first_open), end=window.end)}
        )

    return problem.with_activities(stays)


def held_but_impossible(
    problem: Problem, plan: Plan, event: Event, now_week: Week, settled: Settled
) -> Iterator[tuple[Activity, Hold]]:
    """Activities that have to stay, though after the event their own rules forbid their dates; and why they stay.

    Of an activity of which a stage in the problem has begun the stages to come may still be put later.
    """
    index, starts, asked = Index(problem), plan.starts(), _asked_activity(event)
    for activity in problem.activities:
        hold = settled.keeps(activity.id)
        is_begun = activity.id in starts and starts[activity.id][0] < settled.first_open(now_week)
        if hold is None or is_begun or activity.id == asked:
            continue
        if _cannot_stay(index, activity, starts):
            yield activity, hold


class _Zone(NamedTuple):
    """The first week in which something may start, and the week in which the frozen zone ends."""

    first_open: Week
    end: Week


def _asked_activity(event: Event) -> str | None:
    """The activity that the event asks to move."""
    return event.activity if isinstance(event, CriticalIncident | Postponement) else None


def _pinned(activity: Activity, starts: tuple[Week, ...]) -> Activity:
    if activity.pinned_starts is not None:
        return activity
    return activity.model_copy(update={"pinned_starts": starts})


def _fixed(
    activity: Activity,
    starts: tuple[Week, ...] | None,
    zone: _Zone,
    is_released: bool,
    is_asked: bool,
) -> Activity:
    if starts is None or activity.pinned_starts is not None:
        return activity
    if is_released or is_asked:
        activity = _loosened(activity)
    if starts[0] < zone.first_open and is_released:
        return _with_begun_stages_fixed(activity, starts, zone.first_open)
    if starts[0] < zone.end and not is_released:
        return _pinned(activity, starts)
    if is_asked and activity.start_window.first >= zone.first_open:
        return activity
    first = max(activity.start_window.first, zone.first_open if is_released else min(zone.end, starts[0]))
    window = WeekSpan(first=min(first, activity.start_window.end), end=activity.start_window.end)
    return activity.model_copy(update={"start_window": window})


def _loosened(activity: Activity) -> Activity:
    """An activity whose announced dates, if it has any, are not frozen."""
    if activity.published is None:
        return activity
    loose = activity.published.model_copy(update={"is_frozen": False})
    return activity.model_copy(update={"published": loose})


def _with_begun_stages_fixed(activity: Activity, starts: tuple[Week, ...], first_open: Week) -> Activity:
    """An activity under way: its first stage by the window, later ones that have begun by their lag."""
    stages = list(activity.stages)
    for number in range(1, len(stages)):
        lag = starts[number] - starts[number - 1] - stages[number - 1].duration_weeks
        if starts[number] < first_open and lag >= 0:
            fixed: dict[str, Any] = {"lag_min_weeks": lag, "lag_max_weeks": lag}
            stages[number] = stages[number].model_copy(update=fixed)
    window = WeekSpan(first=starts[0], end=starts[0] + 1)
    return activity.model_copy(update={"stages": tuple(stages), "start_window": window})


def _released(problem: Problem, starts: Starts, event: Event, first_open: Week, settled: Settled) -> set[str]:
    """What may leave its dates for the event's sake: never what has to stay, unless the event itself asks for it."""
    index, asked = Index(problem), _asked_activity(event)
    released = {activity.id for activity in problem.activities if _cannot_stay(index, activity, starts)} | (
        {asked} if asked else set()
    )
    ties, pending = _ties(problem), list(released)
    while pending:
        for name in ties[pending.pop()]:
            is_free = name in starts and starts[name][0] >= first_open and settled.keeps(name) is None
            if name not in released and is_free:
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
