"""Rules of completeness: the plan belongs to the problem and dates every activity once."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.violation import Violation


def belongs_to_problem(facts: Facts) -> Iterator[Violation]:
    """A plan names the problem it was made for."""
    problem, plan = facts.problem, facts.plan
    if plan.problem_hash != problem.hash:
        yield violation(
            "other_problem",
            "plan",
            f"The plan was made for problem {plan.problem_hash[:12]}, but this is {problem.hash[:12]}. "
            "Maybe the problem was changed afterwards.",
        )
    if plan.first_monday != problem.first_monday:
        yield violation(
            "other_first_monday",
            "plan",
            f"Weeks count from {plan.first_monday} in the plan, but from {problem.first_monday} in the problem.",
        )


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


def dates_every_stage(facts: Facts) -> Iterator[Violation]:
    """Every stage of an activity has a start week (R043)."""
    for item in facts.plan.dates:
        activity = facts.activities.get(item.activity)
        if activity is not None and len(item.starts) != len(activity.stages):
            yield violation(
                "stages_missing",
                facts.place(activity),
                f"has {len(activity.stages)} stages, but {len(item.starts)} start weeks.",
                "R043",
            )
