"""Rules for one inspector: one review at a time, rest, presence, training, yearly maximum, independence."""

from collections.abc import Iterator
from itertools import combinations

from scheduler.problem import Inspector
from scheduler.rules.facts import Facts, violation
from scheduler.value import Week
from scheduler.violation import Violation


def is_known(facts: Facts) -> Iterator[Violation]:
    """Seats are filled by inspectors of the problem, in activities of the problem."""
    for member in facts.plan.members:
        if member.inspector not in facts.inspectors:
            yield violation(
                "inspector_unknown",
                member.inspector,
                f"has the {member.skill} seat of {member.activity}, but the problem does not know this inspector.",
            )
        if member.activity not in facts.activities:
            yield violation(
                "team_of_unknown_activity",
                member.activity,
                f"has {member.inspector} in its team, but the problem does not know this activity.",
            )


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


def rests(facts: Facts) -> Iterator[Violation]:
    """The weeks after the last team week of a review are free of other reviews' team weeks."""
    for name, reviews in facts.reviews_of.items():
        needed = facts.inspectors[name].rest_weeks
        for one in reviews:
            last = facts.team_weeks[one][-1]
            for other in reviews:
                early = [week for week in facts.team_weeks[other] if last < week <= last + needed]
                if other != one and early:
                    yield violation(
                        "rest",
                        name,
                        f"works on {other} in {facts.week(early[0])}, but needs {needed} weeks of rest after "
                        f"{one}, which ends in {facts.week(last)}.",
                    )


def percent_in(inspector: Inspector, week: Week) -> int:
    """How much of a week an inspector is there: the usual percentage, or less during an absence."""
    absent = [a.percent_available for a in inspector.absences if a.span.first <= week < a.span.end]
    return min([inspector.percent, *absent])


def is_present(facts: Facts) -> Iterator[Violation]:
    """A seat is filled only in weeks with enough of a week available: no absence, no small part time."""
    for activity, inspector in facts.assigned():
        for week in facts.team_weeks.get(activity.id, []):
            percent = percent_in(inspector, week)
            if percent < facts.problem.min_percent:
                yield violation(
                    "absent",
                    inspector.id,
                    f"is in the team of {activity.id}, but only {percent} per cent available in "
                    f"{facts.week(week)}; {facts.problem.min_percent} are needed.",
                )


def is_trained(facts: Facts) -> Iterator[Violation]:
    """Nobody joins a team before being trained (R062)."""
    for activity, inspector in facts.assigned():
        weeks = facts.team_weeks.get(activity.id, [])
        if weeks and weeks[0] < inspector.trained_from:
            yield violation(
                "untrained",
                inspector.id,
                f"is in the team of {activity.id} from {facts.week(weeks[0])}, but trained only from "
                f"{facts.week(inspector.trained_from)}.",
                "R062",
            )


def keeps_maximum(facts: Facts) -> Iterator[Violation]:
    """Nobody works on more reviews in a period than agreed, by their first team weeks (R028)."""
    for name, reviews in facts.reviews_of.items():
        inspector = facts.inspectors[name]
        for period in facts.problem.periods:
            if period.kind not in inspector.max_reviews:
                continue
            count = sum(
                period.span.first <= facts.team_weeks[review][0] < period.span.end for review in reviews
            )
            if count > inspector.max_reviews[period.kind]:
                yield violation(
                    "too_many_reviews",
                    name,
                    f"works on {count} reviews that begin in {period.id}; "
                    f"at most {inspector.max_reviews[period.kind]} are agreed.",
                    "R028",
                )


def is_independent(facts: Facts) -> Iterator[Violation]:
    """Nobody inspects an area with a conflict of interest, nor the same area twice running (R062)."""
    for activity, inspector in facts.assigned():
        if activity.area in inspector.conflicts:
            yield violation(
                "conflict_of_interest",
                inspector.id,
                f"is in the team of {facts.place(activity)}, but has a conflict of interest there.",
                "R062",
            )
        if activity.area in inspector.previous_areas:
            yield violation(
                "rotation",
                inspector.id,
                f"is in the team of {facts.place(activity)}, but worked there the last time.",
                "R062",
            )
