"""What is news to whom: the dates of an activity, a change of them, a place in its team, evidence that is asked for.

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
from models import Activity, Announcement, EvidenceRequest, Step
from services.casework.contacts import OPERATIONS, Contacts, Person
from services.casework.steps import LIVING, first_day, last_day
from services.programme import Rules

DATES, CHANGED, JOINED, LEFT, CANCELLED, NOTICE, ASKED = (
    "dates",
    "changed",
    "joined",
    "left",
    "cancelled",
    "notice",
    "evidence",
)
TEAM = ("team_leader", "inspectors")
Span = tuple[date, date]
"""First and last day of a step, both included; the same day twice for a milestone and a deadline."""


@dataclass(frozen=True)
class Facts:
    """What somebody is told: the days of steps by their id, and the due days of items of evidence by theirs."""

    steps: Mapping[str, Span] = field(default_factory=dict)
    items: Mapping[str, date] = field(default_factory=dict)

    def to_json(self) -> str:
        """For the table."""
        return json.dumps(
            {
                "steps": {step: [str(day) for day in span] for step, span in self.steps.items()},
                "items": {item: str(day) for item, day in self.items.items()},
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Facts":
        """From the table."""
        found = json.loads(text)
        return cls(
            {
                step: (date.fromisoformat(first), date.fromisoformat(last))
                for step, (first, last) in found["steps"].items()
            },
            {item: date.fromisoformat(day) for item, day in found["items"].items()},
        )


@dataclass(frozen=True)
class News:
    """What is to be said of an activity to one person.

    `facts` are what they will have been told then; `before` the days that they were told of the steps and items
    that moved; `is_new_plan` says that a plan was published since.
    """

    activity: Activity
    person: Person
    occasion: str
    facts: Facts = field(default_factory=Facts)
    before: Facts = field(default_factory=Facts)
    is_new_plan: bool = False


@dataclass
class _Known:
    """What a person was told last of an activity, all in all."""

    occasion: str
    role: str
    plan_version: int | None
    steps: dict[str, Span]
    items: dict[str, date]


def news(session: Session, rules: Rules, contacts: Contacts) -> list[News]:
    """Everything that somebody should be told and has not been, by activity."""
    query = select(Activity).where(col(Activity.precision).is_not(None), Activity.state != "done")
    told, people = _told(session), contacts.known_people()
    steps, requests = _steps(session), open_requests_by_activity(session)
    found: list[News] = []
    for activity in session.exec(query.order_by(col(Activity.code))).all():
        key = activity.id or 0
        known = told.get(key, {})
        if activity.state in LIVING:
            case = _Case(activity, rules.of(activity), steps.get(key, []), requests.get(key, []), contacts)
            found += case.news(known, people)
        else:
            found += _called_off(activity, known, people)
    return found


def open_requests_by_activity(session: Session) -> dict[int, list[EvidenceRequest]]:
    """Evidence that was asked for and has not come, by the activity it was asked for."""
    query = select(EvidenceRequest).where(col(EvidenceRequest.received_on).is_(None))
    found: dict[int, list[EvidenceRequest]] = {}
    for row in session.exec(query.order_by(col(EvidenceRequest.due_on), col(EvidenceRequest.id))):
        found.setdefault(row.activity_id, []).append(row)
    return found


def span_of(step: Step) -> Span:
    """The days of a step as people are told them."""
    return first_day(step), last_day(step)


@dataclass(frozen=True)
class _Case:
    """One activity with what may be news in it."""

    activity: Activity
    framework: Framework
    steps: list[Step]
    requests: list[EvidenceRequest]
    contacts: Contacts

    def news(self, told: Mapping[str, _Known], people: Mapping[str, Person]) -> Iterator[News]:
        concerned = self._concerned()
        for mailbox, (person, roles) in concerned.items():
            yield from self._to(person, roles, told.get(mailbox))
        for mailbox, known in told.items():
            has_left = mailbox not in concerned and known.role in TEAM and known.occasion != LEFT
            if has_left and mailbox in people:  # an address that is not known any more is a corrected one
                yield News(self.activity, _as(people[mailbox], known.role), LEFT)

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
        team = TEAM if self.framework.team is not None else ()
        return dict.fromkeys([*team, *(role for roles in of_steps for role in roles)])

    def _to(self, person: Person, roles: set[str], known: _Known | None) -> Iterator[News]:
        facts = Facts(self._spans(roles), self._items(roles))
        if known is None or known.occasion in (LEFT, CANCELLED) or _has_another_place(person, known):
            yield News(self.activity, person, self._first_word(person), facts)
            return
        moved = {step: known.steps[step] for step in self._moved(facts, known)}
        late = {
            item: known.items[item] for item, day in facts.items.items() if known.items.get(item, day) != day
        }
        if moved or late:
            is_new_plan = known.plan_version != self.activity.plan_version
            told = Facts(
                {step: facts.steps[step] for step in moved}, {item: facts.items[item] for item in late}
            )
            yield News(self.activity, person, CHANGED, told, Facts(moved, late), is_new_plan)
        asked = {item: day for item, day in facts.items.items() if item not in known.items}
        if asked:
            yield News(self.activity, person, ASKED, Facts(items=asked))

    def _first_word(self, person: Person) -> str:
        if person.role in TEAM:
            return JOINED
        return DATES if self.contacts.is_inside(self.activity, person.role) else NOTICE

    def _spans(self, roles: set[str]) -> dict[str, Span]:
        """An inspector hears of the team's weeks and of what they do or are told; everybody else of the whole."""
        team_weeks = {stage.id for stage in self.framework.stages if stage.uses_team}
        return {
            step.step_id: span_of(step)
            for step in self.steps
            if step.state != "superseded"
            and (
                roles != {"inspectors"}
                or step.step_id in team_weeks
                or "inspectors" in (*step.who.split(), *step.told.split())
            )
        }

    def _items(self, roles: set[str]) -> dict[str, date]:
        return {row.item: row.due_on for row in self.requests if row.asked_of in roles}

    def _moved(self, facts: Facts, known: _Known) -> Iterator[str]:
        done = {step.step_id for step in self.steps if step.state == "done"}
        for step, span in facts.steps.items():
            if step not in done and known.steps.get(step, span) != span:
                yield step


