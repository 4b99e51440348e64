"""Seats need skills (R059)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.value import LEADER
from scheduler.values.violations import Violation


def has_skills(facts: Facts) -> Iterator[Violation]:
    """Everybody has the skill of the seat: judgements need expertise (R059)."""
    for member in facts.plan.members:
        inspector = facts.inspectors.get(member.inspector)
        if inspector is None or member.activity not in facts.activities or member.skill == LEADER:
            continue
        if member.skill not in inspector.skills:
            yield violation(
                "lacking_skill",
                facts.place(facts.activities[member.activity]),
                f"seats {inspector.id} for {member.skill}, who has only {', '.join(inspector.skills) or 'no skill'}.",
                "R059",
            )
