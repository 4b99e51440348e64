"""What an event changes in a problem, one function a kind; dates stay free here (see `freeze`)."""

from collections.abc import Callable, Iterable
from typing import Any

from scheduler.events.kept_dates import is_part_of
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
from scheduler.values.plan import Plan
from scheduler.values.problem import (
    Absence,
    Activity,
    Calendar,
    Closure,
    Inspector,
    Place,
    Problem,
    Stage,
    Team,
)
from scheduler.values.value import Week, WeekSpan


def changed(
    problem: Problem, plan: Plan, event: Event, now_week: Week, settled: Settled = NOTHING_SETTLED
) -> Problem:
    """The problem after an event that makes sense."""
    match event:
        case InspectorAbsence():
            parts = [Absence(span=span, percent_available=percent) for span, percent in event.shares()]
            return _with_inspector(problem, event.inspector, lambda inspector: _away(inspector, *parts))
        case Resignation():
            gone = Absence(span=WeekSpan(first=event.from_week, end=problem.num_weeks))
            left = problem.with_activities(lambda activity: activity.reserving_none_for({event.inspector}))
            return _with_inspector(left, event.inspector, lambda inspector: _away(inspector, gone))
        case NewConflict():
            return _with_inspector(
                problem, event.inspector, lambda inspector: _conflicted(inspector, event.area)
            )
        case CriticalIncident():
            return _incident(problem, event, now_week, settled.first_open(now_week))
        case AddedReview():
            added = event.review.model_copy(update={"published": None, "short_notice": True})
            return problem.model_copy(update={"activities": (*problem.activities, added)})
        case Postponement():
            return problem.with_activity(
                event.activity, lambda activity: _postponed(activity, event.not_before)
            )
        case ClosedWeeks():
            return _closed(problem, event)
        case LateFinish():
            return _finishing_late(problem, plan, event, settled.first_open(now_week))


def new_activity_id(event: CriticalIncident) -> str:
    """Identifier of the short-notice activity that an incident makes."""
    return f"{event.like}-incident"


def event_calendar(area: str) -> str:
    """Identifier of the calendar in which an area's weeks closed by events stand."""
    return f"event:{area}"


def _away(inspector: Inspector, *absences: Absence) -> Inspector:
    return inspector.model_copy(update={"absences": (*inspector.absences, *absences)})


def _conflicted(inspector: Inspector, area: str) -> Inspector:
    areas = tuple(dict.fromkeys((*inspector.conflicts, area)))
    return inspector.model_copy(update={"conflicts": areas})


def _incident(problem: Problem, event: CriticalIncident, now_week: Week, first_open: Week) -> Problem:
    end = min(problem.num_weeks, now_week + event.within_weeks + 1)
    window: dict[str, Any] = {"start_window": WeekSpan(first=first_open, end=max(first_open, end))}
    if event.activity is not None:
        return problem.with_activity(event.activity, lambda activity: activity.model_copy(update=window))
    like = next(activity for activity in problem.activities if activity.id == event.like)
    news: dict[str, Any] = {
        "id": _free_name(new_activity_id(event), (known.id for known in problem.activities), "-"),
        "area": event.area,
        "kind": "incident",
        "pinned_starts": None,
        "published": None,
        "team": None if like.team is None else _own_team(like.team),
        "short_notice": True,
    }
    made = like.model_copy(update={**news, **window})
    return problem.model_copy(update={"activities": (*problem.activities, made)})


def _own_team(team: Team) -> Team:
    """The team of an activity that no assessment goes with: nothing is saved, and nobody else fills a place."""
    saved = tuple(Place(skill=place.skill, count=place.count) for place in team.saved)
    quotas = (
        quota.model_copy(update={"minimum": max(0, quota.minimum - team.lent_from(quota.body))})
        for quota in team.quotas
    )
    changes: dict[str, Any] = {
        "places": (*team.places, *saved),
        "saved": (),
        "joint": (),
        "quotas": tuple(quotas),
        "reserved": (),
    }
    alone = team.model_copy(update=changes)
    seats = alone.seats()
    sizes = {"min_members": min(team.min_members, seats), "max_members": max(team.max_members, seats)}
    return alone.model_copy(update=sizes)


