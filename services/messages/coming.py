"""Reminders to come: what will be said to whom on which day if nothing is done or moved before."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Activity, Area, Step
from reports.words import plural
from services.casework.announcement import is_announced
from services.casework.contacts import Contacts, Person
from services.casework.reminders import Moment, moments, roles_reminded, says_that_it_begins
from services.casework.step_turns import horizon
from services.casework.steps import FINISHED, LIVING
from services.programme import rules_of

LOOK_AHEAD = timedelta(weeks=4)
"""How far ahead reminders are foretold; much can move until then."""


@dataclass(frozen=True)
class ComingReminder:
    """One reminder: `remind_on` is the day on which it goes out, `due_on` the one that it speaks of.

    `people` are the names of those who would get it as things are.
    """

    remind_on: date
    due_on: date
    area_code: str
    area: str
    activity: str
    step: str
    rule: str
    people: tuple[str, ...]


def coming_reminders(
    session: Session, as_of: date, area_code: str | None = None, to_authority: bool = False
) -> tuple[ComingReminder, ...]:
    """Every reminder from tomorrow on for four weeks, of all areas or one, by day and area (R064).

    `to_authority`: only those to the authority's side, and nothing of what is not announced (R068).
    """
    rules, until = rules_of(session), as_of + LOOK_AHEAD
    contacts = Contacts(session, rules)
    contacts.read_notices()
    query = (
        select(Step, Activity, Area)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(col(Activity.state).in_(LIVING), col(Activity.precision).is_not(None))
        .where(col(Step.state).not_in(FINISHED))
        .where(func.coalesce(Step.start_on, Step.due_on) <= horizon(rules.policy.reminders, until))
    )
    if area_code is not None:
        query = query.where(Activity.area_code == area_code)
    found, ladders = [], _Ladders(contacts)
    for step, activity, area in session.exec(query):
        if to_authority and not is_announced(session, activity, rules.of(activity)):
            continue
        for moment in moments(step, rules.policy.reminders, until):
            if moment.remind_on <= as_of:
                continue
            people = _people(ladders, activity, step, moment, to_authority)
            if people:
                name = rules.of(activity).name
                found.append(
                    ComingReminder(
                        moment.remind_on,
                        moment.due_on,
                        area.code,
                        area.name,
                        name,
                        step.name,
                        _rule(step, moment),
                        people,
                    )
                )
    return tuple(sorted(found, key=lambda line: (line.remind_on, line.area, line.step)))


class _Ladders:
    """Who holds a role, and the roles above it: looked up once, though an activity has many steps and moments."""

    def __init__(self, contacts: Contacts) -> None:
        self.contacts = contacts
        self._known: dict[tuple[int | None, str], list[tuple[int, Person]]] = {}

    def of(self, activity: Activity, role: str, level: int) -> list[Person]:
        key = activity.id, role
        if key not in self._known:
            self._known[key] = self.contacts.ladder(activity, role)
        return [person for height, person in self._known[key] if height <= level]


def _people(
    ladders: _Ladders, activity: Activity, step: Step, moment: Moment, to_authority: bool
) -> tuple[str, ...]:
    """Those who may hear of it, as far up as the moment goes; only those of the authority's side if `to_authority`."""
    roles = [
        role
        for role in roles_reminded(step, moment)
        if ladders.contacts.may_hear(activity, role, moment.remind_on)
    ]
    people = [person for role in roles for person in ladders.of(activity, role, moment.level)]
    if to_authority:
        people = [person for person in people if not ladders.contacts.is_inside(activity, person.role)]
    return tuple({person.mailbox: person.name for person in people}.values())


def _rule(step: Step, moment: Moment) -> str:
    """Why it goes out on that day, in words."""
    if moment.rule == "before":
        return f"{plural(moment.occurrence, 'working day')} before"
    if moment.rule == "overdue":
        return f"If it is late by then: reminder {moment.occurrence}"
    return "It begins" if says_that_it_begins(step, moment) else "On the day"
