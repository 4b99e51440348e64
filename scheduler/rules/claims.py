"""Rules for what a plan says about itself: uncovered places and every term of its cost."""

from collections.abc import Iterator, Mapping

from scheduler.rules.facts import Facts, violation
from scheduler.rules.recomputed import date_terms, team_terms
from scheduler.rules.seats import demanded
from scheduler.values.violations import Violation


def claims_uncovered_places(facts: Facts) -> Iterator[Violation]:
    """A plan says how many demanded seats nobody fills."""
    count = 0
    for activity in facts.problem.activities:
        filled = [member.skill for member in facts.members_of.get(activity.id, [])]
        for skill, seats in demanded(activity).items():
            count += max(0, seats - filled.count(skill))
    claimed = facts.plan.costs.uncovered_places
    if claimed != count:
        yield violation(
            "wrong_uncovered_places", "plan", f"claims {claimed} uncovered places, but there are {count}."
        )


def claims_date_terms(facts: Facts) -> Iterator[Violation]:
    """Every term of the cost of dates is right; only complete plans have one."""
    if len(facts.starts) == len(facts.problem.activities):
        yield from _compare("date", facts.plan.costs.date_terms, date_terms(facts))


def claims_team_terms(facts: Facts) -> Iterator[Violation]:
    """Every term of the cost of people is right; unknown people have none."""
    known = all(
        m.inspector in facts.inspectors and m.activity in facts.activities for m in facts.plan.members
    )
    if known and len(facts.starts) == len(facts.problem.activities):
        yield from _compare("team", facts.plan.costs.team_terms, team_terms(facts))


def _compare(what: str, claimed: Mapping[str, int], real: Mapping[str, int]) -> Iterator[Violation]:
    for term in [*real, *(name for name in claimed if name not in real)]:
        if term not in real:
            yield violation("wrong_cost", "plan", f"claims a {what} term '{term}', which does not exist.")
        elif term not in claimed:
            yield violation("wrong_cost", "plan", f"does not claim the {what} term '{term}' ({real[term]}).")
        elif claimed[term] != real[term]:
            yield violation(
                "wrong_cost",
                "plan",
                f"claims {claimed[term]} for the {what} term '{term}'; it is {real[term]}.",
            )
