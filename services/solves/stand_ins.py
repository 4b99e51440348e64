"""Who could take a place that somebody declined: all who may sit there in the weeks of the published plan, ranked."""

from dataclasses import dataclass

from sqlmodel import Session, select

from models import Activity
from scheduler.cost import distance_km
from scheduler.values.plan import Plan
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
    """The nearest who could take somebody's place, as `StandIns` ranks them."""
    return StandIns(session).of(activity_code, inspector, most)


class StandIns:
    """Who could take places: each plan, and the people there are now, are read once for all of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names = names_of_inspectors(session)
        self._plans: dict[int, _Known] = {}

    def of(self, activity_code: str, inspector: str, most: int = MOST) -> tuple[StandIn, ...]:
        """The nearest who could take somebody's place, nobody else moving; of equals those with fewer other reviews.

        They have the skill, no conflict in the area, are there and rested in all team weeks, and leave the team with
        enough bodies, by what is known of them now: leave, absences and conflicts count that came after the plan.
        Whoever declined a place there is left out. Empty if there is none, or if the plan has no such place.
        """
        # NumPy takes long to import: only who looks for people pays for it.
        from scheduler.people.bodies import people_of_enough_bodies
        from scheduler.people.roster import Roster
        from scheduler.people.staff import Staff

        activity = self._session.exec(select(Activity).where(Activity.code == activity_code)).one()
        if activity.plan_version is None:
            return ()
        known = self._known(activity.plan_version)
        plan, problem = known.plan, known.open_to_others(activity_code, inspector)
        seats = (
            seat for seat in plan.members if (seat.activity, seat.inspector) == (activity_code, inspector)
        )
        seat, staff = next(seats, None), Staff(problem)
        review = staff.reviews.get(activity_code)
        if seat is None or review is None:
            return ()
        left = [member for member in plan.members if member != seat]
        roster = Roster(staff, plan.starts(), left)
        may_sit = roster.may_sit(review, seat.skill, staff.weeks(activity_code, plan.starts()))
        team = [[staff.number[member.inspector]] for member in left if member.activity == activity_code]
        others = declined_by(self._session, activity_code) | {inspector}
        home = next(area.location for area in problem.areas if area.id == review.area)
        found = [
            StandIn(
                inspector=person.id,
                name=self._names.get(person.id, person.id),
                body=person.body,
                km=distance_km(person.home, home),
                other_reviews=sum(member.inspector == person.id for member in left),
            )
            for number, person in enumerate(problem.inspectors)
            if may_sit[number]
            and person.id in known.people
            and person.id not in others
            and people_of_enough_bodies(review.team, [*team, [number]], staff.bodies) is not None
        ]
        found.sort(key=lambda person: (person.km, person.other_reviews, person.inspector))
        return tuple(found[:most])

    def _known(self, version: int) -> "_Known":
        """A plan with its problem, people as they are now."""
        if version not in self._plans:
            stored = load_plan(self._session, version)
            now = people_of_today(self._session, stored.problem)
            people = tuple(now.get(person.id, person) for person in stored.problem.inspectors)
            new = tuple(now[code] for code in sorted(now.keys() - {person.id for person in people}))
            present = stored.problem.model_copy(update={"inspectors": (*people, *new)})
            self._plans[version] = _Known(present, stored.plan, frozenset(now))
        return self._plans[version]


@dataclass(frozen=True)
class _Known:
    """A plan, its problem with people as they are now, and the codes of those who are inspectors now."""

    problem: Problem
    plan: Plan
    people: frozenset[str]

    def open_to_others(self, activity_code: str, inspector: str) -> Problem:
        """The problem with a place that is somebody's open to others."""
        return self.problem.with_activity(
            activity_code, lambda activity: activity.reserving_none_for({inspector})
        )
