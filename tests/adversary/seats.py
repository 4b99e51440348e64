"""Who may fill which seat, and when one person can be in two teams."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Inspector, PastReview, Period, Problem
from tests.adversary.weeks import team_weeks

LEADER = "leader"
"""The word of the documents for the leader's seat."""


def num_seats(activity: Activity) -> Counter[str]:
    """Seats that inspectors fill, by skill; the leader's seat has the skill 'leader' (R055, R057, R059)."""
    seats: Counter[str] = Counter()
    if activity.team is not None:
        for place in activity.team.places:
            seats[place.skill] += place.count
        if activity.team.needs_leader:
            seats["leader"] += 1
    return seats


def uncovered(problem: Problem, members: Iterable[TeamMember]) -> int:
    """Demanded seats that nobody fills."""
    demanded = sum(sum(num_seats(activity).values()) for activity in problem.activities)
    return demanded - len(list(members))


def may_ever_fill(activity: Activity, skill: str, person: Inspector) -> bool:
    """Whether a person has the skill (R057, R059), no conflict and was not there the last time (R062)."""
    has_skill = person.is_leader if skill == LEADER else skill in person.skills
    barred = {*person.conflicts, *person.previous_areas}
    return has_skill and activity.area not in barred and person.id not in activity.previous_team


def is_there(problem: Problem, person: Inspector, weeks: Sequence[int]) -> bool:
    """Whether a person is trained (R062) and available enough (R028) in all of some weeks."""
    return weeks[0] >= person.trained_from and all(
        min([person.percent, *(away.percent_available for away in person.absences if week in away.span)])
        >= problem.min_percent
        for week in weeks
    )


def clash(one: Sequence[int], other: Sequence[int], rest_weeks: int) -> bool:
    """Whether nobody who needs so much rest can be in teams with these weeks: one review a week (R028, R047), and rest.

    Rest follows the last team week only, so one review may lie in the gap of another.
    """
    return bool(
        set(one) & set(other)
        or set(one) & set(range(other[-1] + 1, other[-1] + 1 + rest_weeks))
        or set(other) & set(range(one[-1] + 1, one[-1] + 1 + rest_weeks))
    )


def past_of(problem: Problem, person: str) -> Iterator[PastReview]:
    """The reviews that are done in which a person was, whether as a member or as the leader."""
    return (review for review in problem.past_reviews if person in review.members or person == review.leader)


def reviews_left(problem: Problem, person: Inspector, period: Period) -> int:
    """How many reviews a person may still begin in a period (R028); done ones count, however many they are."""
    done = sum(review.team_weeks[0] in period.span for review in past_of(problem, person.id))
    return max(0, person.max_reviews[period.kind] - done)


def drafts_left(problem: Problem, leader: str, week: int) -> int:
    """How many more reports a leader may draft in a week (R052)."""
    return max(0, problem.leader_drafts - past_drafts(problem, leader, week))


def past_drafts(problem: Problem, leader: str, week: int) -> int:
    """Reports of reviews that are over which a leader drafts in a week (R052)."""
    return sum(
        review.leader == leader
        and review.drafting_end is not None
        and week in range(review.team_weeks[-1] + 1, review.drafting_end)
        for review in problem.past_reviews
    )


def num_bodies(activity: Activity) -> int:
    """From how many bodies a team has to come at least (R002, R056), never more than it has members."""
    team = activity.team
    if team is None:
        return 0
    seats = sum(num_seats(activity).values()) + sum(place.count for place in team.joint)
    return min(team.min_bodies, seats)


def staying(problem: Problem, review: Activity, weeks: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Seats (skill, person) of a team at work that their people keep if these are the team weeks (R019, R043)."""
    people = {person.id: person for person in problem.inspectors}
    for seated in (review.team.at_work or ()) if review.team is not None else ():
        person = people.get(seated.inspector)
        if person is not None and _can_go_on(problem, review, seated.skill, person, weeks):
            yield seated.skill, seated.inspector


def reserved(problem: Problem, review: Activity) -> Iterator[tuple[str, str]]:
    """Seats (skill, person) that are kept for people who could have them (R043)."""
    people = {person.id: person for person in problem.inspectors}
    if review.team is None or review.team.at_work is not None:
        return
    for seated in review.team.reserved:
        person = people.get(seated.inspector)
        if person is not None and may_ever_fill(review, seated.skill, person):
            yield seated.skill, seated.inspector


def _can_go_on(
    problem: Problem, review: Activity, skill: str, person: Inspector, weeks: Sequence[int]
) -> bool:
    """Able by themselves, and not kept by another review at work that goes before this one."""
    if not _is_able(problem, review, skill, person, weeks):
        return False
    order = [activity.id for activity in problem.activities]

    def rank(activity: Activity) -> tuple[int, int]:
        return int(activity.pinned_starts is None), order.index(activity.id)

    loads: Counter[int] = Counter()
    for other in sorted(problem.activities, key=rank):
        seats = (
            [] if other.team is None else [s for s in other.team.at_work or () if s.inspector == person.id]
        )
        if not seats or rank(other) >= rank(review):
            continue
        if other.pinned_starts is None:
            return False
        busy = team_weeks(other, other.pinned_starts)
        if not _is_able(problem, other, seats[0].skill, person, busy):
            continue
        if busy and weeks and clash(busy, weeks, person.rest_weeks):
            return False
        if seats[0].skill == LEADER and other.team is not None and busy:
            loads.update(range(busy[-1] + 1, busy[-1] + 1 + other.team.drafting_weeks))
    if skill != LEADER or review.team is None or not weeks:
        return True
    drafted = range(weeks[-1] + 1, weeks[-1] + 1 + review.team.drafting_weeks)
    return all(
        past_drafts(problem, person.id, week) + loads[week] < problem.leader_drafts for week in drafted
    )


def _is_able(problem: Problem, review: Activity, skill: str, person: Inspector, weeks: Sequence[int]) -> bool:
    """Whether only past reviews, and no others, leave somebody a seat."""
    if not may_ever_fill(review, skill, person):
        return False
    if not weeks:
        return True
    past = any(clash(weeks, done.team_weeks, person.rest_weeks) for done in past_of(problem, person.id))
    return is_there(problem, person, weeks) and not past
