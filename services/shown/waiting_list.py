"""What waits for whom: the required actions of the programme with the people whose turn it is, filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from models import Activity, ConsultedGroup, Contact, Inspector, Recommendation, SchoolSurvey
from services.casework.actions import RequiredAction, required_actions
from services.casework.cases import published_cases
from services.casework.contacts import Contacts, Person
from services.casework.steps import LIVING
from services.naming.named import Named, find_named
from services.programme import rules_of
from services.rating.duties import rating_duties
from services.shown.areas_to_judge import year_duties


@dataclass(frozen=True)
class Waiting:
    """A required action and the people who hold its role, or stand in for it."""

    action: RequiredAction
    people: tuple[Person, ...]


def waiting(session: Session, as_of: date, area_code: str | None = None) -> list[Waiting]:
    """Everything that waits for somebody on a day, of all areas or one: late first, then by day and area."""
    contacts = Contacts(session, rules_of(session))
    found = []
    followed = select(Recommendation.activity_id).where(col(Recommendation.withdrawn_on).is_(None))
    consulted = (select(ConsultedGroup.activity_id), select(SchoolSurvey.activity_id))
    is_open = [col(Activity.id).in_(numbers) for numbers in (followed, *consulted)]
    is_followed = or_(col(Activity.state).in_(LIVING), *is_open)
    for case in published_cases(session, area_code, is_followed):
        required = required_actions(case, as_of)
        roles = {action.role for action in required}
        people = {role: tuple(contacts.holders(case.activity, role)) for role in roles}
        found += [Waiting(action, people[action.role]) for action in required]
    found += [Waiting(action, held_by) for action, held_by in rating_duties(session, as_of, area_code)]
    found += [Waiting(action, holders) for action, holders in year_duties(session, as_of, area_code)]
    return sorted(found, key=lambda item: (not item.action.is_late, item.action.due, item.action.area))


def roles_in(found: Iterable[Waiting]) -> list[tuple[str, str]]:
    """The roles for which something waits, by their names."""
    roles = {item.action.role: item.action.role_name for item in found}
    return sorted(roles.items(), key=lambda role: role[1].casefold())


def find_role(session: Session, found: Iterable[Waiting], text: str) -> str:
    """The role of a key or a name in words; NotFound with those that are similar."""
    frameworks = rules_of(session).frameworks.values()
    names = {role: name for framework in frameworks for role, name in framework.roles.items()}
    known = [Named(role, name) for role, name in sorted((names | dict(roles_in(found))).items())]
    otherwise = f"Use one of: {', '.join(role.code for role in known)}."
    return find_named("role", text, known, otherwise).code


def of_role(session: Session, found: list[Waiting], text: str) -> list[Waiting]:
    """What waits for a role, as `find_role` finds it."""
    role = find_role(session, found, text)
    return [item for item in found if item.action.role == role]


def of_person(session: Session, found: list[Waiting], text: str) -> list[Waiting]:
    """What waits for a person, by name or mail address; NotFound with those that are similar."""
    people = {row.email.casefold(): row.name for row in session.exec(select(Contact)) if row.email}
    people |= {row.email.casefold(): row.name for row in session.exec(select(Inspector)) if row.email}
    known = [Named(email, name) for email, name in sorted(people.items())]
    otherwise = "Use a name or an address of contacts.csv or inspectors.csv."
    email = find_named("person", text, known, otherwise).code
    return [item for item in found if email in {person.email.casefold() for person in item.people}]
