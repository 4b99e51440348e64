"""Does an event make sense? All that is wrong with it is collected, each with place and advice."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from scheduler.events.changes import stage_under_way
from scheduler.events.kinds import (
    AddedReview,
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.events.settled import NOTHING_SETTLED, Settled
from scheduler.values.errors import Finding
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Week, WeekSpan
from scheduler.values.words import week_in_words

CANCEL_FIRST = "Call it off, then plan it anew."
"""What can be done about an activity under way that is to move."""


def event_findings(
    problem: Problem, plan: Plan, event: Event, now_week: Week, settled: Settled = NOTHING_SETTLED
) -> Iterator[Finding]:
    """Everything about an event that makes no sense for a problem and its plan in week `now_week`."""
    if not 0 <= now_week < problem.num_weeks:
        yield _outside("now_week", now_week, problem)
        return
    found = [*_unknown_names(problem, event), *_unknown_settled(problem, settled)]
    yield from found
    yield from _weeks_out_of_reach(problem, event, now_week)
    if not found:
        yield from _clashes_with_plan(problem, plan, event, now_week, settled)


def _unknown_names(problem: Problem, event: Event) -> Iterator[Finding]:
    """Names that the problem does not know."""
    known: dict[str, Iterable[str]] = {
        "inspector": [inspector.id for inspector in problem.inspectors],
        "area": [area.id for area in problem.areas],
        "activity": [activity.id for activity in problem.activities],
        "like": [activity.id for activity in problem.activities],
        "calendar": [calendar.id for calendar in problem.calendars],
        "stage": _stage_names(problem, event),
        "stages": _stage_names(problem, event),
    }
    if isinstance(event, AddedReview):
        if event.review.area not in known["area"]:
            message = f"there is no area '{event.review.area}'."
            yield Finding("review.area", message, _nearest(event.review.area, known["area"]))
        if event.review.id in known["activity"]:
            advice = "Give it another id, or replan a plan without it."
            yield Finding("review.id", f"'{event.review.id}' is planned already.", advice)
    for field, names in known.items():
        value = getattr(event, field, None)
        for name in value if isinstance(value, tuple) else [value]:
            if name is not None and name not in names:
                what = "stage" if field == "stages" else "activity" if field == "like" else field
                yield Finding(field, f"there is no {what} '{name}'.", _nearest(name, names))


def _unknown_settled(problem: Problem, settled: Settled) -> Iterator[Finding]:
    """Activities named as movable that are not there, or have begun."""
    known = [activity.id for activity in problem.activities]
    for name in settled.named:
        if name not in known:
            yield Finding("may move", f"there is no activity '{name}'.", _nearest(name, known))
        elif name in settled.under_way:
            yield Finding("may move", f"'{name}' is under way.", CANCEL_FIRST)


def _stage_names(problem: Problem, event: Event) -> list[str]:
    """Stages of the event's activity, or of all."""
    name = getattr(event, "activity", None)
    return sorted(
        {
            stage.id
            for activity in problem.activities
            if name in (None, activity.id)
            for stage in activity.stages
        }
    )


def _weeks_out_of_reach(problem: Problem, event: Event, now_week: Week) -> Iterator[Finding]:
    """Weeks before the present one, or outside the horizon."""
    if isinstance(event, InspectorAbsence | ClosedWeeks):
        yield from _span_out_of_reach(problem, event.weeks, now_week)
    elif isinstance(event, Resignation):
        yield from _week_out_of_reach(problem, "from_week", event.from_week, now_week)
    elif isinstance(event, AddedReview):
        for week in event.review.pinned_starts or (event.review.start_window.first,):
            yield from _week_out_of_reach(problem, "review", week, now_week)
    elif isinstance(event, Postponement):
        yield from _week_out_of_reach(problem, "not_before", event.not_before, now_week)


def _span_out_of_reach(problem: Problem, span: WeekSpan, now_week: Week) -> Iterator[Finding]:
    yield from _week_out_of_reach(problem, "weeks.first", span.first, now_week)
    if span.end > problem.num_weeks:
        yield _outside("weeks.end", span.end, problem)
    if span.end == span.first:
        advice = "Give the first week that no longer counts as the end."
        yield Finding("weeks", "it has no week.", advice)


