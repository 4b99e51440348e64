"""What an event means for every plan that is offered after it (docs/data-format.md, 'The event')."""

from collections.abc import Iterator

from scheduler.events.kinds import (
    ClosedWeeks,
    CriticalIncident,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.replanning.result import ReplanResult
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import WeekSpan
from tests.adversary.question import Question
from tests.adversary.seats import staying
from tests.adversary.weeks import team_weeks
from tests.known import known


def the_event_is_in_force(question: Question, result: ReplanResult) -> Iterator[str]:
    """Nobody works who is away or has a conflict, nothing runs in closed weeks, what is asked for starts when asked."""
    for choice in result.choices:
        yield from _ignored(question, result.problem, choice.plan)


def _ignored(question: Question, after: Problem, plan: Plan) -> Iterator[str]:
    """What of the event a plan ignores."""
    event, starts = question.event, plan.starts()
    match event:
        case InspectorAbsence():
            if event.percent_available < after.min_percent:
                yield from _at_work(after, plan, event.inspector, event.weeks)
        case Resignation():
            yield from _at_work(after, plan, event.inspector, WeekSpan(first=event.from_week, end=10**6))
        case NewConflict():
            areas = {activity.id: activity.area for activity in after.activities}
            if any(
                (member.inspector, areas[member.activity]) == (event.inspector, event.area)
                for member in plan.members
            ):
                yield f"{event.inspector} works in {event.area}"
        case Postponement():
            if starts[event.activity][0] < event.not_before:
                yield f"{event.activity} begins in week {starts[event.activity][0]}"
        case ClosedWeeks():
            yield from _running(question, plan, event)
        case CriticalIncident():
            before = {activity.id for activity in question.problem.activities}
            names = (
                [event.activity]
                if event.activity
                else [activity.id for activity in after.activities if activity.id not in before]
            )
            first, last = (
                question.settled.first_open(question.now_week),
                question.now_week + event.within_weeks,
            )
            if [starts[name][0] in range(first, last + 1) for name in names] != [True]:
                yield f"{names} begin in {[starts[name] for name in names]}, asked is week {last} at the latest"
        case LateFinish():
            yield from _on_time(question, after, event)


def _at_work(problem: Problem, plan: Plan, person: str, span: WeekSpan) -> Iterator[str]:
    """Reviews in which somebody works in weeks of a span."""
    for activity in problem.activities:
        weeks = team_weeks(activity, plan.starts()[activity.id])
        team = [member.inspector for member in plan.members if member.activity == activity.id]
        if person in team and any(week in span for week in weeks):
            yield f"{person} works on {activity.id} in {weeks}"


def _running(question: Question, plan: Plan, event: ClosedWeeks) -> Iterator[str]:
    """Stages to come in closed weeks; those of a calendar are the ones that kept it before."""
    first = question.settled.first_open(question.now_week)
    for activity in question.problem.activities:
        for stage, start in zip(activity.stages, plan.starts()[activity.id], strict=True):
            is_meant = activity.area == event.area or event.calendar in stage.calendars
            is_named = not event.stages or stage.id in event.stages
            weeks = range(start, start + stage.duration_weeks)
            if start >= first and is_meant and is_named and any(week in event.weeks for week in weeks):
                yield f"{stage.id} of {activity.id} runs in {list(weeks)}"


def _on_time(question: Question, after: Problem, event: LateFinish) -> Iterator[str]:
    """Whether no stage under way is longer by what was said."""
    old, new = (_activity(problem, event.activity) for problem in (question.problem, after))
    longer = [
        two.duration_weeks - one.duration_weeks for one, two in zip(old.stages, new.stages, strict=True)
    ]
    if sorted(longer) != [0] * (len(longer) - 1) + [event.weeks]:
        yield f"stages are longer by {longer}"


def _activity(problem: Problem, name: str) -> Activity:
    return next(activity for activity in problem.activities if activity.id == name)


def the_past_stays(question: Question, result: ReplanResult) -> Iterator[str]:
    """Stages that have begun stay where they were, and no other one moves before the first week that is open."""
    first = question.settled.first_open(question.now_week)
    for choice in result.choices:
        for name, before in known(question.plan).starts().items():
            for old, new in zip(before, choice.plan.starts()[name], strict=True):
                if old != new and min(old, new) < first:
                    yield f"{name} moves from week {old} to {new}, the first open week is {first}"


def what_has_begun_stays(question: Question, result: ReplanResult) -> Iterator[str]:
    """What is under way or has had its notice keeps its dates, unless the event asks for it or it is named."""
    asked = getattr(question.event, "activity", None)
    first = question.settled.first_open(question.now_week)
    for choice in result.choices:
        for name, before in known(question.plan).starts().items():
            is_kept = name in question.settled.under_way or (
                name in question.settled.notified and name not in question.settled.named and name != asked
            )
            if is_kept and before[0] >= first and choice.plan.starts()[name] != before:
                yield f"{name} moves from {before} to {choice.plan.starts()[name]}"


def people_at_work_stay(question: Question, result: ReplanResult) -> Iterator[str]:
    """Of a review that has begun nobody leaves who may go on, and nobody comes but for somebody who leaves."""
    first, before = question.settled.first_open(question.now_week), known(question.plan)
    reviews = {activity.id: activity for activity in question.problem.activities if activity.team is not None}
    after = {activity.id: activity for activity in result.problem.activities}
    for choice in result.choices:
        for name, review in reviews.items():
            weeks = team_weeks(review, before.starts()[name])
            if not weeks or weeks[0] >= first:
                continue
            old, new = (_seats_of(plan, name) for plan in (before, choice.plan))
            stay = set(
                staying(result.problem, after[name], team_weeks(after[name], choice.plan.starts()[name]))
            )
            if left := (old & stay) - new:
                yield f"{sorted(left)} leave {name}, though they may go on"
            if len(new) > len(old):
                yield f"{name} is filled up: {sorted(new - old)}"


def _seats_of(plan: Plan, name: str) -> set[tuple[str, str]]:
    return {(member.skill, member.inspector) for member in plan.members if member.activity == name}
