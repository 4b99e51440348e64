"""What was judged of activities."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class ActivityGrade(SQLModel, table=True):
    """The grade of one judgement of an activity: on which day it was decided, who said so, and when.

    Who does not hold the role that judges it says so `on_behalf_of` it, or of a person who does, and `on_behalf_why`.
    """

    activity_id: int = Field(foreign_key="activity.id", primary_key=True)
    judgement: str = Field(primary_key=True)
    grade: str
    decided_on: date
    said_by: str
    said_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    on_behalf_of: str = ""
    on_behalf_why: str = ""
