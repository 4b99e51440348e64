"""Mistakes in teams and people: sizes, bodies, skills nobody has."""

from collections.abc import Iterator

from scheduler.errors import Finding
from scheduler.validation.index import Index, finding, listed, seats_of
from scheduler.value import LEADER


def team_sizes_are_allowed(index: Index) -> Iterator[Finding]:
    """A team has as many members as its rule allows: three to eight (R055)."""
    for activity in index.problem.activities:
        team, place = activity.team, f"activity {activity.id}, team"
        if team is None:
            continue
        if team.max_members < team.min_members:
            message = f"allows at least {team.min_members}, but at most {team.max_members} members (R055)."
            yield finding(place, message, "Maybe the two were exchanged.")
        elif not team.min_members <= team.members() <= team.max_members:
            yield finding(
                place,
                f"has {team.members()} seats; {team.min_members} to {team.max_members} are allowed (R055).",
                "Maybe demand other skills, or widen the bounds by a waiver.",
            )
        if not any(stage.uses_team for stage in activity.stages):
            yield finding(place, "is used by no stage.", "Maybe set uses_team for the stages it works in.")


def bodies_suffice(index: Index) -> Iterator[Finding]:
    """There are as many bodies as the teams need (R056), and no more than they have seats."""
    inspectors = {inspector.body for inspector in index.problem.inspectors}
    for activity in index.problem.activities:
        if activity.team is None:
            continue
        place, needed = f"activity {activity.id}, team", activity.team.min_bodies
        bodies = inspectors | {joint.body for joint in activity.team.joint}
        if needed > len(bodies):
            message = f"needs {needed} bodies, but the inspectors come from {len(bodies)} (R056)."
            yield finding(place, message, "Maybe inspectors of another body are missing.")
        elif needed > activity.team.members():
            message = f"needs {needed} bodies, but has only {activity.team.members()} seats (R056)."
            yield finding(place, message, "Maybe lower the number of bodies or demand more seats.")


def skills_exist(index: Index) -> Iterator[Finding]:
    """Somebody has every demanded skill (R057, R059); that too few have it is a shortage, no mistake."""
    known = {skill for inspector in index.problem.inspectors for skill in inspector.skills} - {LEADER}
    if any(inspector.is_leader for inspector in index.problem.inspectors):
        known.add(LEADER)
    missing: dict[str, list[str]] = {}
    for activity in index.problem.activities:
        for skill in seats_of(activity):
            if skill not in known:
                missing.setdefault(skill, []).append(activity.id)
    for skill, names in sorted(missing.items()):
        yield finding(
            f"skill {skill}",
            f"no inspector has it, but a team demands it: {listed(names)} (R059).",
            "Correct the name if it is misspelt, or complete an inspector's skills.",
        )


def leader_is_no_skill(index: Index) -> Iterator[Finding]:
    """The word 'leader' names the leader's seat and nothing else (R057)."""
    for activity in index.problem.activities:
        if activity.team is not None and any(place.skill == LEADER for place in activity.team.places):
            yield finding(
                f"activity {activity.id}, team",
                "demands the skill 'leader'.",
                "Maybe set needs_leader instead.",
            )
    for inspector in index.problem.inspectors:
        if LEADER in inspector.skills:
            yield finding(
                f"inspector {inspector.id}", "has the skill 'leader'.", "Maybe set is_leader instead."
            )
