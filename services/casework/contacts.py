"""Who a role is in one activity: contacts of the area, the team of the published plan, and who stands in (R064)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sqlmodel import Session, col, select

from models import Activity, Contact, Inspector, TeamPlace
from scheduler.values.value import LEADER
from services.casework.announcement import is_announced
from services.programme import Rules

OPERATIONS = "operations"
"""The role that is told when nobody holds any other."""

CONTACT_POINT = "contact_point"
"""The role of a person who is named for one activity."""


@dataclass(frozen=True)
class Person:
    """Someone who can be written to; `role` is the one under which they were found, `asked_for` the one meant."""

    name: str
    email: str
    role: str
    asked_for: str = ""
    telephone: str = ""


class Contacts:
    """Looks people up, for as long as one transaction lasts: contacts and teams are read once."""

    def __init__(self, session: Session, rules: Rules) -> None:
        self._session, self.rules, self._reminders = session, rules, rules.policy.reminders

    def holders(self, activity: Activity, role: str) -> list[Person]:
        """Who holds a role, else who stands in for it, else the nearest role above it that somebody holds.

        The framework's stand-ins come before those of the policy. Empty if nobody does, down to operations. Of an
        activity that is not announced yet only the inspectorate's side hears (R068).
        """
        fallbacks = self.rules.of(activity).stand_ins.get(role, ())
        above = (role, *fallbacks, *self._stand_ins(role), *self._reminders.ladders.get(role, ()), OPERATIONS)
        for name in above:
            found = self._exactly(activity, name)
            if found:
                return [replace(person, asked_for=role) for person in found]
        return []

    def ladder(self, activity: Activity, role: str, level: int) -> list[tuple[int, Person]]:
        """The holders of a role, then of up to `level` roles above it, each with their level; nobody twice."""
        found: dict[str, tuple[int, Person]] = {}
        roles = (role, *self._reminders.ladders.get(role, ())[:level])
        for height, name in enumerate(roles):
            for person in self.holders(activity, name):
                found.setdefault(person.email.lower(), (height, person))
        return list(found.values())

    def contact_point(self, activity: Activity) -> Person | None:
        """Whom to ask about an activity: the person named for it, else who holds the framework's role (R138)."""
        if activity.contact_email:
            name, telephone = activity.contact_name, activity.contact_telephone
            return Person(name, activity.contact_email, CONTACT_POINT, telephone=telephone)
        role = self.rules.of(activity).contact_point or OPERATIONS
        return next(iter(self.holders(activity, role)), None)

    def _stand_ins(self, role: str) -> Iterator[str]:
        seen = {role}
        while (role := self._reminders.stand_ins.get(role, "")) and role not in seen:
            seen.add(role)
            yield role

    def _exactly(self, activity: Activity, role: str) -> list[Person]:
        framework = self.rules.of(activity)
        is_inside = role == OPERATIONS or framework.is_of_inspectorate(role)
        if not is_inside and not is_announced(self._session, activity, framework):
            return []
        if role in framework.team_roles:
            return self._team(activity, role, role == framework.team_roles[0])
        return self._contacts.get((activity.area_code, role)) or self._contacts.get((None, role)) or []

    def _team(self, activity: Activity, role: str, is_leader: bool) -> list[Person]:
        seats = self._teams.get((activity.plan_version, activity.code), [])
        return [
            Person(person.name, person.email, role)
            for skill, person in seats
            if person.email and (skill == LEADER) == is_leader
        ]

    @cached_property
    def _contacts(self) -> dict[tuple[str | None, str], list[Person]]:
        found: dict[tuple[str | None, str], list[Person]] = {}
        for row in self._session.exec(select(Contact).order_by(col(Contact.id))):
            found.setdefault((row.area_code, row.role), []).append(
                Person(row.name, row.email, row.role, telephone=row.telephone)
            )
        return found

    @cached_property
    def _teams(self) -> dict[tuple[int | None, str], list[tuple[str, Inspector]]]:
        published = select(Activity.plan_version).distinct()
        query = (
            select(TeamPlace, Inspector)
            .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
            .where(col(TeamPlace.plan_version).in_(published))
            .order_by(col(TeamPlace.id))
        )
        found: dict[tuple[int | None, str], list[tuple[str, Inspector]]] = {}
        for place, person in self._session.exec(query):
            found.setdefault((place.plan_version, place.activity_code), []).append((place.skill, person))
        return found
