"""One review a week and person (R028, R047)."""

from collections.abc import Iterator
from itertools import combinations

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def works_on_one_review_a_week(facts: Facts) -> Iterator[Violation]:
    """Nobody works on two reviews in the same week (R028, R047)."""
    for name, reviews in facts.reviews_of.items():
        for one, other in combinations(reviews, 2):
            common = sorted(set(facts.team_weeks[one]) & set(facts.team_weeks[other]))
            if common:
                weeks = ", ".join(facts.week(week) for week in common)
                yield violation(
                    "two_reviews_in_a_week",
                    name,
                    f"works on both {one} and {other} in {weeks}.",
                    "R028, R047",
                )
        for past in facts.past_of.get(name, ()):
            for one in reviews:
                common = sorted(set(facts.team_weeks[one]) & set(past.team_weeks))
                if common:
                    yield violation(
                        "two_reviews_in_a_week",
                        name,
                        f"works on {one} in {facts.week(common[0])}, but worked on {past.id} then.",
                        "R028, R047",
                    )
