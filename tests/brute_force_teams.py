"""The best teams of tiny problems at fixed dates, by trying everything: without a line of the solver's model."""

from collections.abc import Iterator

from scheduler.cost import seats, team_terms, uncovered_places
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import LEADER
from tests.brute_force import Dates, can, may_join, stage_weeks
from tests.known import known


def best_teams(problem: Problem, starts: Dates) -> tuple[int, int]:
    """Fewest uncovered seats, and the least team cost among such teams."""
    return min(
        (uncovered_places(problem, team), sum(team_terms(problem, starts, team).values()))
        for team in all_teams(problem, starts)
    )


def all_teams(problem: Problem, starts: Dates) -> Iterator[tuple[TeamMember, ...]]:
    """All teams that keep every rule, apart from those with more uncovered seats than one seen before."""
    open_places = [
        (activity, skill)
        for activity in problem.activities
        for skill, count in seats(activity).items()
        for _ in range(count)
    ]
    weeks = {
        activity.id: sorted({week for own, _, week in stage_weeks(problem, starts) if own is activity})
        for activity in problem.activities
    }
    fewest = len(open_places)

    def fill(number: int, uncovered: int, team: tuple[TeamMember, ...]) -> Iterator[tuple[TeamMember, ...]]:
        nonlocal fewest
        if uncovered > fewest:
            return
        if number == len(open_places):
            if _has_bodies(problem, team):
                fewest = uncovered
                yield team
            return
        activity, skill = open_places[number]
        for person in problem.inspectors:
            others = [
                a for a in problem.activities for m in team if (m.activity, m.inspector) == (a.id, person.id)
            ]
            leads = skill == LEADER
            if leads and not _may_draft(problem, person.id, activity, team, weeks):
                continue
            if can(person, skill) and may_join(problem, person, activity, others, weeks):
                seat = TeamMember(activity=activity.id, skill=skill, inspector=person.id)
                yield from fill(number + 1, uncovered, (*team, seat))
        yield from fill(number + 1, uncovered + 1, team)

    yield from fill(0, 0, ())


def _may_draft(
    problem: Problem,
    leader: str,
    activity: Activity,
    team: tuple[TeamMember, ...],
    weeks: dict[str, list[int]],
) -> bool:
    """Whether a leader may draft the report of one more activity."""

    def draft(own: Activity) -> range:
        end = weeks[own.id][-1] + 1
        return range(end, end + known(own.team).drafting_weeks)

    led = [
        a
        for a in problem.activities
        if any((m.activity, m.inspector, m.skill) == (a.id, leader, LEADER) for m in team)
    ]
    others = [draft(own) for own in led]
    others += [
        range(own.team_weeks[-1] + 1, own.drafting_end)
        for own in problem.past_reviews
        if own.leader == leader and own.drafting_end is not None
    ]
    return all(sum(week in other for other in others) < problem.leader_drafts for week in draft(activity))


def _has_bodies(problem: Problem, team: tuple[TeamMember, ...]) -> bool:
    body = {inspector.id: inspector.body for inspector in problem.inspectors}
    for activity in problem.activities:
        own = [member for member in team if member.activity == activity.id]
        wanted = activity.team
        if wanted is None:
            continue
        bodies = len({body[member.inspector] for member in own} | {place.body for place in wanted.joint})
        if bodies + wanted.seats() - len(own) < min(wanted.min_bodies, wanted.members()):
            return False
    return True
