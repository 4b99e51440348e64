"""A plan as people read it: dates instead of weeks, names instead of codes, and how two plans differ."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Value
from services.days.weeks import week_monday
from services.plans.plan_store import stage_dates, team_places


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
    """An activity in other weeks or with other people; positive weeks are later.

    `stage` is the first one that starts on another Monday, else the first of all. `left` and `joined` are the people
    who are in its team in one plan only.
    """

    activity: str
    area_name: str
    kind: str
    stage: str
    before: date
    after: date
    weeks: int
    left: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


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
    """Activities of both plans that have another Monday or other people, the longest way first.

    The two plans may belong to different problems, as under two options; names are taken from `problem`.
    """
    names = {item.id: item.name for item in problem.areas}
    old, new, teams = _mondays(before), _mondays(after), (_people(before), _people(after))
    changes = (
        _moved(activity, names[activity.area], old[activity.id], new[activity.id], teams)
        for activity in problem.activities
        if activity.id in old and activity.id in new
    )
    told = (change for change in changes if change.weeks or change.left or change.joined)
    return tuple(sorted(told, key=lambda change: (-abs(change.weeks), change.activity)))


def _moved(
    activity: Activity,
    area_name: str,
    old: Sequence[date],
    new: Sequence[date],
    teams: tuple[Mapping[str, set[str]], Mapping[str, set[str]]],
) -> Moved:
    pairs = list(zip(old, new, strict=False))
    number = next((number for number, (was, now) in enumerate(pairs) if was != now), 0)
    was, now = pairs[number]
    people, others = (team.get(activity.id, set()) for team in teams)
    return Moved(
        activity=activity.id,
        area_name=area_name,
        kind=activity.kind,
        stage=activity.stages[number].id,
        before=was,
        after=now,
        weeks=(now - was).days // 7,
        left=tuple(sorted(people - others)),
        joined=tuple(sorted(others - people)),
    )


def _mondays(plan: Plan) -> dict[str, list[date]]:
    """The Mondays of all stages by activity."""
    return {
        code: [week_monday(plan.first_monday, week) for week in weeks]
        for code, weeks in plan.starts().items()
    }


def _people(plan: Plan) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for member in plan.members:
        found.setdefault(member.activity, set()).add(member.inspector)
    return found


def _stage(name: str, start: date, end: date) -> StageView:
    return StageView(stage=name, start=start, end=end - timedelta(days=3))  # the week's Friday


def _seats(problem: Problem, plan: Plan) -> dict[str, tuple[SeatView, ...]]:
    seats: dict[str, list[SeatView]] = {}
    for place in team_places(problem, plan, version=0):
        seat = SeatView(skill=place.skill, inspector=place.inspector_code)
        seats.setdefault(place.activity_code, []).append(seat)
    return {activity: tuple(team) for activity, team in seats.items()}
