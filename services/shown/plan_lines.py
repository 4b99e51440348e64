"""A plan as people read it: dates instead of weeks, names instead of codes, and how two plans differ."""

from datetime import date, timedelta

from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Value
from services.plans.plan_store import first_mondays, stage_dates, team_places


class StageView(Value):
    """A stage on real dates; `end` is its last working day, included."""

    stage: str
    start: date
    end: date


class SeatView(Value):
    """A demanded seat; without an inspector it is an uncovered place."""

    skill: str
    inspector: str | None


class ActivityView(Value):
    """One activity of a plan."""

    activity: str
    area: str
    area_name: str
    kind: str
    stages: tuple[StageView, ...]
    team: tuple[SeatView, ...]


class Moved(Value):
    """An activity that starts on another Monday; positive weeks are later."""

    activity: str
    area_name: str
    kind: str
    before: date
    after: date
    weeks: int


def activities(problem: Problem, plan: Plan, area: str | None = None) -> tuple[ActivityView, ...]:
    """The activities of a plan in the order of their dates, all or those of one area."""
    names = {item.id: item.name for item in problem.areas}
    dates = stage_dates(problem, plan)
    seats = _seats(problem, plan)
    views = [
        ActivityView(
            activity=activity.id,
            area=activity.area,
            area_name=names[activity.area],
            kind=activity.kind,
            stages=tuple(_stage(name, *span) for name, span in dates[activity.id].items()),
            team=seats.get(activity.id, ()),
        )
        for activity in problem.activities
        if activity.id in dates and (area is None or activity.area == area)
    ]
    return tuple(sorted(views, key=lambda view: (view.stages[0].start, view.activity)))


def moved(problem: Problem, before: Plan, after: Plan) -> tuple[Moved, ...]:
    """Activities of both plans that start on another Monday, the longest way first.

    The two plans may belong to different problems, as under two options; names are taken from `problem`.
    """
    names = {item.id: item.name for item in problem.areas}
    old, new = first_mondays(before), first_mondays(after)
    changes = [
        Moved(
            activity=activity.id,
            area_name=names[activity.area],
            kind=activity.kind,
            before=old[activity.id],
            after=new[activity.id],
            weeks=(new[activity.id] - old[activity.id]).days // 7,
        )
        for activity in problem.activities
        if old.get(activity.id) != new.get(activity.id) and activity.id in old and activity.id in new
    ]
    return tuple(sorted(changes, key=lambda change: (-abs(change.weeks), change.activity)))


def _stage(name: str, start: date, end: date) -> StageView:
    return StageView(stage=name, start=start, end=end - timedelta(days=3))  # the week's Friday


def _seats(problem: Problem, plan: Plan) -> dict[str, tuple[SeatView, ...]]:
    seats: dict[str, list[SeatView]] = {}
    for place in team_places(problem, plan, version=0):
        seat = SeatView(skill=place.skill, inspector=place.inspector_code)
        seats.setdefault(place.activity_code, []).append(seat)
    return {activity: tuple(team) for activity, team in seats.items()}
