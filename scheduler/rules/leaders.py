"""Teams have a qualified leader (R057)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.value import LEADER
from scheduler.values.violations import Violation


def has_leader(facts: Facts) -> Iterator[Violation]:
    """Every team that needs one has a qualified leader, from any body (R057).

    An empty leader's seat is named even where the plan counts it as an uncovered place.
    """
    for activity in facts.problem.activities:
        if activity.team is None or not activity.team.needs_leader:
            continue
        leaders = [m.inspector for m in facts.members_of.get(activity.id, []) if m.skill == LEADER]
        if not leaders:
            yield violation("leader_missing", facts.place(activity), "has no team leader.", "R057")
        for name in leaders:
            if name in facts.inspectors and not facts.inspectors[name].is_leader:
                yield violation(
                    "leader_unqualified",
                    facts.place(activity),
                    f"is led by {name}, who is not qualified as a leader.",
                    "R057",
                )
