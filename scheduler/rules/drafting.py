"""The leader's work after the team weeks: few reports are drafted at a time (R052)."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.value import LEADER, Week
from scheduler.values.violations import Violation


def drafts_few_at_a_time(facts: Facts) -> Iterator[Violation]:
    """A leader has no more than `leader_drafts` reviews between their last team week and their draft (R052)."""
    most = facts.problem.leader_drafts
    for name, planned in _planned(facts).items():
        load = planned + _past(facts, name)
        crowded = [week for week in sorted(planned) if load[week] > most]
        if crowded:
            yield violation(
                "drafting",
                name,
                f"drafts {load[crowded[0]]} reports in {facts.week(crowded[0])}; at most {most} at a time.",
                "R052",
            )


def _planned(facts: Facts) -> dict[str, Counter[Week]]:
    """Reports that each known leader drafts, by week."""
    load: dict[str, Counter[Week]] = defaultdict(Counter)
    for member in dict.fromkeys(facts.plan.members):
        weeks = facts.team_weeks.get(member.activity)
        team = facts.activities[member.activity].team if weeks else None
        if weeks and team and member.skill == LEADER and member.inspector in facts.inspectors:
            load[member.inspector].update(week + weeks[-1] for week in range(1, team.drafting_weeks + 1))
    return load


def _past(facts: Facts, name: str) -> Counter[Week]:
    """Reports of reviews that are done, by week."""
    load: Counter[Week] = Counter()
    for review in facts.problem.past_reviews:
        if review.leader == name and review.drafting_end is not None:
            load.update(range(review.team_weeks[-1] + 1, review.drafting_end))
    return load