def _free_name(name: str, taken: Iterable[str], separator: str) -> str:
    """The name, with a number if it is taken."""
    names = set(taken)
    numbered = (f"{name}{separator}{number}" for number in range(2, len(names) + 3))
    return next(free for free in (name, *numbered) if free not in names)


def _postponed(activity: Activity, week: Week) -> Activity:
    window = activity.start_window
    first = max(week, window.first)
    return activity.model_copy(
        update={"start_window": WeekSpan(first=min(first, window.end), end=window.end)}
    )


def stage_under_way(
    activity: Activity, starts: tuple[Week, ...], event: LateFinish, first_open: Week
) -> int | None:
    """Number of the stage that finishes late: the one named, else the last that has begun; None if none has."""
    if event.stage is not None:
        return [stage.id for stage in activity.stages].index(event.stage)
    begun = [number for number, week in enumerate(starts) if week < first_open]
    return begun[-1] if begun else None


def _finishing_late(problem: Problem, plan: Plan, event: LateFinish, first_open: Week) -> Problem:
    """The stage takes longer: a fact, so its people are there in the weeks added, closed or not."""
    starts = plan.starts()[event.activity]
    activity = next(candidate for candidate in problem.activities if candidate.id == event.activity)
    number = stage_under_way(activity, starts, event, first_open) or 0
    end = starts[number] + activity.stages[number].duration_weeks
    added = WeekSpan(first=end, end=end + event.weeks)
    longer = problem.with_activity(activity.id, lambda known: _longer(known, number, event.weeks))
    for member in plan.members:
        if member.activity == activity.id:
            longer = _with_inspector(longer, member.inspector, lambda inspector: _there(inspector, added))
    return longer


def _there(inspector: Inspector, added: WeekSpan) -> Inspector:
    """The inspector without absences in some weeks."""
    left = []
    for absence in inspector.absences:
        span = absence.span
        for first, end in ((span.first, min(span.end, added.first)), (max(span.first, added.end), span.end)):
            if first < end:
                left.append(absence.model_copy(update={"span": WeekSpan(first=first, end=end)}))
    return inspector.model_copy(update={"absences": tuple(left)})


def _longer(activity: Activity, number: int, weeks: int) -> Activity:
    stages = list(activity.stages)
    stage = stages[number]
    stages[number] = stage.model_copy(
        update={"duration_weeks": stage.duration_weeks + weeks, "calendars": ()}
    )
    return activity.model_copy(update={"stages": tuple(stages)})


def _closed(problem: Problem, event: ClosedWeeks) -> Problem:
    closure = Closure(span=event.weeks, reason=event.reason)
    if event.calendar is not None and not event.stages:
        calendars = tuple(
            known.model_copy(update={"closures": (*known.closures, closure)})
            if is_part_of(known.id, event.calendar)
            else known
            for known in problem.calendars
        )
        return problem.model_copy(update={"calendars": calendars})
    calendar = event_calendar(event.area or event.calendar or "")
    name = _free_name(calendar, (known.id for known in problem.calendars), ":")

    def concerns(activity: Activity, stage: Stage) -> bool:
        if event.stages and stage.id not in event.stages:
            return False
        if event.area:
            return activity.area == event.area
        return any(is_part_of(name, event.calendar or "") for name in stage.calendars)

    def closed(activity: Activity) -> Activity:
        stages = tuple(
            stage.model_copy(update={"calendars": (*stage.calendars, name)})
            if concerns(activity, stage)
            else stage
            for stage in activity.stages
        )
        return activity.model_copy(update={"stages": stages})

    calendars = (*problem.calendars, Calendar(id=name, closures=(closure,)))
    return problem.with_activities(closed).model_copy(update={"calendars": calendars})


def _with_inspector(problem: Problem, name: str, change: Callable[[Inspector], Inspector]) -> Problem:
    people = tuple(
        change(inspector) if inspector.id == name else inspector for inspector in problem.inspectors
    )
    return problem.model_copy(update={"inspectors": people})
