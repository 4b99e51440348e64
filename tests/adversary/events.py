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
from scheduler.events.settled import Settled
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import WeekSpan
from tests.adversary.draw import chance, some


def some_event(problem: Problem, plan: Plan, now_week: int, draw: Random) -> Event:
    """An event about names that exist and weeks to come, the first of which is open; it may still be refused."""
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


def some_settled(problem: Problem, draw: Random) -> Settled:
    """Sometimes the week has begun; some activities have begun by word, have had their notice, are named."""
    names = [activity.id for activity in problem.activities]
    under_way = some(draw, names, 1) if chance(draw, 0.25) else ()
    notified = [name for name in (some(draw, names, 2) if chance(draw, 0.3) else ()) if name not in under_way]
    others = [name for name in names if name not in under_way]
    return Settled(
        is_week_begun=chance(draw, 0.3),
        under_way=under_way,
        notified=tuple(notified),
        named=some(draw, others, 1) if chance(draw, 0.2) else (),
    )
