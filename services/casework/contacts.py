"""Who a role is in one activity: contacts of the area, the team of the published plan, and who stands in (R064)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from config.framework import Framework
from config.team_rule import DEPUTY
from models import Activity, Contact, Inspector, Partner, Step, TeamPlace
from scheduler.values.value import LEADER
from services.casework.announcement import is_announced
from services.casework.area_by_area import AreaByArea
from services.casework.away import is_away
from services.casework.organisations import partner_of
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

    @property
    def mailbox(self) -> str:
        """What tells people apart: two spellings of an address are one person's."""
        return self.email.lower()


class Contacts:
    """Looks people up, for as long as one transaction lasts: contacts and teams are read once."""

    def __init__(self, session: Session, rules: Rules) -> None:
        self._session, self.rules, self._reminders = session, rules, rules.policy.reminders
        self._noticed: dict[int | None, date] = {}
        self._has_read_notices = False
        self._contacts = AreaByArea(self._read_contacts)
        self._teams = AreaByArea(self._read_teams)

    def holders(self, activity: Activity, role: str) -> list[Person]:
        """Who holds a role, else who stands in for it, else the nearest role above it that somebody holds.

        A leader's deputy comes first, then the framework's stand-ins, then those of the policy. Empty if nobody does,
        down to operations. Of an activity that is not announced yet only the inspectorate's side hears (R068).
        """
        framework = self.rules.of(activity)
        fallbacks = (*framework.deputies(role), *framework.stand_ins.get(role, ()))
        stand_ins, ladder = self._reminders.stand_ins_of(role), self._reminders.ladders.get(role, ())
        for name in (role, *fallbacks, *stand_ins, *ladder, OPERATIONS):
            found = self._exactly(activity, name)
            if found:
                return [
                    Person(person.name, person.email, person.role, role, person.telephone) for person in found
                ]
        return []

    def ladder(self, activity: Activity, role: str, level: int | None = None) -> list[tuple[int, Person]]:
        """The holders of a role, then of up to `level` (None: all) roles above it, with their level; nobody twice."""
        found: dict[str, tuple[int, Person]] = {}
        roles = (role, *self._reminders.ladders.get(role, ())[:level])
        for height, name in enumerate(roles):
            for person in self.holders(activity, name):
                found.setdefault(person.mailbox, (height, person))
        return list(found.values())

    def is_inside(self, activity: Activity, role: str) -> bool:
        """Whether a role is on the inspectorate's side."""
        return role == OPERATIONS or self.rules.of(activity).is_of_inspectorate(role)

    def may_hear(self, activity: Activity, role: str, of: date | None = None) -> bool:
        """Whether messages may go to a role: to the authority's side none before the notice is signed off (R064).

        What was to be said by the day `of`, and was not known by the notice yet, is not said after it.
        """
        if self.is_inside(activity, role):
            return True
        given_on = self._notice_given_on(activity)
        return given_on is not None and (of is None or given_on < of)

    def read_notices(self) -> None:
        """Read once which notices are given, for whoever asks about all activities and changes none."""
        query = select(Step, Activity).join(Activity, col(Activity.id) == col(Step.activity_id))
        for step, activity in self._session.exec(query.where(Step.state == "done")).all():
            is_notice = step.step_id == self.notice_of(activity) and step.actual_on is not None
            if is_notice and is_announced(self._session, activity, self.rules.of(activity)):
                self._noticed[activity.id] = step.actual_on or date.min
        self._has_read_notices = True

    def notice_of(self, activity: Activity) -> str | None:
        """The step with which the authority's side gets notice; None if its framework has none."""
        notice = self.rules.of(activity).notice
        return notice.id if notice else None

    def known_people(self) -> dict[str, Person]:
        """Everybody who is known today, contacts, inspectors and partners' officers, by their mailbox."""
        inspectors = self._session.exec(select(Inspector).where(Inspector.email != ""))
        found = {row.email.lower(): Person(row.name, row.email, "inspectors") for row in inspectors}
        partners = self._session.exec(select(Partner).where(Partner.email != ""))
        found = {row.email.lower(): _officer(row) for row in partners} | found
        return found | {
            person.mailbox: person for people in self._contacts.every().values() for person in people
        }

    def is_known(self, text: str) -> bool:
        """Whether a text is the name or the address of a contact, of an inspector or of a partner's officer."""
        wanted = text.strip().casefold()
        columns = [(col(table.name), col(table.email)) for table in (Contact, Inspector)]
        columns.append((col(Partner.chief_officer), col(Partner.email)))
        names = (select(*pair) for pair in columns)
        return wanted != "" and any(
            wanted in map(str.casefold, pair) for query in names for pair in self._session.exec(query)
        )

    def _notice_given_on(self, activity: Activity) -> date | None:
        """The day of the notice; long ago where a framework asks for none, None before it."""
        if activity.id not in self._noticed:
            framework = self.rules.of(activity)
            if self._has_read_notices and framework.notice is not None:
                return None
            if not is_announced(self._session, activity, framework):
                return None
            given_on: date | None = date.min
            if framework.notice is not None:
                query = select(col(Step.actual_on)).where(
                    Step.activity_id == activity.id, Step.state == "done"
                )
                given_on = self._session.exec(query.where(Step.step_id == framework.notice.id)).first()
            if given_on is None:
                return None  # it is asked again: it may come while these are in use
            self._noticed[activity.id] = given_on
        return self._noticed[activity.id]

    def contact_point(self, activity: Activity) -> Person | None:
        """Whom to ask about an activity: the person named for it, else who holds the framework's role (R138)."""
        if activity.contact_email:
            name, telephone = activity.contact_name, activity.contact_telephone
            return Person(name, activity.contact_email, CONTACT_POINT, telephone=telephone)
        role = self.rules.of(activity).contact_point or OPERATIONS
        return next(iter(self.holders(activity, role)), None)

    def _exactly(self, activity: Activity, role: str) -> list[Person]:
        framework = self.rules.of(activity)
        is_known = is_announced(self._session, activity, framework)
        if not is_known and not self.is_inside(activity, role):
            return []
        if role in framework.team_roles:
            return self._team(activity, role, framework)
        if (partner := partner_of(self._session, activity.area_code, role)) is not None:
            return [_officer(partner, role)] if partner.email else []
        found = self._contacts.of(activity.area_code)
        return found.get((activity.area_code, role)) or found.get((None, role)) or []

    def deputising(self, activity: Activity, role: str, on: date) -> list[Person]:
        """Who deputises on a day for a leader who is away that day; nobody while one is there."""
        deputies = self.rules.of(activity).deputies(role)
        leaders = [person for skill, person in self._seats(activity) if skill == LEADER]
        if any(not is_away(self._session, person.code, on) for person in leaders):
            return []
        return [person for name in deputies for person in self._exactly(activity, name)]

    def _seats(self, activity: Activity) -> list[tuple[str, Inspector]]:
        return self._teams.of(activity.area_code).get((activity.plan_version, activity.code), [])

    def _team(self, activity: Activity, role: str, framework: Framework) -> list[Person]:
        """The leader, the deputy, or everybody but the leader."""
        is_leader, is_deputy = role == framework.team_roles[0], role in framework.team_roles[2:]
        return [
            Person(person.name, person.email, role)
            for skill, person in self._seats(activity)
            if person.email and (skill == DEPUTY if is_deputy else (skill == LEADER) == is_leader)
        ]

    def _read_contacts(self, area: str | None) -> dict[tuple[str | None, str], list[Person]]:
        """The contacts of an area and those of none, by area and role; of all areas for None."""
        query = select(Contact).order_by(col(Contact.id))
        if area is not None:
            query = query.where(or_(Contact.area_code == area, col(Contact.area_code).is_(None)))
        found: dict[tuple[str | None, str], list[Person]] = {}
        for row in self._session.exec(query):
            found.setdefault((row.area_code, row.role), []).append(
                Person(row.name, row.email, row.role, telephone=row.telephone)
            )
        return found

    def _read_teams(self, area: str | None) -> dict[tuple[int | None, str], list[tuple[str, Inspector]]]:
        """Published teams of an area, by plan and activity; of all areas for None."""
        query = (
            select(TeamPlace.plan_version, TeamPlace.activity_code, TeamPlace.skill, Inspector)
            .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
            .where(col(TeamPlace.plan_version).in_(select(Activity.plan_version).distinct()))
            .order_by(col(TeamPlace.id))
        )
        if area is not None:
            codes = select(Activity.code).where(Activity.area_code == area)
            query = query.where(col(TeamPlace.activity_code).in_(codes))
        found: dict[tuple[int | None, str], list[tuple[str, Inspector]]] = {}
        for version, code, skill, person in self._session.exec(query):
            found.setdefault((version, code), []).append((skill, person))
        return found


def _officer(partner: Partner, role: str = "partner") -> Person:
    """The chief officer of a partner, through whom it is spoken to."""
    return Person(partner.chief_officer, partner.email, role, telephone=partner.telephone)
