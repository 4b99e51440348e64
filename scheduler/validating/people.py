"""Mistakes in people: teams and seats nobody could fill, people who are never there, reviews that are done."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from scheduler.validating.dates import MAX_WEEKS
from scheduler.validating.index import Index, listed, seats_of
from scheduler.values.errors import Finding
from scheduler.values.problem import Activity, BodyQuota, PastReview, Seated, StageRef, Team, WithinLink
from scheduler.values.value import LEADER


def team_sizes_are_allowed(index: Index) -> Iterator[Finding]:
    """A team has as many members as its rule allows: three to eight (R055)."""
    for activity in index.problem.activities:
        team, place = activity.team, f"activity {activity.id}, team"
        if team is None:
            continue
        if team.max_members < team.min_members:
            message = f"allows at least {team.min_members}, but at most {team.max_members} members (R055)."
            yield Finding(place, message, "Check whether the two were swapped.")
        elif not team.min_members <= team.members() <= team.max_members:
            yield Finding(
                place,
                f"has {team.members()} seats; {team.min_members} to {team.max_members} are allowed (R055).",
                "Demand other skills, or widen the bounds by a waiver.",
            )
        if not any(stage.uses_team for stage in activity.stages):
            yield Finding(place, "is used by no stage.", "Set uses_team for the stages it works in.")


def people_at_work_have_seats(index: Index) -> Iterator[Finding]:
    """Who is at work, or for whom a seat is kept, has one that is demanded, and nobody has two (R059)."""
    for activity in index.problem.activities:
        if activity.team is None:
            continue
        demanded = seats_of(activity)
        yield from _seated(f"activity {activity.id}, team at work", activity.team.at_work or (), demanded)
        yield from _seated(f"activity {activity.id}, seats kept", activity.team.reserved, demanded)
        if activity.team.at_work is not None and activity.team.reserved:
            place = f"activity {activity.id}, seats kept"
            yield Finding(place, "its team is at work, so all seats are theirs.", "Leave reserved out.")


def _seated(place: str, people: Sequence[Seated], demanded: Mapping[str, int]) -> Iterator[Finding]:
    for skill, count in Counter(seated.skill for seated in people).items():
        if count > demanded.get(skill, 0):
            message = f"has {count} people in {skill} seats, but {demanded.get(skill, 0)} are demanded."
            yield Finding(place, message, "Demand these seats, or name fewer people.")
    for name, count in Counter(seated.inspector for seated in people).items():
        if count > 1:
            yield Finding(place, f"names {name} in {count} seats.", "Name everybody once.")


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
            yield Finding(place, message, "Add inspectors of another body.")
        elif needed > activity.team.members():
            message = f"needs {needed} bodies, but has only {activity.team.members()} seats (R056)."
            yield Finding(place, message, "Lower the number of bodies or demand more seats.")


def quotas_are_sound(index: Index) -> Iterator[Finding]:
    """Each body has one quota, which the seats of the team can fill (R144); too few of its people are a shortage."""
    inspectors = {inspector.body for inspector in index.problem.inspectors}
    for activity in index.problem.activities:
        team, place = activity.team, f"activity {activity.id}, team"
        if team is None:
            continue
        joint: Counter[str] = Counter()
        for lent in team.joint:
            joint[lent.body] += lent.count
        for body, count in Counter(quota.body for quota in team.quotas).items():
            if count > 1:
                yield Finding(place, f"has {count} quotas for {body} (R144).", "Join them to one.")
        for quota in team.quotas:
            yield from _sound_quota(quota, f"{place}, quota {quota.body}", inspectors, joint)
        yield from _seats_for_quotas(team, place, joint)


def _sound_quota(
    quota: BodyQuota, place: str, inspectors: set[str], joint: Counter[str]
) -> Iterator[Finding]:
    if quota.maximum is not None and quota.maximum < quota.minimum:
        message = f"asks for at least {quota.minimum}, but at most {quota.maximum} members (R144)."
        yield Finding(place, message, "Check whether the two were swapped.")
    if quota.minimum > joint[quota.body] and quota.body not in inspectors:
        message = f"asks for {quota.minimum} members, but no inspector comes from {quota.body} (R144)."
        yield Finding(place, message, "Correct the body if it is misspelt, or add inspectors of it.")
    if quota.maximum is not None and joint[quota.body] > quota.maximum:
        message = f"allows {quota.maximum} members, but {joint[quota.body]} come by joint places alone (R035, R144)."
        yield Finding(place, message, "Raise the maximum, or let inspectors of other bodies fill the seats.")


def _seats_for_quotas(team: Team, place: str, joint: Counter[str]) -> Iterator[Finding]:
    """Minima need no more seats than there are."""
    seats = team.members() - sum(joint.values())
    needed = sum(max(0, quota.minimum - joint[quota.body]) for quota in team.quotas)
    if needed > seats:
        message = f"has {seats} seats for inspectors, but its quotas ask for {needed} members (R144)."
        yield Finding(place, message, "Lower the minima, or demand more seats.")


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
        yield Finding(
            f"skill {skill}",
            f"no inspector has it, but a team demands it: {listed(names)} (R059).",
            "Correct the name if it is misspelt, or complete an inspector's skills.",
        )


def leader_is_no_skill(index: Index) -> Iterator[Finding]:
    """The word 'leader' names the leader's seat and nothing else (R057)."""
    for activity in index.problem.activities:
        if activity.team is not None and any(place.skill == LEADER for place in activity.team.places):
            yield Finding(
                f"activity {activity.id}, team", "demands the skill 'leader'.", "Set needs_leader instead."
            )
    for inspector in index.problem.inspectors:
        if LEADER in inspector.skills:
            yield Finding(f"inspector {inspector.id}", "has the skill 'leader'.", "Set is_leader instead.")


