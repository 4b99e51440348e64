"""Annual ratings of areas and their letters (R151, R154, R163)."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class AnnualRating(SQLModel, table=True):
    """How an area was rated in a year; the newest row of an area and year holds, earlier ones stay.

    `regime` names the rules, `quarter` the profile on which it rests, `plan_review` the review of the children and
    young people's plan that was used (R161). Its letter is a draft from `draft_on`, and final from `final_on` on.
    """

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    year: int
    regime: str
    quarter: str
    grade: str
    rated_by: str
    rated_on: date
    why: str = Field(sa_column=Column(Text, nullable=False))
    plan_review: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    strengths: str = Field(default="", sa_column=Column(Text, nullable=False))
    improvements: str = Field(default="", sa_column=Column(Text, nullable=False))
    draft_on: date | None = None
    final_on: date | None = None
