"""What is news to whom: the dates of an activity, a change of them, a place in its team, a notice and its end.

Nothing is noted when dates change. What people were told is kept with the messages that reached them (`Announcement`),
and compared with what is so today: whoever is concerned is told once, and only they; what moved twice between two
messages is told once, and what moved back is not told at all.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Announcement, Step
from services.casework.contacts import OPERATIONS, Contacts, Person
from services.casework.steps import FINISHED, LIVING, first_day, last_day
from services.casework.team_history import concerns_members
from services.programme import Rules, rules_of

DATES, CHANGED, JOINED, LEFT, CANCELLED, NOTICE, WITHDRAWN = (
    "dates",
    "changed",
    "joined",
    "left",
    "cancelled",
    "notice",
    "withdrawn",
)
OVER = (LEFT, CANCELLED, WITHDRAWN)
"""Occasions after which an activity is none of a person's: they need not keep its days any more."""

FIRST_WORDS = (DATES, JOINED, NOTICE)
"""Occasions on which a person is told the whole of what concerns them."""

Span = tuple[date, date]
"""First and last day of a step, both included; the same day twice for a milestone and a deadline."""

Days = Mapping[str, Span | None]
"""The days of steps by their id, as somebody is told them; None of a step that takes place no more."""


def days_to_json(days: Days) -> str:
    """For the table."""
    return json.dumps({step: span and [str(day) for day in span] for step, span in days.items()})


def days_from_json(text: str) -> Days:
    """From the table."""
    return {
        step: None if span is None else (date.fromisoformat(span[0]), date.fromisoformat(span[1]))
        for step, span in json.loads(text).items()
    }


@dataclass(frozen=True)
class News:
    """What is to be said of an activity to one person.

    `days` are what they will have been told then; `before` the days that they were told of the steps that moved, None
    of one that is new to them; `is_new_plan` says that a plan was published since. `notice` counts how often notice of
    it was withdrawn; `is_anew` marks a notice that takes the place of another.
    """

    activity: Activity
    person: Person
    occasion: str
    days: Days = field(default_factory=dict)
    before: Days = field(default_factory=dict)
    is_new_plan: bool = False
    notice: int = 0
    is_anew: bool = False


@dataclass
class _Known:
    """What a person was told last of an activity, all in all."""

    occasion: str
    role: str
    plan_version: int | None
    days: dict[str, Span | None]
    notice: int

    @property
    def kept(self) -> Days:
        """The days that they keep."""
        return {step: span for step, span in self.days.items() if span is not None}


def news(session: Session, rules: Rules, contacts: Contacts) -> list[News]:
    """Everything that somebody should be told and has not been, by activity."""
    query = select(Activity).where(col(Activity.precision).is_not(None), Activity.state != "done")
    contacts.read_notices()
    told, people = _told(session), contacts.known_people()
    steps = _steps(session)
    found: list[News] = []
    for activity in session.exec(query.order_by(col(Activity.code))).all():
        key = activity.id or 0
        known = told.get(key, {})
        if activity.state in LIVING:
            case = _Case(activity, rules.of(activity), steps.get(key, []), contacts)
            found += case.news(known, people)
        else:
            found += _called_off(activity, known, people)
    return found


def told_of_cancelling(session: Session, activity: Activity) -> int:
    """How many people are to hear that an activity was called off: those who were told of its dates."""
    rules = rules_of(session)
    told = _told(session).get(activity.id or 0, {})
    return len(list(_called_off(activity, told, Contacts(session, rules).known_people())))


def span_of(step: Step) -> Span:
    """The days of a step as people are told them."""
    return first_day(step), last_day(step)


