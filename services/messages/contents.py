"""What there is to say to one person: news of activities, and reminders with what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models import Activity, Reminder, Step
from services.casework.announcements import News
from services.casework.contacts import Person
from services.casework.evidence.reminding import ASKED, SERVED, is_about_evidence
from services.casework.follow_up.reminding import LIST, is_about_follow_up
from services.casework.reminders import DONE, UNDONE

SINGLE_WORDS = (DONE, UNDONE, ASKED, SERVED)
"""Rules of reminders about something that happened; they are never overtaken by a later one."""


@dataclass(frozen=True)
class Due:
    """A reminder with what it is about."""

    reminder: Reminder
    step: Step
    activity: Activity


@dataclass
class Content:
    """What there is to say to one person, by occasion."""

    person: Person
    news: list[News] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)


def about(reminder: Reminder) -> tuple[object, ...]:
    """What a reminder speaks of: a step, the evidence that it waits for until a day, or actions that are due then.

    A single word stands alone.
    """
    if is_about_follow_up(reminder):
        return (reminder.activity_id, reminder.rule == LIST, reminder.due_on)
    alone = reminder.rule if reminder.rule in SINGLE_WORDS else ""
    return (reminder.step_id, alone, reminder.due_on if is_about_evidence(reminder) else None)


def latest_of(due: Iterable[Due]) -> list[Due]:
    """Of the reminders that speak of the same the latest one, in their order."""
    ordered = sorted(due, key=lambda due: (due.reminder.remind_on, due.reminder.id or 0))
    return list({about(due.reminder): due for due in ordered}.values())
