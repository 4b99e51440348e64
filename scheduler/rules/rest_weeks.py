"""Rest after a review."""

from collections.abc import Iterator
from itertools import permutations

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def rests(facts: Facts) -> Iterator[Violation]:
    """The weeks after the last team week of a review are free of other reviews' team weeks, done ones included."""
    for name, reviews in facts.reviews_of.items():
        needed = facts.inspectors[name].rest_weeks
        past = {review.id: review.team_weeks for review in facts.past_of.get(name, ())}
        weeks = {review: facts.team_weeks[review] for review in reviews} | past
        for one, other in permutations(weeks, 2):
            last = weeks[one][-1]
            early = [week for week in weeks[other] if last < week <= last + needed]
            if early and not (one in past and other in past):
                yield violation(
                    "rest",
                    name,
                    f"works on {other} in {facts.week(early[0])}, but needs {needed} weeks of rest after "
                    f"{one}, which ends in {facts.week(last)}.",
                )
