"""Random events, of every kind, that upset a plan in some present week."""

from random import Random

from scheduler.events.kinds import (
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import WeekSpan


def some_event(problem: Problem, plan: Plan, now_week: int, draw: Random) -> Event:
    """An event about names that exist and weeks to come; it may still be refused."""
    starts = plan.starts()
    later = [
        activity
        for activity in problem.activities
        if starts[activity.id][0] >= now_week and activity.pinned_starts is None
    ]
    begun = [activity for activity in problem.activities if starts[activity.id][0] < now_week]
    person, area = draw.choice(problem.inspectors).id, draw.choice(problem.areas).id
    first = draw.randint(now_week, problem.num_weeks - 1)
    weeks = WeekSpan(first=first, end=min(problem.num_weeks, first + draw.randint(1, 4)))
    events: list[Event] = [
        InspectorAbsence(inspector=person, weeks=weeks, percent_available=draw.choice((0, 0, 50))),
        InspectorAbsence(inspector=person, weeks=WeekSpan(first=now_week, end=problem.num_weeks)),
        Resignation(inspector=person, from_week=draw.choice((now_week, first))),
        NewConflict(inspector=person, area=area),
        ClosedWeeks(weeks=weeks, area=area),
        CriticalIncident(area=area, within_weeks=draw.randint(1, 6), like=draw.choice(problem.activities).id),
        *(
            ClosedWeeks(weeks=weeks, calendar=calendar.id, stages=_stages(problem, draw))
            for calendar in problem.calendars[:1]
        ),
    ]
    if later:
        chosen = draw.choice(later)
        window = chosen.start_window
        events += [
            CriticalIncident(area=chosen.area, within_weeks=draw.randint(1, 4), activity=chosen.id),
            Postponement(
                activity=chosen.id, not_before=draw.randint(now_week, max(now_week, window.end - 1))
            ),
        ] * 2
    if begun:
        events += [LateFinish(activity=draw.choice(begun).id, weeks=draw.randint(1, 2))] * 2
    return draw.choice(events)


def _stages(problem: Problem, draw: Random) -> tuple[str, ...]:
    """Sometimes only stages of one name are closed."""
    stage = draw.choice(draw.choice(problem.activities).stages).id
    return draw.choice(((), (stage,)))
