"""No conflict of interest (R062)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def has_no_conflict(facts: Facts) -> Iterator[Violation]:
    """Nobody inspects an area with a conflict of interest (R062)."""
    for activity, inspector in facts.assigned():
        if activity.area in inspector.conflicts:
            yield violation(
                "conflict_of_interest",
                inspector.id,
                f"is in the team of {facts.place(activity)}, but has a conflict of interest there.",
                "R062",
            )