def _week_out_of_reach(problem: Problem, field: str, week: Week, now_week: Week) -> Iterator[Finding]:
    if not 0 <= week < problem.num_weeks:
        yield _outside(field, week, problem)
    elif week < now_week:
        day = week_in_words(problem.first_monday, week)
        message = f"week {week} ({day}) is in the past; this week is {now_week}."
        yield Finding(field, message, f"Begin with week {now_week}.")


def _outside(field: str, week: Week, problem: Problem) -> Finding:
    last = week_in_words(problem.first_monday, problem.num_weeks - 1)
    return Finding(
        field,
        f"week {week} ({week_in_words(problem.first_monday, week)}) is outside the horizon.",
        f"Give a week from 0 to {problem.num_weeks - 1} ({last}).",
    )


def _clashes_with_plan(
    problem: Problem, plan: Plan, event: Event, now_week: Week, settled: Settled
) -> Iterator[Finding]:
    """What was done already, or is fixed."""
    activities = {known.id: known for known in problem.activities}
    starts, first_open = plan.starts(), settled.first_open(now_week)
    if isinstance(event, CriticalIncident):
        activity = activities[event.activity or event.like or ""]
        if event.activity and activity.area != event.area:
            advice = f"Give the area {activity.area}."
            yield Finding("activity", f"'{activity.id}' is in another area.", advice)
        if event.activity:
            yield from _not_movable(problem, activity, starts[activity.id], first_open, settled)
    elif isinstance(event, Postponement):
        activity = activities[event.activity]
        yield from _not_movable(problem, activity, starts[activity.id], first_open, settled)
    elif isinstance(event, LateFinish):
        weeks = now_week, first_open
        yield from _not_under_way(activities[event.activity], event, starts[event.activity], weeks)
    elif isinstance(event, NewConflict):
        yield from _worked_there(problem, plan, event, now_week)


def _not_movable(
    problem: Problem, activity: Activity, starts: tuple[Week, ...], first_open: Week, settled: Settled
) -> Iterator[Finding]:
    if starts[0] < first_open:
        day = week_in_words(problem.first_monday, starts[0])
        advice = "Report a late finish, or closed weeks for its later stages."
        yield Finding("activity", f"'{activity.id}' began on {day}.", advice)
    elif activity.id in settled.under_way:
        yield Finding("activity", f"'{activity.id}' is under way.", CANCEL_FIRST)
    elif activity.pinned_starts is not None:
        yield Finding("activity", f"'{activity.id}' is pinned.", "Remove its pin first.")


def _not_under_way(
    activity: Activity, event: LateFinish, starts: tuple[Week, ...], weeks: tuple[Week, Week]
) -> Iterator[Finding]:
    """`weeks` are the present one, and the first in which something may still start."""
    now_week, first_open = weeks
    number = stage_under_way(activity, starts, event, first_open)
    if number is None or starts[number] >= first_open:
        what = f"'{activity.id}'" if number is None else f"{activity.stages[number].id} of '{activity.id}'"
        advice = "Report a postponement."
        yield Finding("activity", f"{what} has not begun yet.", advice)
    elif (end := starts[number] + activity.stages[number].duration_weeks) < now_week:
        advice = f"Name another activity; this stage ended before week {end}."
        what = f"{activity.stages[number].id} of '{activity.id}'"
        yield Finding("activity", f"{what} is over.", advice)


def _worked_there(problem: Problem, plan: Plan, event: NewConflict, now_week: Week) -> Iterator[Finding]:
    """Work that is over cannot be undone: a plan with it would break the rule for ever."""
    starts = plan.starts()
    worked_on = {member.activity for member in plan.members if member.inspector == event.inspector}
    for activity in problem.activities:
        if activity.id in worked_on and activity.area == event.area:
            end = starts[activity.id][-1] + activity.stages[-1].duration_weeks
            if end <= now_week:
                message = f"'{event.inspector}' has worked on '{activity.id}' there, which is over."
                advice = "Note the conflict for the next round instead."
                yield Finding("inspector", message, advice)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3)
    return f"Try {' or '.join(repr(name) for name in near)}." if near else "Check the spelling."
