"""The weeks in which the stages of one activity may start: window, lags, closures, horizon, pins, frozen dates."""

from collections.abc import Iterator, Mapping

from scheduler.values.problem import Activity, Link, Problem, Stage, StageRef

Starts = tuple[int, ...]
"""A start week for each stage of an activity."""

Dates = Mapping[str, Starts]
"""Start weeks by activity."""


def starts_of(problem: Problem, activity: Activity) -> Iterator[Starts]:
    """Every way to date an activity alone (R013, R014, R043, R049)."""
    yield from (starts for starts in _chains(problem, activity, ()) if _stays(problem, activity, starts))


def _chains(problem: Problem, activity: Activity, starts: Starts) -> Iterator[Starts]:
    """Start weeks stage by stage: the first in its window, the next after a lag of clear weeks (R049)."""
    number = len(starts)
    if number == len(activity.stages):
        yield starts
        return
    stage = activity.stages[number]
    weeks = activity.start_window.weeks()
    if number > 0:
        end = starts[-1] + activity.stages[number - 1].duration_weeks
        weeks = range(end + stage.lag_min_weeks, end + stage.lag_max_weeks + 1)
    for week in weeks:
        if may_run(problem, stage, week):
            yield from _chains(problem, activity, (*starts, week))


def may_run(problem: Problem, stage: Stage, start: int) -> bool:
    """Whether a stage may run from a week on: within the horizon (R013) and in open weeks (R028)."""
    weeks = range(start, start + stage.duration_weeks)
    if start < 0 or weeks.stop > problem.num_weeks:
        return False
    closures = [
        closure.span
        for calendar in problem.calendars
        if calendar.id in stage.calendars
        for closure in calendar.closures
    ]
    return not any(week in span for span in closures for week in weeks)


def _stays(problem: Problem, activity: Activity, starts: Starts) -> bool:
    """Whether what must stay does: pins (R017), confirmed dates (R016, R017), the frozen zone (R019).

    A pin is above the frozen zone, not above confirmed dates.
    """
    published = activity.published
    if activity.pinned_starts is not None and starts != activity.pinned_starts:
        return False
    if published is not None and published.is_frozen and starts != published.starts:
        return False
    return activity.pinned_starts is not None or _keeps_zone(problem, activity, starts)


def _keeps_zone(problem: Problem, activity: Activity, starts: Starts) -> bool:
    """What is published for the frozen zone stays, stage by stage; nothing else starts there but at short notice.

    R019, R094.
    """
    zone = range(problem.frozen_until)
    announced: tuple[int | None, ...] = (None,) * len(starts)
    if activity.published is not None:
        announced = activity.published.starts
    for start, week in zip(starts, announced, strict=True):
        if week in zone and start != week:
            return False
        if start in zone and start != week and not activity.short_notice:
            return False
    return True


def run_of(problem: Problem, starts: Dates, ref: StageRef) -> range:
    """The weeks of a stage."""
    activity = next(activity for activity in problem.activities if activity.id == ref.activity)
    number = [stage.id for stage in activity.stages].index(ref.stage)
    first = starts[ref.activity][number]
    return range(first, first + activity.stages[number].duration_weeks)


def team_weeks(activity: Activity, starts: Starts) -> tuple[int, ...]:
    """The weeks in which an activity keeps its whole team busy, in order."""
    weeks: set[int] = set()
    for stage, start in zip(activity.stages, starts, strict=True):
        if stage.uses_team:
            weeks |= set(range(start, start + stage.duration_weeks))
    return tuple(sorted(weeks))


def ends(link: Link) -> tuple[StageRef, StageRef]:
    """The two stages that a link joins."""
    if link.kind == "lag":
        return link.before, link.after
    if link.kind == "within":
        return link.inner, link.outer
    return link.one, link.other