@dataclass(frozen=True)
class _Case:
    """One activity with what may be news in it."""

    activity: Activity
    framework: Framework
    steps: list[Step]
    contacts: Contacts

    def news(self, told: Mapping[str, _Known], people: Mapping[str, Person]) -> Iterator[News]:
        concerned = self._concerned()
        for mailbox, (person, roles) in concerned.items():
            yield from self._to(person, roles, told.get(mailbox))
        for mailbox, known in told.items():
            is_off = mailbox not in concerned and known.occasion not in OVER
            if is_off and mailbox in people:  # an address that is not known any more is a corrected one
                yield from self._off(_as(people[mailbox], known.role), known)

    def _off(self, person: Person, known: _Known) -> Iterator[News]:
        """To somebody whom the activity concerned: they left its team, or its notice does not hold any more."""
        if self._is_of_team(person.role):
            yield News(self.activity, person, LEFT, known.kept, notice=self._notice)
        elif not self.contacts.may_hear(self.activity, person.role):
            yield News(self.activity, person, WITHDRAWN, known.kept, notice=self._notice)

    @property
    def _notice(self) -> int:
        """How often it was withdrawn that the authority's side may hear of the activity."""
        opening = (step for step in self.steps if self.framework.opens_to_authority(step.step_id))
        return sum(step.times_withdrawn for step in opening)

    def _concerned(self) -> dict[str, tuple[Person, set[str]]]:
        """Whom the activity concerns today, each once, with the roles they act in or are told of something."""
        found: dict[str, tuple[Person, set[str]]] = {}
        for role in self._roles():
            if not self.contacts.may_hear(self.activity, role):
                continue
            for person in self.contacts.holders(self.activity, role):
                if person.role != OPERATIONS:  # who only hears because nobody else does is not concerned
                    found.setdefault(person.mailbox, (person, set()))[1].add(role)
        return found

    def _roles(self) -> Iterable[str]:
        of_steps = [f"{step.who} {step.told} {step.copied} {step.sign_off}".split() for step in self.steps]
        return dict.fromkeys([*self.framework.team_roles, *(role for roles in of_steps for role in roles)])

    def _to(self, person: Person, roles: set[str], known: _Known | None) -> Iterator[News]:
        days = self._days(roles)
        if known is None or known.occasion in OVER or self._has_another_place(person, known):
            is_anew = known is not None and known.occasion == WITHDRAWN
            yield News(
                self.activity,
                person,
                self._first_word(person),
                days,
                notice=self._notice,
                is_anew=is_anew,
            )
            return
        before = {step: known.days.get(step) for step in self._moved(days, known)}
        if before and self._first_word(person) == NOTICE and known.notice != self._notice:
            yield News(self.activity, person, NOTICE, days, notice=self._notice, is_anew=True)
        elif before:
            planned = {stage.id for stage in self.framework.stages}
            is_new_plan = known.plan_version != self.activity.plan_version and not planned.isdisjoint(before)
            now = {step: days.get(step) for step in before}
            yield News(self.activity, person, CHANGED, now, before, is_new_plan, self._notice)

    def _is_of_team(self, role: str) -> bool:
        return role in self.framework.team_roles

    def _has_another_place(self, person: Person, known: _Known) -> bool:
        """Whether somebody leads who did not, or the reverse, or joined the team from outside."""
        return self._is_of_team(person.role) and person.role != known.role

    def _first_word(self, person: Person) -> str:
        if self._is_of_team(person.role):
            return JOINED
        return DATES if self.contacts.is_inside(self.activity, person.role) else NOTICE

    def _days(self, roles: set[str]) -> Days:
        """A member of the team hears of its weeks and of what they do or are told; everybody else of the whole."""
        hears_all = not roles <= set(self.framework.team_roles[1:])
        return {
            step.step_id: span_of(step)
            for step in self.steps
            if step.state != "superseded" and (hears_all or self._concerns_members(step))
        }

    def _concerns_members(self, step: Step) -> bool:
        return concerns_members(self.framework, step.step_id, (*step.who.split(), *step.told.split()))

    def _moved(self, days: Days, known: _Known) -> Iterator[str]:
        """Steps that have other days than a person knows, that are new to them, or that take place no more."""
        finished = {step.step_id for step in self.steps if step.state in FINISHED}
        for step, span in days.items():
            if step not in finished and known.days.get(step) != span:
                yield step
        gone = (row for row in self.steps if row.state == "superseded" and row.actual_on is None)
        yield from (row.step_id for row in gone if row.step_id in known.kept)


def _called_off(
    activity: Activity, told: Mapping[str, _Known], people: Mapping[str, Person]
) -> Iterator[News]:
    for mailbox, known in told.items():
        if known.occasion not in OVER and mailbox in people:
            yield News(activity, _as(people[mailbox], known.role), CANCELLED, known.kept)


def _as(person: Person, role: str) -> Person:
    return Person(person.name, person.email, role, role, person.telephone)


def _steps(session: Session) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    for step in session.exec(select(Step).order_by(col(Step.activity_id), col(Step.position))):
        found.setdefault(step.activity_id, []).append(step)
    return found


def _told(session: Session) -> dict[int, dict[str, _Known]]:
    """By activity and mailbox."""
    found: dict[int, dict[str, _Known]] = {}
    for row in session.exec(select(Announcement).order_by(col(Announcement.id))):
        of_activity = found.setdefault(row.activity_id, {})
        earlier = of_activity.get(row.recipient) if row.occasion not in FIRST_WORDS else None
        of_activity[row.recipient] = _Known(
            occasion=row.occasion,
            role=row.role,
            plan_version=row.plan_version,
            days=(earlier.days if earlier else {}) | dict(days_from_json(row.days)),
            notice=row.notice,
        )
    return found
