"""Who could fill an empty seat but for something: what is said of each is true."""

from collections.abc import Iterator, Sequence

from scheduler.plan import TeamMember
from scheduler.problem import Activity, Inspector, Problem
from scheduler.reasons.explain import SeatHolders
from scheduler.reasons.holders import Holder
from tests.adversary.seats import LEADER, clash, is_there, past_of, reviews_left
from tests.adversary.weeks import Dates, team_weeks


def wrong_holders(
    problem: Problem, starts: Dates, members: Sequence[TeamMember], seats: Sequence[SeatHolders]
) -> Iterator[str]:
    """Everybody with the skill is told once, and what is said to stand in the way does."""
    for own in seats:
        skill, activity = own.seat.skill, own.seat.activity
        holders = [person.id for person in problem.inspectors if has_skill(person, skill)]
        if [holder.inspector for holder in own.holders] != holders:
            yield f"{skill} of {activity}: told are {[holder.inspector for holder in own.holders]}, not {holders}"
        review = next(other for other in problem.activities if other.id == activity)
        if own.seat.weeks != team_weeks(review, starts[activity]):
            yield f"{skill} of {activity}: its weeks are not {own.seat.weeks}"
        for holder in own.holders:
            if not _is_true(problem, starts, members, review, holder):
                yield f"{skill} of {activity}: '{holder.why}' is not true of {holder}"


def has_skill(person: Inspector, skill: str) -> bool:
    """Whether somebody may fill seats of a skill."""
    return person.is_leader if skill == LEADER else skill in person.skills


def _is_true(
    problem: Problem, starts: Dates, members: Sequence[TeamMember], review: Activity, holder: Holder
) -> bool:
    """Whether what stands in the way of somebody does; 'other' is left for what no single fact says."""
    person = next(own for own in problem.inspectors if own.id == holder.inspector)
    weeks, reviews = team_weeks(review, starts[review.id]), {own.id: own for own in problem.activities}
    teams = {own.activity for own in members if own.inspector == person.id}
    if holder.why == "not_trained":
        return person.trained_from > weeks[0]
    if holder.why == "away":
        trained = person.model_copy(update={"trained_from": 0})
        return [week for week in weeks if not is_there(problem, trained, [week])] == list(holder.weeks) != []
    if holder.why == "not_independent":
        return review.area in (*person.conflicts, *person.previous_areas) or person.id in review.previous_team
    if holder.why == "same_team":
        return review.id in teams
    if holder.why == "busy":
        busy = [team_weeks(reviews[own], starts[own]) for own in holder.activities if own in reviews]
        done = [own.team_weeks for own in past_of(problem, person.id) if own.id in holder.activities]
        return bool(holder.activities) and all(clash(weeks, own, person.rest_weeks) for own in (*busy, *done))
    if holder.why == "at_maximum":
        period = next(own for own in problem.periods if own.id == holder.period)
        begun = sum(team_weeks(reviews[own], starts[own])[0] in period.span for own in teams)
        return weeks[0] in period.span and begun >= reviews_left(problem, person, period)
    return holder.why == "other"
