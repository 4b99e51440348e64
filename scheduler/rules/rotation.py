"""Rotation: nobody inspects the same area twice running (R062)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def rotates(facts: Facts) -> Iterator[Violation]:
    """Nobody was in the last team there, whether the person or the activity says so (R062)."""
    for activity, inspector in facts.assigned():
        if activity.area in inspector.previous_areas or inspector.id in activity.previous_team:
            yield violation(
                "rotation",
                inspector.id,
                f"is in the team of {facts.place(activity)}, but worked there the last time.",
                "R062",
            )
