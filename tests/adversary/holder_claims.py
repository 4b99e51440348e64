"""Who could fill an empty seat but for something: what is said of each is true."""

from collections.abc import Iterator, Sequence

from scheduler.explaining.short_people import Holder, SeatHolders
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Inspector, Problem
from tests.adversary.seats import LEADER, clash, is_there, past_of, reviews_left
from tests.adversary.weeks import Dates, team_weeks


def wrong_holders(
    problem: Problem, starts: Dates, members: Sequence[TeamMember], seats: Sequence[SeatHolders]
) -> Iterator[str]:
    """Everybody with the skill is told once, and what is said to stand in the way does."""
    yield from wrong_lists(problem, starts, seats)
    for missing in seats:
        review = next(activity for activity in problem.activities if activity.id == missing.seat.activity)
        for holder in missing.holders:
            if not _is_true(problem, starts, members, review, holder):
                yield f"{missing.seat.skill} of {review.id}: '{holder.why}' is not true of {holder}"


def wrong_lists(problem: Problem, starts: Dates, seats: Sequence[SeatHolders]) -> Iterator[str]:
    """Everybody with the skill is told once, and the weeks of the seat are those of its team."""
    for missing in seats:
        seat = missing.seat
        told = [holder.inspector for holder in missing.holders]
        people = [person.id for person in problem.inspectors if has_skill(person, seat.skill)]
        if told != people:
            yield f"{seat.skill} of {seat.activity}: told are {told}, not {people}"
        review = next(activity for activity in problem.activities if activity.id == seat.activity)
        if seat.weeks != team_weeks(review, starts[review.id]):
            yield f"{seat.skill} of {review.id}: its weeks are not {seat.weeks}"


def has_skill(person: Inspector, skill: str) -> bool:
    """Whether somebody may fill seats of a skill."""
    return person.is_leader if skill == LEADER else skill in person.skills


def _is_true(
    problem: Problem, starts: Dates, members: Sequence[TeamMember], review: Activity, holder: Holder
) -> bool:
    """Whether what stands in the way of somebody does; 'other' is left for what no single fact says."""
    person = next(person for person in problem.inspectors if person.id == holder.inspector)
    weeks, reviews = (
        team_weeks(review, starts[review.id]),
        {activity.id: activity for activity in problem.activities},
    )
    teams = {member.activity for member in members if member.inspector == person.id}
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
        busy = [
            team_weeks(reviews[activity], starts[activity])
            for activity in holder.activities
            if activity in reviews
        ]
        done = [past.team_weeks for past in past_of(problem, person.id) if past.id in holder.activities]
        return bool(holder.activities) and all(
            clash(weeks, other, person.rest_weeks) for other in (*busy, *done)
        )
    if holder.why == "at_maximum":
        period = next(period for period in problem.periods if period.id == holder.period)
        begun = sum(team_weeks(reviews[name], starts[name])[0] in period.span for name in teams)
        return weeks[0] in period.span and begun >= reviews_left(problem, person, period)
    return holder.why == "other"
