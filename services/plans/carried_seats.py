"""Seats that a new plan takes over from the one before: teams whose work is done stay who they were."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Inspector, PastSeat, TeamPlace
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.days.weeks import monday_from


def carried_places(session: Session, problem: Problem, version: int) -> Iterator[TeamPlace]:
    """The seats of past reviews in a new plan, as they are in the plan that their dates come from.

    Without them the leader would no longer be told of the draft report (R052), and the next problem would
    not know who rests.
    """
    planned = {activity.id for activity in problem.activities}
    past = [review.id for review in problem.past_reviews if review.id in planned]
    query = (
        select(TeamPlace)
        .join(Activity, col(Activity.code) == col(TeamPlace.activity_code))
        .where(col(Activity.code).in_(past), col(Activity.plan_version) == col(TeamPlace.plan_version))
        .order_by(col(TeamPlace.id))
    )
    for place in session.exec(query):
        yield TeamPlace(
            plan_version=version,
            activity_code=place.activity_code,
            skill=place.skill,
            inspector_code=place.inspector_code,
        )


def past_seats(
    session: Session, problem: Problem, plan: Plan, version: int, as_of: date
) -> Iterator[PastSeat]:
    """Who worked in a review under way, and has no seat in it from now on; and whoever left it before (R019).

    What they have done stays theirs: it counts in their year, and nothing of it is cancelled in their calendar.
    """
    planned = {activity.id for activity in problem.activities}
    query = (
        select(PastSeat)
        .join(Activity, col(Activity.code) == col(PastSeat.activity_code))
        .where(col(Activity.code).in_(planned), col(Activity.plan_version) == col(PastSeat.plan_version))
        .order_by(col(PastSeat.id))
    )
    for seat in session.exec(query):
        yield PastSeat(**seat.model_dump(exclude={"id", "plan_version"}), plan_version=version)
    sitting = {(member.activity, member.inspector) for member in plan.members}
    known = set(session.exec(select(Inspector.code)))
    for activity in problem.activities:
        for seated in (activity.team.at_work or ()) if activity.team is not None else ():
            if (activity.id, seated.inspector) not in sitting and seated.inspector in known:
                yield PastSeat(
                    plan_version=version,
                    activity_code=activity.id,
                    skill=seated.skill,
                    inspector_code=seated.inspector,
                    until_on=monday_from(as_of),
                )
