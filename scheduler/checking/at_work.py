"""Seats that are somebody's: those of people at work who may go on, and those that are kept for somebody."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scheduler.checking.facts import Facts
from scheduler.checking.people import percent_in
from scheduler.values.problem import Activity, Inspector, Seated
from scheduler.values.value import LEADER, Week
from scheduler.values.violations import Violation


def keeps_people_at_work(facts: Facts) -> Iterator[Violation]:
    """Nobody is exchanged in a review that has begun, and no seat that was open is filled (R019, R043)."""
    for activity in facts.problem.activities:
        if activity.team is None or activity.team.at_work is None or activity.id not in facts.starts:
            continue
        weeks = facts.team_weeks.get(activity.id, [])
        stay = [seated for seated in activity.team.at_work if _may_go_on(facts, activity, seated, weeks)]
        sitting = Counter(
            (member.skill, member.inspector) for member in facts.members_of.get(activity.id, [])
        )
        for seated in stay:
            if not sitting[seated.skill, seated.inspector]:
                message = f"takes {seated.inspector} out of the {seated.skill} seat, though they may go on."
                yield Violation("exchanged_at_work", facts.place(activity), message, "R019, R043")
        yield from _newcomers(facts, activity, stay, sitting)


def keeps_reserved_seats(facts: Facts) -> Iterator[Violation]:
    """Nobody has a seat that is kept for somebody else who could have it, nor they another one of the team (R043)."""
    for activity in facts.problem.activities:
        if activity.team is None or activity.team.at_work is not None:
            continue
        held = {
            (seated.skill, seated.inspector)
            for seated in activity.team.reserved
            if (person := facts.inspectors.get(seated.inspector)) is not None
            and _is_able(facts, activity, seated, person, ())
        }
        members = {(member.skill, member.inspector) for member in facts.members_of.get(activity.id, [])}
        holders = {name for _, name in held}
        for skill in sorted({skill for skill, _ in held}):
            left = activity.team.seats_by_skill().get(skill, 0) - sum(seat == skill for seat, _ in held)
            others = sorted(name for seat, name in members - held if seat == skill and name not in holders)
            if len(others) > left:
                kept = ", ".join(sorted(name for seat, name in held if seat == skill))
                message = f"seats {', '.join(others)} for {skill}, though seats of it are kept for {kept}."
                yield Violation("reserved_seat", facts.place(activity), message, "R043")
        for skill, name in sorted(members - held):
            if name in holders:
                message = f"has {name} in a {skill} seat, though another seat is kept for them."
                yield Violation("reserved_elsewhere", facts.place(activity), message, "R043")


def _newcomers(
    facts: Facts, activity: Activity, stay: Sequence[Seated], sitting: Counter[tuple[str, str]]
) -> Iterator[Violation]:
    """More people in the seats of a skill than had them, or somebody in two places."""
    assert activity.team is not None
    assert activity.team.at_work is not None
    kept = {(seated.skill, seated.inspector) for seated in stay}
    given_up = Counter(seated.skill for seated in activity.team.at_work) - Counter(s for s, _ in kept)
    for skill in sorted({skill for skill, _ in sitting}):
        new = [name for (seat, name) in sitting if seat == skill and (seat, name) not in kept]
        if len(new) > given_up[skill]:
            message = (
                f"seats {', '.join(sorted(new))} for {skill} in a team at work, of which "
                f"{given_up[skill]} such seats are given up."
            )
            yield Violation("filled_at_work", facts.place(activity), message, "R019, R043")


def _may_go_on(facts: Facts, activity: Activity, seated: Seated, weeks: Sequence[Week]) -> bool:
    person = facts.inspectors.get(seated.inspector)
    if person is None or not _is_able(facts, activity, seated, person, weeks):
        return False
    drafts: Counter[Week] = Counter()
    for past in facts.problem.past_reviews:
        if past.leader == person.id and past.drafting_end is not None:
            drafts.update(range(past.team_weeks[-1] + 1, past.drafting_end))
    for other, seat in _before(facts, activity, person):
        if other.pinned_starts is None:
            return False
        worked = _weeks_of(other, other.pinned_starts)
        if not _is_able(facts, other, seat, person, worked):
            continue
        if _clash(worked, weeks, person.rest_weeks):
            return False
        if seat.skill == LEADER:
            drafts.update(_drafting(other, worked))
    most = facts.problem.leader_drafts
    return seated.skill != LEADER or all(drafts[week] < most for week in _drafting(activity, weeks))


def _is_able(
    facts: Facts, activity: Activity, seated: Seated, person: Inspector, weeks: Sequence[Week]
) -> bool:
    """Whether somebody may have a seat if they had no other review than those that are over."""
    has_skill = person.is_leader if seated.skill == LEADER else seated.skill in person.skills
    barred = activity.area in person.conflicts or activity.area in person.previous_areas
    if not has_skill or barred or person.id in activity.previous_team:
        return False
    if not weeks:
        return True
    is_there = all(percent_in(person, week) >= facts.problem.min_percent for week in weeks)
    clashes = any(
        _clash(past.team_weeks, weeks, person.rest_weeks) for past in facts.past_of.get(person.id, ())
    )
    return weeks[0] >= person.trained_from and is_there and not clashes


def _before(facts: Facts, activity: Activity, person: Inspector) -> Iterator[tuple[Activity, Seated]]:
    """Other reviews at work with this person that go first: pinned ones, then the earlier ones of the problem."""
    order = {other.id: number for number, other in enumerate(facts.problem.activities)}
    here = (activity.pinned_starts is None, order[activity.id])
    for other in facts.problem.activities:
        if other.team is not None and (other.pinned_starts is None, order[other.id]) < here:
            yield from ((other, seat) for seat in other.team.at_work or () if seat.inspector == person.id)


def _weeks_of(activity: Activity, starts: Sequence[Week]) -> list[Week]:
    weeks: set[Week] = set()
    for stage, start in zip(activity.stages, starts, strict=False):
        if stage.uses_team:
            weeks.update(range(start, start + stage.duration_weeks))
    return sorted(weeks)


def _drafting(activity: Activity, weeks: Sequence[Week]) -> range:
    if activity.team is None or not weeks:
        return range(0)
    return range(weeks[-1] + 1, weeks[-1] + 1 + activity.team.drafting_weeks)


def _clash(one: Sequence[Week], other: Sequence[Week], rest: int) -> bool:
    """Whether nobody with so much rest can do both."""
    if not one or not other:
        return False
    busy = {*one, *range(one[-1] + 1, one[-1] + 1 + rest)}
    return bool(busy & {*other, *range(other[-1] + 1, other[-1] + 1 + rest)})
