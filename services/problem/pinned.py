"""Which links can still hold once one end of them is settled: sequencing cannot be chosen in hindsight."""

from collections.abc import Iterable, Iterator, Mapping

from scheduler.values.problem import Activity, ClearLink, LagLink, LagTable, Link, StageRef, WithinLink


def links_that_hold(
    links: Iterable[Link], activities: Mapping[str, Activity], tables: Mapping[str, LagTable]
) -> Iterator[Link]:
    """All links but those that the dates of a settled end make impossible.

    An end is settled if it has begun or its dates are frozen. A review that was done a year ago can't be followed by
    its assessment within nine months any more: the assessment is planned freely then.
    """
    for link in links:
        if not any(settled_starts(activities[ref.activity]) is not None for ref in link.ends) or can_hold(
            link, activities, tables
        ):
            yield link


def can_hold(link: Link, activities: Mapping[str, Activity], tables: Mapping[str, LagTable]) -> bool:
    """Whether the windows of its two ends, or their settled dates, leave a link any weeks, calendars aside."""
    one, other = ((list(_starts(activities, ref)), _duration(activities, ref)) for ref in link.ends)
    if isinstance(link, WithinLink):
        return any(
            inner == outer or (outer < inner and inner + one[1] <= outer + other[1])
            for inner in one[0]
            for outer in other[0]
        )
    if isinstance(link, LagLink):
        table = tables[link.table]
        lasts = [start + one[1] - 1 for start in one[0]]
        return any(
            table.first[last] <= after < table.end[last]
            for last in lasts
            if 0 <= last < len(table.first)
            for after in other[0]
        )
    if isinstance(link, ClearLink):
        return any(
            start - (before + length) >= link.clear_weeks
            for first in one[0]
            for second in other[0]
            for before, length, start in ((first, one[1], second), (second, other[1], first))
        )
    return True


def settled_starts(activity: Activity) -> tuple[int, ...] | None:
    """The start weeks of an activity that has begun, is pinned, or has frozen dates; None of another."""
    if activity.pinned_starts is not None:
        return activity.pinned_starts
    published = activity.published
    return published.starts if published is not None and published.is_frozen else None


def _starts(activities: Mapping[str, Activity], ref: StageRef) -> Iterable[int]:
    """Weeks in which a stage could start, calendars aside."""
    activity = activities[ref.activity]
    number = _number(activity, ref)
    settled = settled_starts(activity)
    if settled is not None:
        return (settled[number],)
    before = sum(stage.duration_weeks for stage in activity.stages[:number])
    later = activity.stages[1 : number + 1]
    least = before + sum(stage.lag_min_weeks for stage in later)
    most = before + sum(stage.lag_max_weeks for stage in later)
    return range(activity.start_window.first + least, activity.start_window.end + most)


def _duration(activities: Mapping[str, Activity], ref: StageRef) -> int:
    activity = activities[ref.activity]
    return activity.stages[_number(activity, ref)].duration_weeks


def _number(activity: Activity, ref: StageRef) -> int:
    return next(number for number, stage in enumerate(activity.stages) if stage.id == ref.stage)
