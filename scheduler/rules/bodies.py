"""Teams come from several bodies (R002, R056)."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.rules.seats import demanded
from scheduler.values.violations import Violation


def has_bodies(facts: Facts) -> Iterator[Violation]:
    """A team comes from at least two bodies (R002, R056); an uncovered seat may still bring another one.

    The staff of a concurrent visit who fill seats bring their body (R035).
    """
    for activity in facts.problem.activities:
        if activity.team is None:
            continue
        members = facts.members_of.get(activity.id, [])
        bodies = {facts.inspectors[m.inspector].body for m in members if m.inspector in facts.inspectors}
        bodies |= {place.body for place in activity.team.joint}
        filled = Counter(member.skill for member in members)
        open_seats = sum(max(0, count - filled[skill]) for skill, count in demanded(activity).items())
        needed = min(activity.team.min_bodies, activity.team.members())
        if members and len(bodies) + open_seats < needed:
            yield violation(
                "too_few_bodies",
                facts.place(activity),
                f"has a team from {', '.join(sorted(bodies)) or 'no known body'} only; "
                f"at least {needed} bodies are needed.",
                "R002, R056",
            )
