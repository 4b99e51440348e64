"""The frozen zone: the near future stays as it was published (R019)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.problem import Activity
from scheduler.values.violations import Violation


def keeps_frozen_zone(facts: Facts) -> Iterator[Violation]:
    """Stages published to start before the zone's end stay; no other starts there, but at short notice (R019, R094)."""
    for activity, starts in facts.dated():
        if activity.pinned_starts is not None:
            continue
        announced = activity.published.starts if activity.published else (None,) * len(starts)
        for stage, start, week in zip(activity.stages, starts, announced, strict=False):
            if why := _why_not(facts, activity, start, week):
                yield violation("frozen_zone", facts.place(activity), f"{stage.id} {why}", "R019, R094")


def _why_not(facts: Facts, activity: Activity, start: int, announced: int | None) -> str:
    """What is wrong with a start week; empty if nothing is."""
    zone = range(facts.problem.frozen_until)
    if announced is not None and announced in zone:
        moved = start != announced
        return f"was published for {facts.week(announced)}, which is frozen, but moves." if moved else ""
    if start in zone and not activity.short_notice:
        return f"enters the frozen zone in {facts.week(start)}; it ends before {facts.week(len(zone))}."
    return ""
