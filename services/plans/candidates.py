"""Questions about a plan as it stands: weeks for an activity, people for a place, weeks of a person, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import LEADER
from services.errors import NotFound, Refused
from services.naming.named import Named, find_named
from services.naming.names import area_of
from services.plans.prepared_plans import PreparedPlans

if TYPE_CHECKING:
    from scheduler.candidates.explanation import Explanation
    from scheduler.candidates.values import PersonWeeks, PlaceCandidates, WeekCandidates
    from services.problem.present import Present


def weeks_for(prepared: PreparedPlans, present: Present, activity: str) -> WeekCandidates:
    """Every week for an activity, by its code or its area."""
    from scheduler.candidates.weeks import week_candidates

    code = _activity(present.problem, activity).id
    with prepared.asked(present.problem, present.plan, needs_tables=True) as state:
        return week_candidates(state, code)


def people_for(
    prepared: PreparedPlans, present: Present, activity: str, place: str, people: Mapping[str, str]
) -> PlaceCandidates:
    """Every person for a place of an activity's team.

    Parameters
    ----------
    place
        'leader', the code of a skill, or who has the place now.
    people
        Names of inspectors by code, where known.

    Raises
    ------
    NotFound, Refused
        If there is no such activity or place.
    """
    from scheduler.candidates.places import place_candidates

    found = _activity(present.problem, activity)
    skill, leaving = _place(present.problem, present.plan, found, place, people)
    with prepared.asked(present.problem, present.plan) as state:
        return place_candidates(state, found.id, skill, leaving)


def weeks_of_person(
    prepared: PreparedPlans, present: Present, person: str, people: Mapping[str, str]
) -> PersonWeeks:
    """Every week of an inspector that is not past."""
    from scheduler.candidates.free_weeks import person_weeks

    known = [Named(found.id, people.get(found.id, found.id)) for found in present.problem.inspectors]
    code = find_named("inspector", person, known, "Use a name or code as in the plan.").code
    with prepared.asked(present.problem, present.plan) as state:
        return person_weeks(state, code, present.first_open)


def explanation_for(prepared: PreparedPlans, present: Present, area: str) -> Explanation:
    """Why an area, by its code, has its dates.

    Raises
    ------
    UnknownArea
        If nothing is planned in the area.
    """
    from scheduler.candidates.explanation import explain

    with prepared.asked(present.problem, present.plan, needs_tables=True) as state:
        return explain(present.problem, present.plan, area, state)


def _activity(problem: Problem, text: str) -> Activity:
    """The activity of a code, or that of an area: its only one, else the only one with a team."""
    wanted = text.strip().casefold()
    by_code = next((known for known in problem.activities if known.id.casefold() == wanted), None)
    if by_code is not None:
        return by_code
    area = area_of(problem, text)
    there = [activity for activity in problem.activities if activity.area == area.id]
    chosen = there if len(there) == 1 else [activity for activity in there if activity.team is not None]
    if len(chosen) == 1:
        return chosen[0]
    if not there:
        raise NotFound(text, "nothing is planned there.", "Choose an area that the plan has dates for.")
    codes = ", ".join(activity.id for activity in there)
    raise Refused.because(text, f"{len(there)} activities are planned there.", f"Name one of them: {codes}.")


def _place(
    problem: Problem, plan: Plan, activity: Activity, text: str, people: Mapping[str, str]
) -> tuple[str, str | None]:
    """The skill of a place, and who has it where a person was named."""
    places = {} if activity.team is None else activity.team.seats_by_skill()
    if not places:
        advice = "Name an activity that has one."
        raise Refused.because(activity.id, "it has no team.", advice)
    skill = text.strip().casefold().replace(" ", "_")
    if skill in places:
        return skill, None
    team = {member.inspector: member.skill for member in plan.members if member.activity == activity.id}
    known = [Named(code, people.get(code, code)) for code in team]
    words = [place.replace("_", " ") for place in places if place != LEADER]
    otherwise = f"Name one of its places: {', '.join([*words, LEADER])}; or who has it now."
    found = find_named("place or person in the team", text, known, otherwise)
    return team[found.code], found.code
