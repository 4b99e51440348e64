"""Option 3: a joint team with the corporate assessment (R034, R035)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def visits_together(facts: Facts) -> Iterator[Violation]:
    """The staff of another visit fill seats only while both are on site: within it, or from its first week (R034)."""
    runs = [(activity.id, stage, first, end) for activity, stage, first, end in facts.runs()]
    for activity, _ in facts.dated():
        for place in activity.team.joint if activity.team else ():
            visit = facts.run_of(place.beside)
            own = [(a, b) for name, s, a, b in runs if name == activity.id and s.on_site and s.uses_team]
            together = visit and any(visit[0] == a or (a < visit[0] and visit[1] <= b) for a, b in own)
            if visit and not together:
                yield violation(
                    "joint_place",
                    facts.place(activity),
                    f"leaves {place.count} {place.skill} seat to {place.beside.activity}, which visits in "
                    f"{facts.span(*visit)}, not while the team is on site.",
                    "R034, R035",
                )
