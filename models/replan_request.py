"""Replans that somebody asked for, how far they are, and what they answered."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class ReplanRequest(SQLModel, table=True):
    """A replan of a plan after an event, which is kept as JSON; `event_id` is its number where it is recorded.

    `state` is waiting, done, nothing (no plan keeps the rules, or none was found), refused or failed. `report` is what
    was answered, as JSON; `message` says why there is no answer. `again`: the event was replanned before.
    """

    id: int | None = Field(default=None, primary_key=True)
    plan_version: int = Field(foreign_key="planversion.version", index=True)
    event_id: int | None = Field(default=None, foreign_key="criticalevent.id", index=True)
    event: str = Field(sa_column=Column(Text, nullable=False))
    again: bool = False
    seconds: float
    state: str = "waiting"
    message: str = Field(default="", sa_column=Column(Text, nullable=False, default=""))
    report: str = Field(default="", sa_column=Column(Text, nullable=False, default=""))
    asked_by: str
    asked_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
