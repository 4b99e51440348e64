"""How an authority prepares for an inspection: its group, in a space of its own (R166-R169, R193).

No row of these is for the inspectorate's side. `area_code` is no foreign key: the space outlives what an import takes
away.
"""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class PreparationGroup(SQLModel, table=True):
    """The group of an area: for which inspection it prepares, to whom it reports, and its first meeting (R166)."""

    area_code: str = Field(primary_key=True)
    framework_id: str
    reports_to: str
    started_on: date


class PreparationMember(SQLModel, table=True):
    """Somebody whom an organisation of the area has nominated; one of them is in the chair (R166, R193)."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(index=True)
    name: str
    nominated_by: str
    position: str
    email: str
    is_chair: bool = False


class PreparationLead(SQLModel, table=True):
    """Which member leads on one of the five subjects (R168)."""

    area_code: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="preparationmember.id", index=True)


class PreparationMeeting(SQLModel, table=True):
    """A meeting that was held: its day, and what was decided."""

    area_code: str = Field(primary_key=True)
    held_on: date = Field(primary_key=True)
    decided: str = Field(sa_column=Column(Text, nullable=False))


class MockInspection(SQLModel, table=True):
    """An inspection that the authority made of itself: when, by whom, and what was found (R193)."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(index=True)
    held_on: date
    made_by: str
    found: str = Field(sa_column=Column(Text, nullable=False))


class PreparationTask(SQLModel, table=True):
    """Something that a member does by a day; with `mock_id` it is part of the action plan of a mock inspection."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(index=True)
    name: str = Field(sa_column=Column(Text, nullable=False))
    owner_id: int = Field(foreign_key="preparationmember.id", index=True)
    due_on: date
    done_on: date | None = None
    mock_id: int | None = Field(default=None, foreign_key="mockinspection.id", index=True)


class SelfEvaluation(SQLModel, table=True):
    """What the group says of itself under one judgement: descriptor, own grade, evidence and action (R131, R167)."""

    area_code: str = Field(primary_key=True)
    judgement: str = Field(primary_key=True)
    descriptor: str = Field(sa_column=Column(Text, nullable=False))
    grade: str
    evidence_held: str = Field(sa_column=Column(Text, nullable=False))
    action_needed: str = Field(sa_column=Column(Text, nullable=False))
    said_on: date


class PreparationEntry(SQLModel, table=True):
    """Who changed what in the space of a group: a log of its own, as the inspectorate reads the other one."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(index=True)
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    who: str
    action: str
    about: str = Field(sa_column=Column(Text, nullable=False))
    before: str | None = Field(default=None, sa_column=Column(Text))
    after: str | None = Field(default=None, sa_column=Column(Text))
