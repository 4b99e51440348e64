"""Places that the planner keeps for somebody, as the problem has them."""

from scheduler.values.problem import Activity, Inspector, Problem, Seated
from services.problem.facts import Facts


def with_pinned_people(problem: Problem, facts: Facts) -> Problem:
    """The problem in which places are kept for those who are pinned to them (R043).

    A place that the team no longer has is kept for nobody, nor is one of somebody who is in no week there in which
    the review could be: whoever has left blocks no place.
    """
    if not facts.place_pins:
        return problem
    people = {person.id: person for person in problem.inspectors}

    def pinned(activity: Activity) -> Activity:
        rows = facts.place_pins.get(activity.id, ())
        if activity.team is None or not rows:
            return activity
        left = activity.team.seats_by_skill()
        reserved = []
        for row in rows:
            person = people.get(row.inspector_code)
            if left.get(row.skill, 0) and person is not None and _is_ever_there(problem, person, activity):
                left[row.skill] -= 1
                reserved.append(Seated(skill=row.skill, inspector=row.inspector_code))
        return activity.reserving(reserved)

    return problem.with_activities(pinned)


def _is_ever_there(problem: Problem, person: Inspector, activity: Activity) -> bool:
    """Whether somebody may work in any week from the first in which an activity could begin."""
    first = max(activity.start_window.first, person.trained_from)
    return any(
        min([person.percent, *(away.percent_available for away in person.absences if week in away.span)])
        >= problem.min_percent
        for week in range(first, problem.num_weeks)
    )
