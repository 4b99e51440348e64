"""Reviews a person and year (R028)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def keeps_maximum(facts: Facts) -> Iterator[Violation]:
    """Nobody works on more reviews in a period than agreed, by their first team weeks (R028).

    Reviews that are done count too; they alone are no fault of the plan.
    """
    for name, reviews in facts.reviews_of.items():
        inspector = facts.inspectors[name]
        for period in facts.problem.periods:
            if period.kind not in inspector.max_reviews:
                continue
            planned = sum(
                period.span.first <= facts.team_weeks[review][0] < period.span.end for review in reviews
            )
            past = sum(
                period.span.first <= review.team_weeks[0] < period.span.end
                for review in facts.past_of.get(name, ())
            )
            count = planned + past
            if planned and count > inspector.max_reviews[period.kind]:
                yield violation(
                    "too_many_reviews",
                    name,
                    f"works on {count} reviews that begin in {period.id}; "
                    f"at most {inspector.max_reviews[period.kind]} are agreed.",
                    "R028",
                )
