"""What a use case would change: it is run in a transaction that is rolled back, and the differences are collected."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from sqlmodel import Session, col, select

from models import Activity, Area, Contact, Inspector, Reminder, Step
from services.casework.announcements import news
from services.casework.contacts import Contacts
from services.casework.steps import first_day
from services.programme import rules_of

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class MovedDate:
    """A step that would be on another day: its first day (a stage) or its due day."""

    area_code: str
    area: str
    activity: str
    step: str
    name: str
    before: date
    after: date

    @property
    def place(self) -> str:
        """The area's name with its code."""
        return f"{self.area} ({self.area_code})"


WORDS_OF_RULES = {
    "done": "it is done",
    "undone": "it is not done after all",
    "evidence_asked": "evidence is asked for",
    "evidence_served": "evidence was asked for already",
    "notice": "notice with all dates",
    "changed": "dates changed",
    "dates": "first dates",
    "joined": "joined the team",
    "left": "left the team",
    "cancelled": "it is called off",
}
"""What people are told, by the rule of a reminder or the occasion."""


@dataclass(frozen=True)
class Told:
    """Someone who would get a word; `rule` says which: done or undone of a step, else an occasion, with no step."""

    name: str
    address: str
    role: str
    rule: str
    activity: str
    step: str

    @property
    def words(self) -> str:
        """What they are told."""
        return WORDS_OF_RULES.get(self.rule, self.rule)


@dataclass(frozen=True)
class Raised:
    """An activity whose dates would be more precise."""

    activity: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Preview:
    """What would be different.

    Attributes
    ----------
    new
        Number of steps that would get their first date.
    withdrawn
        Number of unsent reminders that would be taken back.
    """

    moved: tuple[MovedDate, ...] = ()
    new: int = 0
    told: tuple[Told, ...] = ()
    withdrawn: int = 0
    raised: tuple[Raised, ...] = ()


def preview(session: Session, change: Callable[[Session], Answer]) -> tuple[Answer, Preview]:
    """Run a use case, see what is different, and take everything back; its answer, and the differences.

    Whatever the use case refuses is refused here too, with the same words.
    """
    before = _seen(session)
    answer = change(session)
    session.flush()
    session.expire_all()
    found = _differences(session, before, _seen(session))
    session.rollback()
    return answer, found


class _Seen(NamedTuple):
    """Days of steps by their number, states of reminders by theirs, precision by activity, and what is news to whom."""

    days: Mapping[int, date]
    reminders: Mapping[int, str]
    precision: Mapping[str, str | None]
    news: Mapping[tuple[str, str, str], Told]


def _seen(session: Session) -> _Seen:
    return _Seen(
        {
            step.id or 0: first_day(step)
            for step in session.exec(select(Step).where(Step.state != "superseded"))
        },
        {row.id or 0: row.state for row in session.exec(select(Reminder))},
        dict(session.exec(select(Activity.code, Activity.precision)).all()),
        dict(_news(session)),
    )


def _news(session: Session) -> Iterator[tuple[tuple[str, str, str], Told]]:
    """What people have not been told yet, by activity, mailbox and occasion."""
    rules = rules_of(session)
    for item in news(session, rules, Contacts(session, rules)):
        person, code = item.person, item.activity.code
        told = Told(person.name, person.email, person.role, item.occasion, code, "")
        yield (code, person.mailbox, item.occasion), told


def _differences(session: Session, before: _Seen, after: _Seen) -> Preview:
    waiting = {number for number, state in after.reminders.items() if state == "planned"}
    waited = {number for number, state in before.reminders.items() if state == "planned"}
    return Preview(
        moved=_moved(session, before.days, after.days),
        new=len(after.days.keys() - before.days.keys()),
        told=(
            *(told for key, told in after.news.items() if key not in before.news),
            *_told(session, waiting - waited),
        ),
        withdrawn=len(waited - waiting),
        raised=tuple(
            Raised(code, before.precision.get(code), level)
            for code, level in after.precision.items()
            if level is not None and level != before.precision.get(code)
        ),
    )


def _moved(session: Session, before: Mapping[int, date], after: Mapping[int, date]) -> tuple[MovedDate, ...]:
    query = (
        select(Step, Activity, Area)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .order_by(col(Area.name), col(Activity.code), col(Step.position))
    )
    return tuple(
        MovedDate(
            area_code=area.code,
            area=area.name,
            activity=activity.code,
            step=step.step_id,
            name=step.name,
            before=before[number],
            after=after[number],
        )
        for step, activity, area in session.exec(query)
        if (number := step.id or 0) in before and number in after and before[number] != after[number]
    )


def _told(session: Session, numbers: set[int]) -> tuple[Told, ...]:
    people = {row.email: row.name for row in session.exec(select(Contact))}
    people |= {row.email: row.name for row in session.exec(select(Inspector))}
    query = (
        select(Reminder, Step, Activity)
        .join(Step, col(Step.id) == col(Reminder.step_id))
        .join(Activity, col(Activity.id) == col(Reminder.activity_id))
        .order_by(col(Activity.code), col(Step.position), col(Reminder.recipient))
    )
    return tuple(
        Told(
            name=people.get(reminder.recipient, ""),
            address=reminder.recipient,
            role=reminder.role,
            rule=reminder.rule,
            activity=activity.code,
            step=step.step_id,
        )
        for reminder, step, activity in session.exec(query)
        if reminder.id in numbers
    )
