"""The development of an inspection: tasks that are done, trials of its method, and what they taught."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class DevelopmentDone(SQLModel, table=True):
    """A task of a development that is done: on which day, who said so and when (R170-R173)."""

    development: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    done_on: date
    said_by: str
    said_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class DevelopmentTrial(SQLModel, table=True):
    """A trial of the method: where, and from which day on (R125)."""

    id: int | None = Field(default=None, primary_key=True)
    development: str = Field(index=True)
    place: str
    began_on: date


class TrialLesson(SQLModel, table=True):
    """What a trial taught; `verdict` is open, taken or not_taken, `why` says why it is so (R125)."""

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="developmenttrial.id", index=True)
    lesson: str = Field(sa_column=Column(Text, nullable=False))
    verdict: str = "open"
    why: str = Field(default="", sa_column=Column(Text, nullable=False))
    decided_on: date | None = None
