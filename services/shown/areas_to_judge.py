"""Who has to judge which area in a year: from the first day of field exercises until it is judged (R109, R115)."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from config.framework import role_in_words
from config.yearly_rules import YearlyRules
from models import Area, Contact, YearlyAssessment
from services.casework.actions import RequiredAction
from services.casework.contacts import OPERATIONS, Person
from services.casework.step_turns import Action
from services.programme import Rules, rules_of
from services.years.roles import days_of
from services.years.steps import FIELD, JUDGED, PUBLISHED

Duty = tuple[RequiredAction, tuple[Person, ...]]
"""What is to be done, and who holds the role, else operations."""


def year_duties(session: Session, as_of: date, area_code: str | None = None) -> list[Duty]:
    """The areas that are to be judged on a day, all of them or one."""
    rules = rules_of(session)
    yearly = rules.policy.yearly
    if yearly is None:
        return []
    query = (
        select(YearlyAssessment, Area)
        .join(Area, col(Area.code) == col(YearlyAssessment.area_code))
        .where(col(YearlyAssessment.state).not_in((JUDGED, PUBLISHED)))
        .order_by(col(YearlyAssessment.year), col(Area.name))
    )
    if area_code is not None:
        query = query.where(YearlyAssessment.area_code == area_code)
    people, name = _people(session, yearly), _role_name(rules, yearly.judging_role)
    return [
        (_duty(row, area, yearly, name, as_of), people.get(area.code) or people[""])
        for row, area in session.exec(query)
        if days_of(row.year, yearly).field_first <= as_of
    ]


def _duty(
    row: YearlyAssessment, area: Area, rules: YearlyRules, role_name: str, as_of: date
) -> RequiredAction:
    days = days_of(row.year, rules)
    is_late = as_of > days.judged_by
    return RequiredAction(
        area_code=area.code,
        area=area.name,
        activity="",
        step="",
        step_name=rules.title(row.year),
        action=Action.ASSESS,
        what="",
        role=rules.judging_role,
        role_name=role_name,
        since=days.field_first,
        due=days.judged_by,
        is_late=is_late,
        is_ahead=row.state != FIELD and not is_late,
        number=row.id or 0,
    )


def _people(session: Session, rules: YearlyRules) -> dict[str, tuple[Person, ...]]:
    """Who judges, by area; blank for those of every area, and of operations where nobody holds the role."""
    found: dict[str, list[Person]] = defaultdict(list)
    rows = session.exec(
        select(Contact)
        .where(col(Contact.role).in_((rules.judging_role, OPERATIONS)))
        .order_by(col(Contact.id))
    ).all()
    for row in rows:
        if row.role == rules.judging_role:
            person = Person(row.name, row.email, row.role, rules.judging_role, row.telephone)
            found[row.area_code or ""].append(person)
    if not found[""]:
        found[""] = [
            Person(row.name, row.email, row.role, rules.judging_role, row.telephone)
            for row in rows
            if row.role == OPERATIONS and row.area_code is None
        ]
    return {code: tuple(people) for code, people in found.items()}


def _role_name(rules: Rules, role: str) -> str:
    known = (framework.roles.get(role) for framework in rules.frameworks.values())
    return next(filter(None, known), None) or role_in_words(role)
