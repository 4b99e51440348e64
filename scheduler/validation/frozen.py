"""Mistakes in what is frozen: confirmed dates that no rule allows, and a frozen zone that leaves no week."""

from collections.abc import Iterator

from scheduler.validation.index import Index, finding
from scheduler.validation.times import why_closed, why_not_there
from scheduler.values.errors import Finding
from scheduler.values.problem import Activity

ADVICE = "Maybe unfreeze it and plan it again, or change what forbids it."


def frozen_dates_keep_the_rules(index: Index) -> Iterator[Finding]:
    """Confirmed dates lie in the window and in open weeks, and keep the lags (R016, R017)."""
    for activity in index.problem.activities:
        published = activity.published
        if published is None or not published.is_frozen or len(published.starts) != len(activity.stages):
            continue
        place = f"activity {activity.id}, confirmed dates"
        for message in why_not_there(index, activity, published.starts):
            yield finding(place, message, ADVICE)
        if activity.pinned_starts not in (None, published.starts):
            message = f"are frozen in the weeks {published.starts}, but pinned to {activity.pinned_starts}."
            yield finding(place, message, "Maybe remove the pin or unfreeze the dates.")


def frozen_zone_leaves_weeks(index: Index) -> Iterator[Finding]:
    """Stages published in the frozen zone can stay there; everything else can start after it (R019)."""
    zone = index.problem.frozen_until
    if zone >= index.problem.num_weeks:
        message = f"is week {zone}, but the horizon has {index.problem.num_weeks} weeks: nothing could move."
        yield finding("frozen_until", message, "Maybe days were counted instead of weeks.")
        return
    for activity in index.problem.activities:
        if zone > 0 and activity.pinned_starts is None:
            yield from _in_the_zone(index, activity, zone)


def _in_the_zone(index: Index, activity: Activity, zone: int) -> Iterator[Finding]:
    announced = activity.published.starts if activity.published else ()
    for stage, week in zip(activity.stages, announced, strict=False):
        why = why_closed(index, stage, week) if 0 <= week < zone else ""
        if why:
            message = f"{stage.id} is published in week {week} of the frozen zone, but that is {why}."
            yield finding(f"activity {activity.id}", message, ADVICE)
    stays = bool(announced) and 0 <= announced[0] < zone
    if not stays and not activity.short_notice and activity.start_window.end <= zone:
        message = (
            f"must start before week {activity.start_window.end}, but the frozen zone ends in week {zone}."
        )
        advice = "Maybe widen the window, or let it start at short notice (R094)."
        yield finding(f"activity {activity.id}", message, advice)
