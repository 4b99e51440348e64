"""Who could take a place that somebody declined: all who may sit there in the weeks of the published plan, ranked."""

from dataclasses import dataclass

from sqlmodel import Session, select

from models import Activity
from scheduler.cost import distance_km
from scheduler.values.problem import Problem
from services.casework.offered_places import declined_by
from services.naming.people import names_of_inspectors
from services.plans.plan_store import load_plan
from services.problem.people_today import people_of_today

MOST = 5


@dataclass(frozen=True)
class StandIn:
    """Somebody who is free for a place: how far from home, and in how many other teams of the plan."""

    inspector: str
    name: str
    body: str
    km: int
    other_reviews: int


def stand_ins_for(
    session: Session, activity_code: str, inspector: str, most: int = MOST
) -> tuple[StandIn, ...]:
    """The nearest who could take somebody's place, nobody else moving; of equals those with fewer other reviews.

    They have the skill, no conflict in the area, are there and rested in all team weeks, and leave the team with enough
    bodies, by what is known of them now: leave, absences and conflicts count that came after the plan. Whoever declined
    a place there is left out. Empty if there is none, or if the plan has no such place.
    """
    # NumPy takes long to import: only who looks for people pays for it.
    from scheduler.people.bodies import people_of_enough_bodies
    from scheduler.people.roster import Roster
    from scheduler.people.staff import Staff

    activity = session.exec(select(Activity).where(Activity.code == activity_code)).one()
    if activity.plan_version is None:
        return ()
    stored = load_plan(session, activity.plan_version)
    plan, (problem, known) = stored.plan, _as_people_are(session, stored.problem, activity_code, inspector)
    seat = next(
        (
            member
            for member in plan.members
            if member.activity == activity_code and member.inspector == inspector
        ),
        None,
    )
    staff = Staff(problem)
    review = staff.reviews.get(activity_code)
    if seat is None or review is None:
        return ()
    left = [member for member in plan.members if member != seat]
    roster = Roster(staff, plan.starts(), left)
    may_sit = roster.may_sit(review, seat.skill, staff.weeks(activity_code, plan.starts()))
    team = [[staff.number[member.inspector]] for member in left if member.activity == activity_code]
    others = declined_by(session, activity_code) | {inspector}
    home = next(area.location for area in problem.areas if area.id == review.area)
    names = names_of_inspectors(session)
    found = [
        StandIn(
            inspector=person.id,
            name=names.get(person.id, person.id),
            body=person.body,
            km=distance_km(person.home, home),
            other_reviews=sum(member.inspector == person.id for member in left),
        )
        for number, person in enumerate(problem.inspectors)
        if may_sit[number]
        and person.id in known
        and person.id not in others
        and people_of_enough_bodies(review.team, [*team, [number]], staff.bodies) is not None
    ]
    found.sort(key=lambda person: (person.km, person.other_reviews, person.inspector))
    return tuple(found[:most])


def _as_people_are(
    session: Session, problem: Problem, activity_code: str, inspector: str
) -> tuple[Problem, set[str]]:
    """The problem of a plan with people as they are now, the place that is asked for open to others; who there is."""
    now = people_of_today(session, problem)
    people = tuple(now.get(person.id, person) for person in problem.inspectors)
    new = tuple(now[code] for code in sorted(now.keys() - {person.id for person in people}))
    present = problem.model_copy(update={"inspectors": (*people, *new)})
    opened = present.with_activity(activity_code, lambda activity: activity.reserving_none_for({inspector}))
    return opened, set(now)
