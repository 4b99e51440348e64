"""Appeals of areas against their annual rating (R153, R162), and the complaint that may follow (R137)."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class RatingAppeal(SQLModel, table=True):
    """An appeal against one rating, from the first query on; its steps say how far it has come.

    `outcome` is upheld or not_upheld, empty before the decision; one that is upheld has led to the rating
    `new_rating_id`. `waiver_code` and `waiver_reason` say why a rule of lodging was set aside; `complaint` is the
    number of the complaint that is linked with it.
    """

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    year: int
    rating_id: int = Field(foreign_key="annualrating.id", index=True)
    outcome: str = ""
    new_rating_id: int | None = Field(default=None, foreign_key="annualrating.id")
    waiver_code: str = ""
    waiver_reason: str = ""
    complaint: str = ""


class AppealStep(SQLModel, table=True):
    """Something that happened in an appeal: query, talk, lodged, evidence, decided or told; who said what."""

    id: int | None = Field(default=None, primary_key=True)
    appeal_id: int = Field(foreign_key="ratingappeal.id", index=True)
    step: str
    happened_on: date
    said_by: str
    note: str = Field(sa_column=Column(Text, nullable=False))
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