def _has_another_place(person: Person, known: _Known) -> bool:
    """Whether somebody leads who did not, or the reverse, or joined the team from outside."""
    return person.role in TEAM and person.role != known.role


def _called_off(
    activity: Activity, told: Mapping[str, _Known], people: Mapping[str, Person]
) -> Iterator[News]:
    for mailbox, known in told.items():
        if known.occasion not in (LEFT, CANCELLED) and mailbox in people:
            yield News(activity, _as(people[mailbox], known.role), CANCELLED, Facts(known.steps))


def _as(person: Person, role: str) -> Person:
    return Person(person.name, person.email, role, person.telephone, role)


def _steps(session: Session) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    for step in session.exec(select(Step).order_by(col(Step.activity_id), col(Step.position))):
        found.setdefault(step.activity_id, []).append(step)
    return found


def _told(session: Session) -> dict[int, dict[str, _Known]]:
    """By activity and mailbox."""
    found: dict[int, dict[str, _Known]] = {}
    for row in session.exec(select(Announcement).order_by(col(Announcement.id))):
        facts = Facts.from_json(row.facts)
        of_activity = found.setdefault(row.activity_id, {})
        earlier = of_activity.get(row.recipient)
        steps, items = (earlier.steps, earlier.items) if earlier else ({}, {})
        of_activity[row.recipient] = _Known(
            occasion=row.occasion,
            role=row.role,
            plan_version=row.plan_version,
            steps=steps | dict(facts.steps),
            items=items | dict(facts.items),
        )
    return found
