"""Teams have the seats that are demanded, and no more (R055, R059)."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.rules.seats import demanded
from scheduler.values.violations import Violation


def fills_demanded_seats(facts: Facts) -> Iterator[Violation]:
    """No seat is filled that is not demanded, and none more often than demanded (R055, R059)."""
    for activity in facts.problem.activities:
        seats = demanded(activity)
        filled = Counter(member.skill for member in facts.members_of.get(activity.id, []))
        for skill, count in sorted(filled.items()):
            if count > seats[skill]:
                yield violation(
                    "too_many_members",
                    facts.place(activity),
                    f"has {count} members in {skill} seats, but demands {seats[skill]}.",
                    "R055, R059",
                )
