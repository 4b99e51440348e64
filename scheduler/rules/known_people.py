"""Seats belong to people and activities of the problem."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def is_known(facts: Facts) -> Iterator[Violation]:
    """Seats are filled by inspectors of the problem, in activities of the problem."""
    for member in facts.plan.members:
        if member.inspector not in facts.inspectors:
            yield violation(
                "inspector_unknown",
                member.inspector,
                f"has the {member.skill} seat of {member.activity}, but the problem does not know this inspector.",
            )
        if member.activity not in facts.activities:
            yield violation(
                "team_of_unknown_activity",
                member.activity,
                f"has {member.inspector} in its team, but the problem does not know this activity.",
            )
