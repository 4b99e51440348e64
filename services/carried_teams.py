"""Teams whose work is done: a new plan fills no seat of theirs, and they stay who they were."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from models import Activity, TeamPlace
from scheduler.values.problem import Problem


def carried_places(session: Session, problem: Problem, version: int) -> Iterator[TeamPlace]:
    """The seats of past reviews in a new plan, as they are in the plan that their dates come from.

    Without them the leader would no longer be told of the draft report (R052), and the next problem would
    not know who rests.
    """
    planned = {own.id for own in problem.activities}
    past = [own.id for own in problem.past_reviews if own.id in planned]
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
