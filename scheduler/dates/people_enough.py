"""A problem as it would be with people enough."""

from scheduler.values.problem import Activity, Problem


def without_people(problem: Problem) -> Problem:
    """The same problem in which no activity needs people: what remains are windows, links and shared limits.

    Places that another activity saves still ask for their order of dates (R033).
    """
    return problem.model_copy(
        update={"activities": tuple(_without_people(activity) for activity in problem.activities)}
    )


def _without_people(activity: Activity) -> Activity:
    team = activity.team
    if team is not None and team.saved:
        team = team.model_copy(update={"places": (), "joint": (), "quotas": (), "needs_leader": False})
    return activity.model_copy(update={"team": team if team is not None and team.saved else None})
