"""Reminders (intents) and deliveries (attempts): a row each, so that nothing is sent twice or lost."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class Reminder(SQLModel, table=True):
    """One intended word to one person about one step.

    `rule` is before, on_the_day or overdue; `occurrence` counts within it (20 for '20 working days before').
    `state` is planned, superseded (the due date changed, or the step is done), skipped (a later one took
    its place after a silence), or included (in the delivery `delivery_id`).
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


class Delivery(SQLModel, table=True):
    """One message to one recipient; a digest carries many reminders.

    `state` is waiting, claimed (committed before sending), sent, refused (a definite no, retried up to a
    limit), failed (given up) or unresolved (the sender died between claim and word: a person decides).
    """

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    as_of: date
    channel: str
    recipient: str
    subject: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    state: str = Field(default="waiting", index=True)
    attempts: int = 0
    claimed_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    claimed_by: str = ""
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    error: str = ""
