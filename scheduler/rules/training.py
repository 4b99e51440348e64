"""Training comes before deployment (R062)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def is_trained(facts: Facts) -> Iterator[Violation]:
    """Nobody joins a team before being trained (R062)."""
    for activity, inspector in facts.assigned():
        weeks = facts.team_weeks.get(activity.id, [])
        if weeks and weeks[0] < inspector.trained_from:
            yield violation(
                "untrained",
                inspector.id,
                f"is in the team of {activity.id} from {facts.week(weeks[0])}, but trained only from "
                f"{facts.week(inspector.trained_from)}.",
                "R062",
            )
