"""Teams that break rules and were kept all the same: the problem in which they may stay as they are (R094)."""

from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from typing import Any

from scheduler.checking.facts import Facts
from scheduler.checking.teams import open_seats
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, BodyQuota, Inspector, Problem, Team
from scheduler.values.value import LEADER, Week


def with_kept_teams(problem: Problem, plan: Plan) -> Problem:
    """The problem in which the rules of teams give way to those of a plan, as far as it breaks them.

    Bodies, quotas, sizes, rotation and the weeks of drafting give way for a single team. Whose rest is too short, or
    who begins too many reviews in a period, is asked for as much from now on. A plan that keeps these rules leaves the
    problem as it is.
    """
    facts = Facts(problem, plan)
    drafting = {name: weeks for person in problem.inspectors for name, weeks in _drafting(facts, person)}
    people = tuple(_asked_for_as_much(facts, person) for person in problem.inspectors)
    found = problem.with_activities(lambda activity: _team(facts, activity, drafting.get(activity.id)))
    if (found.activities, people) == (problem.activities, problem.inspectors):
        return problem
    return found.model_copy(update={"inspectors": people})


def _team(facts: Facts, activity: Activity, drafting_weeks: int | None) -> Activity:
    """An activity whose team is as it should be, its members once more in an area among them."""
    members = facts.members_of.get(activity.id, [])
    if activity.team is None or not members:
        return activity
    there = {member.inspector for member in members}
    changes = _sizes(activity.team, len(members) + open_seats(facts, activity)) | _bodies(facts, activity)
    if drafting_weeks is not None:
        changes["drafting_weeks"] = drafting_weeks
    return activity.model_copy(
        update={
            "team": activity.team.model_copy(update=changes),
            "previous_team": tuple(name for name in activity.previous_team if name not in there),
        }
    )


def _sizes(team: Team, seats: int) -> dict[str, Any]:
    size = seats + sum(place.count for place in team.joint)
    return {"min_members": min(team.min_members, size), "max_members": max(team.max_members, size)}


def _bodies(facts: Facts, activity: Activity) -> dict[str, Any]:
    """How many bodies a team needs, and how many members from each (R056, R144)."""
    team, still_open = activity.team, open_seats(facts, activity)
    assert team is not None
    members = facts.members_of[activity.id]
    there = Counter(facts.inspectors[m.inspector].body for m in members if m.inspector in facts.inspectors)
    for place in team.joint:
        there[place.body] += place.count
    missing = sum(max(0, quota.minimum - there[quota.body]) for quota in team.quotas)
    quotas = tuple(_quota(quota, there[quota.body], missing > still_open) for quota in team.quotas)
    needed = min(team.min_bodies, team.members())
    has_few = len(there) + still_open < needed
    return {"quotas": quotas, "min_bodies": max(1, len(there) + still_open) if has_few else team.min_bodies}


def _quota(quota: BodyQuota, there: int, are_missing: bool) -> BodyQuota:
    least = min(quota.minimum, there) if are_missing else quota.minimum
    most = None if quota.maximum is None else max(quota.maximum, there)
    return quota.model_copy(update={"minimum": least, "maximum": most})


def _asked_for_as_much(facts: Facts, person: Inspector) -> Inspector:
    """Somebody who may rest as little, begin as many reviews and be where they were last time, as they do now."""
    areas = {facts.activities[name].area for name in facts.reviews_of.get(person.id, ())}
    changes: dict[str, Any] = {
        "rest_weeks": min([person.rest_weeks, *_gaps(facts, person)]),
        "max_reviews": {kind: _most(facts, person, kind) for kind in person.max_reviews},
        "previous_areas": tuple(name for name in person.previous_areas if name not in areas),
    }
    if all(getattr(person, name) == value for name, value in changes.items()):
        return person
    return person.model_copy(update=changes)


def _gaps(facts: Facts, person: Inspector) -> Iterator[int]:
    """Clear weeks after a review of the plan or before one, where they are fewer than those of rest."""
    past = {review.id: list(review.team_weeks) for review in facts.past_of.get(person.id, ())}
    weeks = {name: facts.team_weeks[name] for name in facts.reviews_of.get(person.id, ())} | past
    for before, after in permutations(weeks, 2):
        last = weeks[before][-1]
        early = [week for week in weeks[after] if last < week <= last + person.rest_weeks]
        if early and not (before in past and after in past):
            yield early[0] - last - 1


def _most(facts: Facts, person: Inspector, kind: str) -> int:
    """The reviews that somebody may begin in a period of a kind."""
    if person.id not in facts.reviews_of:
        return person.max_reviews[kind]
    begun = (facts.begun_in(period, person.id) for period in facts.problem.periods if period.kind == kind)
    return max([person.max_reviews[kind], *(planned + past for planned, past in begun if planned)])


def _drafting(facts: Facts, person: Inspector) -> Iterator[tuple[str, int]]:
    """Reviews whose report has to be drafted sooner, so that somebody has no more at a time than they may (R052)."""
    ends = {name: facts.team_weeks[name][-1] for name in _led(facts, person)}
    weeks = {name: _team_of(facts, name).drafting_weeks for name in ends}
    begun: Counter[Week] = Counter()
    for review in facts.past_of.get(person.id, ()):
        if review.leader == person.id and review.drafting_end is not None:
            begun.update(range(review.team_weeks[-1] + 1, review.drafting_end))
    whole = dict(weeks)
    for week in sorted({end + 1 for end in ends.values()}):
        at_work = sorted((ends[name], name) for name in ends if ends[name] < week <= ends[name] + weeks[name])
        too_many = len(at_work) + begun[week] - facts.problem.leader_drafts
        for end, name in at_work[: max(0, too_many)]:
            weeks[name] = week - end - 1
    return ((name, count) for name, count in weeks.items() if count != whole[name])


def _led(facts: Facts, person: Inspector) -> list[str]:
    """The reviews of the plan that somebody leads."""
    return [
        member.activity
        for member in facts.plan.members
        if (member.skill, member.inspector) == (LEADER, person.id) and member.activity in facts.team_weeks
    ]


def _team_of(facts: Facts, name: str) -> Team:
    team = facts.activities[name].team
    assert team is not None
    return team
