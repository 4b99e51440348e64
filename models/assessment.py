"""The assessment of every area each year: how far it is, its grades, what others give to it, the conversation."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class YearlyAssessment(SQLModel, table=True):
    """The assessment of an area in a year (R107).

    `role` is review, follow_up or agenda (R021); `state` is issued, returned, field, judged or published, with the day
    of each. `late_because` says why it was judged after the last day.
    """

    __table_args__ = (UniqueConstraint("area_code", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    year: int = Field(index=True)
    role: str
    state: str = "issued"
    issued_on: date
    returned_on: date | None = None
    field_on: date | None = None
    judged_on: date | None = None
    published_on: date | None = None
    late_because: str = ""


class AssessmentGrade(SQLModel, table=True):
    """The grade of one judgement of a yearly assessment: who gave it, when, and from which review it comes, if any."""

    assessment_id: int = Field(foreign_key="yearlyassessment.id", primary_key=True)
    judgement: str = Field(primary_key=True)
    grade: str
    said_by: str
    said_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    from_review: str = ""


class YearlyInput(SQLModel, table=True):
    """What another body gives to the assessment of an area in a year, such as a rating of health services (R176)."""

    __table_args__ = (UniqueConstraint("assessment_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="yearlyassessment.id", index=True)
    kind: str
    value: str
    source: str
    received_on: date
    recorded_by: str


class Conversation(SQLModel, table=True):
    """The yearly conversation with an authority: on which day, who took part (R114, R178), and its points."""

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="yearlyassessment.id", index=True)
    held_on: date
    people: str
    points: str = Field(sa_column=Column(Text, nullable=False))
    recorded_by: str
