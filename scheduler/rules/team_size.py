"""Three to eight members, depending on the extent of fieldwork (R055, R060)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.rules.seats import demanded
from scheduler.values.violations import Violation


def keeps_team_size(facts: Facts) -> Iterator[Violation]:
    """Filled, open and joint seats are together as many as the extent of fieldwork allows (R055, R060)."""
    for activity in facts.problem.activities:
        if activity.team is None:
            continue
        filled = [member.skill for member in facts.members_of.get(activity.id, [])]
        still_open = sum(max(0, n - filled.count(skill)) for skill, n in demanded(activity).items())
        size = len(filled) + still_open + sum(place.count for place in activity.team.joint)
        least, most = activity.team.min_members, activity.team.max_members
        if size < least or size > most:
            yield violation(
                "team_size",
                facts.place(activity),
                f"has a team of {size}, open seats included; {least} to {most} are allowed.",
                "R055, R060",
            )
