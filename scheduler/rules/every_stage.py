"""Every stage has a start week (R043)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def dates_every_stage(facts: Facts) -> Iterator[Violation]:
    """Every stage of an activity has a start week (R043)."""
    for item in facts.plan.dates:
        activity = facts.activities.get(item.activity)
        if activity is not None and len(item.starts) != len(activity.stages):
            yield violation(
                "stages_missing",
                facts.place(activity),
                f"has {len(activity.stages)} stages, but {len(item.starts)} start weeks.",
                "R043",
            )
