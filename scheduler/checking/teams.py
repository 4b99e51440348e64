"""Teams: the seats that are demanded, each with its skill, a leader, bodies and size."""

from collections import Counter
from collections.abc import Iterator

from scheduler.checking.facts import Facts
from scheduler.values.problem import Activity
from scheduler.values.value import LEADER
from scheduler.values.violations import Violation


def demanded(activity: Activity) -> Counter[str]:
    """Seats by skill, the leader's included."""
    if activity.team is None:
        return Counter()
    seats = Counter([LEADER] if activity.team.needs_leader else [])
    for place in activity.team.places:
        seats.update({place.skill: place.count})
    return seats


def open_seats(facts: Facts, activity: Activity) -> int:
    """Number of demanded seats that nobody fills."""
    filled = Counter(member.skill for member in facts.members_of.get(activity.id, []))
    return sum(max(0, count - filled[skill]) for skill, count in demanded(activity).items())


def fills_demanded_seats(facts: Facts) -> Iterator[Violation]:
    """No seat is filled that is not demanded, and none more often than demanded (R055, R059)."""
    for activity in facts.problem.activities:
        seats = demanded(activity)
        filled = Counter(member.skill for member in facts.members_of.get(activity.id, []))
        for skill, count in sorted(filled.items()):
            if count > seats[skill]:
                yield Violation(
                    "too_many_members",
                    facts.place(activity),
                    f"has {count} members in {skill} seats, but demands {seats[skill]}.",
                    "R055, R059",
                )


def fills_one_seat_each(facts: Facts) -> Iterator[Violation]:
    """One person fills one seat of a team (R059)."""
    for activity in facts.problem.activities:
        seats = Counter(member.inspector for member in facts.members_of.get(activity.id, []))
        for inspector, count in seats.items():
            if count > 1:
                yield Violation(
                    "two_seats", facts.place(activity), f"gives {inspector} {count} seats at once.", "R059"
                )


def has_skills(facts: Facts) -> Iterator[Violation]:
    """Everybody has the skill of the seat: judgements need expertise (R059)."""
    for member in facts.plan.members:
        inspector = facts.inspectors.get(member.inspector)
        if inspector is None or member.activity not in facts.activities or member.skill == LEADER:
            continue
        if member.skill not in inspector.skills:
            yield Violation(
                "lacking_skill",
                facts.place(facts.activities[member.activity]),
                f"seats {inspector.id} for {member.skill}, who has only {', '.join(inspector.skills) or 'no skill'}.",
                "R059",
            )


def has_leader(facts: Facts) -> Iterator[Violation]:
    """Every team that needs one has a qualified leader, from any body (R057).

    An empty leader's seat is named even where the plan counts it as an uncovered place.
    """
    for activity in facts.problem.activities:
        if activity.team is None or not activity.team.needs_leader:
            continue
        leaders = [m.inspector for m in facts.members_of.get(activity.id, []) if m.skill == LEADER]
        if not leaders:
            yield Violation("leader_missing", facts.place(activity), "has no team leader.", "R057")
        for name in leaders:
            if name in facts.inspectors and not facts.inspectors[name].is_leader:
                yield Violation(
                    "leader_unqualified",
                    facts.place(activity),
                    f"is led by {name}, who is not qualified as a leader.",
                    "R057",
                )


def has_bodies(facts: Facts) -> Iterator[Violation]:
    """A team comes from at least two bodies (R002, R056); an uncovered seat may still bring another one.

    The staff of a concurrent visit who fill seats bring their body (R035).
    """
    for activity in facts.problem.activities:
        if activity.team is None:
            continue
        members = facts.members_of.get(activity.id, [])
        bodies = {facts.inspectors[m.inspector].body for m in members if m.inspector in facts.inspectors}
        bodies |= {place.body for place in activity.team.joint}
        needed = min(activity.team.min_bodies, activity.team.members())
        if members and len(bodies) + open_seats(facts, activity) < needed:
            yield Violation(
                "too_few_bodies",
                facts.place(activity),
                f"has a team from {', '.join(sorted(bodies)) or 'no known body'} only; "
                f"at least {needed} bodies are needed.",
                "R002, R056",
            )


def keeps_quotas(facts: Facts) -> Iterator[Violation]:
    """A body brings as many members as its quota allows (R144); an uncovered seat may still bring one.

    Seats that the staff of a concurrent visit fill count for their body (R035).
    """
    for activity in facts.problem.activities:
        members = facts.members_of.get(activity.id, [])
        if activity.team is None or not members:
            continue
        bodies = Counter(
            facts.inspectors[m.inspector].body for m in members if m.inspector in facts.inspectors
        )
        for place in activity.team.joint:
            bodies[place.body] += place.count
        lacking: list[str] = []
        missing = 0
        for quota in activity.team.quotas:
            there = bodies[quota.body]
            if quota.maximum is not None and there > quota.maximum:
                yield Violation(
                    "quota_maximum",
                    facts.place(activity),
                    f"has {there} members from {quota.body}; at most {quota.maximum} are allowed.",
                    "R144",
                )
            if there < quota.minimum:
                missing += quota.minimum - there
                lacking.append(f"{quota.minimum} from {quota.body}, not {there}")
        still_open = open_seats(facts, activity)
        if missing > still_open:
            room = f", with {still_open} seats still open" if still_open else ""
            yield Violation(
                "quota_minimum", facts.place(activity), f"needs {' and '.join(lacking)}{room}.", "R144"
            )


def keeps_team_size(facts: Facts) -> Iterator[Violation]:
    """Filled, open and joint seats are together as many as the extent of fieldwork allows (R055, R060)."""
    for activity in facts.problem.activities:
        if activity.team is None:
            continue
        filled = len(facts.members_of.get(activity.id, []))
        size = filled + open_seats(facts, activity) + sum(place.count for place in activity.team.joint)
        least, most = activity.team.min_members, activity.team.max_members
        if size < least or size > most:
            yield Violation(
                "team_size",
                facts.place(activity),
                f"has a team of {size}, open seats included; {least} to {most} are allowed.",
                "R055, R060",
            )
