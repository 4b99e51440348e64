"""What a review consults: groups, a survey of schools, a neighbourhood; concerns and feedback; never a child's name."""

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class ConsultedGroup(SQLModel, table=True):
    """A local group that a review consults, by its code in the framework, and on which grounds (R129, R179)."""

    __table_args__ = (UniqueConstraint("activity_id", "group_code"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    group_code: str
    grounds: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class GroupConsultation(SQLModel, table=True):
    """That a group of an area was consulted on a day, by whatever is named as `occasion` (R121)."""

    __table_args__ = (UniqueConstraint("area_code", "group_code", "held_on", "consultation"),)

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    group_code: str
    held_on: date
    consultation: str
    is_statutory: bool = False
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class SchoolSurvey(SQLModel, table=True):
    """The survey of schools and colleges of a review: counts only (R074). `why_fewer` says why fewer will do."""

    activity_id: int = Field(foreign_key="activity.id", primary_key=True)
    num_chosen: int
    why_chosen: str
    sent_on: date
    num_returned: int = 0
    returned_on: date | None = None
    why_fewer: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class NeighbourhoodStudy(SQLModel, table=True):
    """A study of an estate, ward or district, chosen on grounds; the days on which its three parts were done (R075)."""

    activity_id: int = Field(foreign_key="activity.id", primary_key=True)
    place: str
    grounds: str
    context_on: date | None = None
    visits_on: date | None = None
    discussions_on: date | None = None
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class RaisedConcern(SQLModel, table=True):
    """A concern that a child raised: when, by when it is to be answered or referred; never whose it is (R184)."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    raised_on: date
    due_on: date
    closed_on: date | None = None
    referred_to: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class ConsultationFeedback(SQLModel, table=True):
    """What came of a consultation was fed back: to whom, how and when (R088, R191)."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    whom: str
    how: str
    given_on: date
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
