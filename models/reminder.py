"""Reminders (intents), deliveries (attempts) and what people were told: rows, so that nothing is sent twice or lost."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class Reminder(SQLModel, table=True):
    """One intended word to one person about one step.

    `rule` is before, on_the_day or overdue; `occurrence` counts within it (20 for '20 working days before';
    of evidence that is asked for, it also says at which step of the framework).
    `state` is planned, superseded (the due date changed, or the step is done), skipped (a later one took
    its place, or somebody else holds the role), or included (in the delivery `delivery_id`). `role` is the one that
    is meant: where somebody else comes to hold it before the word has gone out, it goes to them.
    """

    __table_args__ = (
        UniqueConstraint(
            "activity_id",
            "step_id",
            "rule",
            "occurrence",
            "due_on",
            "channel",
            "recipient",
            name="uq_reminder_once",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step_id: int = Field(foreign_key="step.id", index=True)
    rule: str
    occurrence: int
    due_on: date
    remind_on: date = Field(index=True)
    channel: str = "mail"
    recipient: str
    role: str
    escalation: int = 0
    state: str = Field(default="planned", index=True)
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)


class Announcement(SQLModel, table=True):
    """What one person was told of one activity in a message: its dates, a change of them, their place in it.

    `occasion` says which; `role` is the one they hold, `plan_version` the plan of the dates, `notice` how often its
    notice had been withdrawn before. `days` (JSON) are the first and last day of each step, as they were told; null of
    one that takes place no more. The latest rows of a person tell what is news to them. Those
    of a message that did not arrive are deleted with it.
    """

    __table_args__ = (UniqueConstraint("activity_id", "recipient", "occasion", "delivery_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    recipient: str
    role: str
    occasion: str
    told_on: date
    plan_version: int | None = Field(default=None, foreign_key="planversion.version")
    days: str = Field(sa_column=Column(Text, nullable=False))
    notice: int = 0
    delivery_id: int = Field(foreign_key="delivery.id", index=True)


class Delivery(SQLModel, table=True):
    """One message to one recipient; a digest carries many reminders.

    `occasions` names what it is about, separated by spaces; `calendar` holds its dates as iCalendar, if it has any.
    `state` is waiting, claimed (committed before sending), sent, refused (a definite no) or deferred (not now),
    which are both tried again from `next_at` on, failed (given up), bounced (it came back) or unresolved (nobody
    knows whether it arrived: a person decides). `attempts` counts what was refused or sent, `deferrals` what was
    put off. `claimed_by` names the transport, the machine and the process that has it in hand.
    """

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    as_of: date
    channel: str
    recipient: str
    subject: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    occasions: str = ""
    calendar: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    state: str = Field(default="waiting", index=True)
    attempts: int = 0
    deferrals: int = 0
    next_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    claimed_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    claimed_by: str = ""
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    error: str = ""
