"""The report of a review: its texts, the versions that others got, comments on it, and reports on single services."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class ReportText(SQLModel, table=True):
    """An edition of a part of a report (a section, or one of its aspects); the highest one holds, earlier ones stay."""

    __table_args__ = (UniqueConstraint("activity_id", "part", "edition"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    part: str
    edition: int
    text: str = Field(sa_column=Column(Text, nullable=False))
    written_by: str
    written_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    written_on: date


class ReportVersion(SQLModel, table=True):
    """A report as it was when a step was signed off; the newest of a step holds, while that is done.

    `document` has its texts, findings and grades as JSON.
    """

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step_id: str
    document: str = Field(sa_column=Column(Text, nullable=False))
    kept_by: str
    kept_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    kept_on: date


class ReportComment(SQLModel, table=True):
    """A comment of an organisation on the draft (R066); `number` counts within the activity.

    `part` is the part of the report that it is about, empty for the whole. `state` is open, accepted or refused; `why`
    says what follows, or why not.
    """

    __table_args__ = (UniqueConstraint("activity_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    number: int
    organisation: str
    part: str = ""
    text: str = Field(sa_column=Column(Text, nullable=False))
    received_on: date
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    state: str = "open"
    why: str = ""
    answered_by: str = ""
    answered_on: date | None = None


class LinkedReport(SQLModel, table=True):
    """A report of its own on one service (R086): what it is called, where it is, and its findings in short."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    service: str
    title: str
    link: str = ""
    summary: str = Field(default="", sa_column=Column(Text, nullable=False))
    linked_by: str
    linked_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    withdrawn_on: date | None = None
