"""A plan names the problem it was made for, and counts weeks from the same Monday."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


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