def saved_and_joint_places_have_a_reason(index: Index) -> Iterator[Finding]:
    """Both refer to a stage of another activity of the area (R033, R034)."""
    for activity in index.problem.activities:
        if activity.team is None:
            continue
        for saved in activity.team.saved:
            yield from _reason(index, activity, f"saved place {saved.skill}", saved.after)
        for joint in activity.team.joint:
            yield from _reason(index, activity, f"joint place {joint.skill}", joint.beside)


def _reason(index: Index, activity: Activity, what: str, ref: StageRef) -> Iterator[Finding]:
    where = f"activity {activity.id}, {what}"
    other = index.activities.get(ref.activity)
    if index.stage(ref) is None:
        message = f"refers to the stage {ref.stage} of {ref.activity}, which does not exist."
        yield Finding(where, message, "Add it, or correct the name.")
    elif other is not None and (other.area != activity.area or other.id == activity.id):
        message = f"refers to {ref.activity}, which is no other activity of {activity.area}."
        yield Finding(where, message, "Name another activity of the same area.")


def joint_places_are_linked(index: Index) -> Iterator[Finding]:
    """A link keeps the other visit within an on-site stage of the team, else nobody could fill the seat (R034)."""
    within = {
        (link.inner.activity, link.inner.stage, link.outer.activity, link.outer.stage)
        for link in index.problem.links
        if isinstance(link, WithinLink)
    }
    for activity in index.problem.activities:
        stages = [stage.id for stage in activity.stages if stage.on_site and stage.uses_team]
        for place in activity.team.joint if activity.team else ():
            ref = place.beside
            if not any((ref.activity, ref.stage, activity.id, name) in within for name in stages):
                yield Finding(
                    f"activity {activity.id}, joint place {place.skill}",
                    f"is filled by {ref.activity}, but no link keeps {ref.stage} within its on-site weeks (R034).",
                    "Add a link of kind 'within', or let an inspector fill the seat.",
                )


def past_reviews_are_sound(index: Index) -> Iterator[Finding]:
    """Past reviews have a name that no team has, a known area, weeks in order, and a draft that ends after them."""
    counts = Counter(review.id for review in index.problem.past_reviews)
    for review in index.problem.past_reviews:
        place = f"past review {review.id}"
        same = index.activities.get(review.id)
        if counts[review.id] > 1 or (same is not None and same.team is not None):
            yield Finding(place, "has the name of another one, or of an activity with a team.", "Rename it.")
        if review.area not in index.areas:
            message = f"refers to the area '{review.area}', which does not exist."
            yield Finding(place, message, "Add it, or correct the name.")
        yield from _weeks(index, place, review)


def _weeks(index: Index, place: str, review: PastReview) -> Iterator[Finding]:
    weeks = review.team_weeks
    if any(later <= earlier for earlier, later in pairwise(weeks)):
        yield Finding(place, "has team weeks out of order or twice.", "Sort them.")
    if min(weeks) < -MAX_WEEKS or max(weeks) >= index.problem.num_weeks:
        message = f"has weeks from {min(weeks)} to {max(weeks)}, far before the horizon or after it."
        yield Finding(place, message, "Count weeks, not days.")
    end = review.drafting_end
    if end is not None and not weeks[-1] < end <= index.problem.num_weeks + MAX_WEEKS:
        message = f"is drafted up to week {end}, but its last team week is {weeks[-1]}."
        yield Finding(place, message, "Leave drafting_end out: then nothing is left to draft.")


def drafting_ends(index: Index) -> Iterator[Finding]:
    """No report is drafted for longer than any horizon (R052)."""
    for activity in index.problem.activities:
        if activity.team is not None and activity.team.drafting_weeks > MAX_WEEKS:
            message = f"drafts its report in {activity.team.drafting_weeks} weeks (R052)."
            advice = "Count weeks, not days."
            yield Finding(f"activity {activity.id}, team", message, advice)
