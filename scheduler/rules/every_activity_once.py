"""Every activity of the problem is planned exactly once (R013)."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def dates_every_activity_once(facts: Facts) -> Iterator[Violation]:
    """Every activity is planned exactly once; each authority gets its review within the round (R013)."""
    counts = Counter(item.activity for item in facts.plan.dates)
    for activity in facts.problem.activities:
        if counts[activity.id] == 0:
            yield violation("activity_missing", facts.place(activity), "is not in the plan.", "R013")
        if counts[activity.id] > 1:
            times = counts[activity.id]
            yield violation("activity_twice", facts.place(activity), f"is planned {times} times.", "R013")
    for name in counts:
        if name not in facts.activities:
            yield violation("activity_unknown", name, "is planned, but the problem does not know it.")
