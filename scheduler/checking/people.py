"""People, one by one: there, trained, rested, without conflict, and not asked for too much."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, permutations

from scheduler.checking.facts import Facts
from scheduler.values.problem import Inspector
from scheduler.values.value import LEADER, Week
from scheduler.values.violations import Violation


def is_known(facts: Facts) -> Iterator[Violation]:
    """Seats are filled by inspectors of the problem, in activities of the problem (R059)."""
    for member in facts.plan.members:
        if member.inspector not in facts.inspectors:
            yield Violation(
                "inspector_unknown",
                member.inspector,
                f"has the {member.skill} seat of {member.activity}, but this inspector is not in the problem.",
                "R059",
            )
        if member.activity not in facts.activities:
            yield Violation(
                "team_of_unknown_activity",
                member.activity,
                f"has {member.inspector} in its team, but this activity is not in the problem.",
                "R059",
            )


def works_on_one_review_a_week(facts: Facts) -> Iterator[Violation]:
    """Nobody works on two reviews in the same week (R028, R047)."""
    for name, reviews in facts.reviews_of.items():
        for review, other in combinations(reviews, 2):
            common = sorted(set(facts.team_weeks[review]) & set(facts.team_weeks[other]))
            if common:
                weeks = ", ".join(facts.week(week) for week in common)
                yield Violation(
                    "two_reviews_in_a_week",
                    name,
                    f"works on both {review} and {other} in {weeks}.",
                    "R028, R047",
                )
        for past in facts.past_of.get(name, ()):
            for review in reviews:
                common = sorted(set(facts.team_weeks[review]) & set(past.team_weeks))
                if common:
                    yield Violation(
                        "two_reviews_in_a_week",
                        name,
                        f"works on {review} in {facts.week(common[0])}, but worked on {past.id} then.",
                        "R028, R047",
                    )


def rests(facts: Facts) -> Iterator[Violation]:
    """The weeks of rest after a review are free of other reviews' team weeks, done ones included (R028)."""
    for name, reviews in facts.reviews_of.items():
        needed = facts.inspectors[name].rest_weeks
        past = {review.id: review.team_weeks for review in facts.past_of.get(name, ())}
        weeks = {review: facts.team_weeks[review] for review in reviews} | past
        for before, after in permutations(weeks, 2):
            last = weeks[before][-1]
            early = [week for week in weeks[after] if last < week <= last + needed]
            if early and not (before in past and after in past):
                yield Violation(
                    "rest",
                    name,
                    f"works on {after} in {facts.week(early[0])}, but needs {needed} weeks of rest after "
                    f"{before}, which ends in {facts.week(last)}.",
                    "R028",
                )


def percent_in(inspector: Inspector, week: Week) -> int:
    """How much of a week an inspector is there: the usual percentage, or less during an absence."""
    absent = [a.percent_available for a in inspector.absences if a.span.first <= week < a.span.end]
    return min([inspector.percent, *absent])


def is_present(facts: Facts) -> Iterator[Violation]:
    """A seat is filled only in weeks with enough of a week available: no absence, no small part time (R028)."""
    for activity, inspector in facts.assigned():
        for week in facts.team_weeks.get(activity.id, []):
            percent = percent_in(inspector, week)
            if percent < facts.problem.min_percent:
                yield Violation(
                    "absent",
                    inspector.id,
                    f"is in the team of {activity.id}, but only {percent} per cent available in "
                    f"{facts.week(week)}; {facts.problem.min_percent} are needed.",
                    "R028",
                )


def is_trained(facts: Facts) -> Iterator[Violation]:
    """Nobody joins a team before being trained (R062)."""
    for activity, inspector in facts.assigned():
        weeks = facts.team_weeks.get(activity.id, [])
        if weeks and weeks[0] < inspector.trained_from:
            yield Violation(
                "untrained",
                inspector.id,
                f"is in the team of {activity.id} from {facts.week(weeks[0])}, but trained only from "
                f"{facts.week(inspector.trained_from)}.",
                "R062",
            )


def keeps_maximum(facts: Facts) -> Iterator[Violation]:
    """Nobody works on more reviews in a period than agreed, by their first team weeks (R028).

    Reviews that are done count too; they alone are no fault of the plan.
    """
    for name in facts.reviews_of:
        inspector = facts.inspectors[name]
        for period in facts.problem.periods:
            if period.kind not in inspector.max_reviews:
                continue
            planned, past = facts.begun_in(period, name)
            count = planned + past
            if planned and count > inspector.max_reviews[period.kind]:
                yield Violation(
                    "too_many_reviews",
                    name,
                    f"works on {count} reviews that begin in {period.id}; "
                    f"at most {inspector.max_reviews[period.kind]} are agreed.",
                    "R028",
                )


def drafts_few_at_a_time(facts: Facts) -> Iterator[Violation]:
    """A leader has no more than `leader_drafts` reviews between their last team week and their draft (R052)."""
    most = facts.problem.leader_drafts
    for name, planned in _drafts_ahead(facts).items():
        load = planned + _drafts_begun(facts, name)
        crowded = [week for week in sorted(planned) if load[week] > most]
        if crowded:
            yield Violation(
                "drafting",
                name,
                f"drafts {load[crowded[0]]} reports in {facts.week(crowded[0])}; at most {most} at a time.",
                "R052",
            )


def _drafts_ahead(facts: Facts) -> dict[str, Counter[Week]]:
    """Reports that each known leader drafts, by week."""
    load: dict[str, Counter[Week]] = defaultdict(Counter)
    for member in dict.fromkeys(facts.plan.members):
        weeks = facts.team_weeks.get(member.activity)
        team = facts.activities[member.activity].team if weeks else None
        if weeks and team and member.skill == LEADER and member.inspector in facts.inspectors:
            load[member.inspector].update(week + weeks[-1] for week in range(1, team.drafting_weeks + 1))
    return load


def _drafts_begun(facts: Facts, name: str) -> Counter[Week]:
    """Reports of reviews that are done, by week."""
    load: Counter[Week] = Counter()
    for review in facts.problem.past_reviews:
        if review.leader == name and review.drafting_end is not None:
            load.update(range(review.team_weeks[-1] + 1, review.drafting_end))
    return load


def has_no_conflict(facts: Facts) -> Iterator[Violation]:
    """Nobody inspects an area with a conflict of interest (R062)."""
    for activity, inspector in facts.assigned():
        if activity.area in inspector.conflicts:
            yield Violation(
                "conflict_of_interest",
                inspector.id,
                f"is in the team of {facts.place(activity)}, but has a conflict of interest there.",
                "R062",
            )


def rotates(facts: Facts) -> Iterator[Violation]:
    """Nobody was in the last team there, whether the person or the activity says so (R062)."""
    for activity, inspector in facts.assigned():
        if activity.area in inspector.previous_areas or inspector.id in activity.previous_team:
            yield Violation(
                "rotation",
                inspector.id,
                f"is in the team of {facts.place(activity)}, but worked there last time.",
                "R062",
            )
