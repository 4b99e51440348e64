"""Confirmed dates are frozen (R016, R017)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def keeps_frozen_dates(facts: Facts) -> Iterator[Violation]:
    """Every stage whose published dates are frozen starts as published (R016, R017)."""
    for activity, starts in facts.dated():
        if activity.published is None or not activity.published.is_frozen:
            continue
        for stage, start, announced in zip(activity.stages, starts, activity.published.starts, strict=False):
            if start != announced:
                yield violation(
                    "frozen_dates",
                    facts.place(activity),
                    f"{stage.id} is confirmed for {facts.week(announced)}, but starts in {facts.week(start)}.",
                    "R016, R017",
                )
