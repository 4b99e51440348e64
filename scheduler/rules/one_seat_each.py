"""One person, one seat (R059)."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def fills_one_seat_each(facts: Facts) -> Iterator[Violation]:
    """One person fills one seat of a team (R059)."""
    for activity in facts.problem.activities:
        seats = Counter(member.inspector for member in facts.members_of.get(activity.id, []))
        for inspector, count in seats.items():
            if count > 1:
                yield violation(
                    "two_seats", facts.place(activity), f"gives {inspector} {count} seats at once.", "R059"
                )
