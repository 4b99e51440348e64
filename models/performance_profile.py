"""Performance profiles of areas by quarter, and queries about their data (R150, R152, R159)."""

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class PerformanceProfile(SQLModel, table=True):
    """What is known of an area's services in a quarter ('2009-Q3', calendar quarters), as it was last imported."""

    __table_args__ = (UniqueConstraint("area_code", "quarter"),)

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    quarter: str
    imported_by: str
    imported_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    imported_on: date


class ProfileGroup(SQLModel, table=True):
    """Block A: how many services of a group were inspected, and how many judged good or better (R148).

    `group_code` is a code of the rating regime; `oldest_on` the day of the oldest of these judgements (R195).
    """

    profile_id: int = Field(foreign_key="performanceprofile.id", primary_key=True)
    group_code: str = Field(primary_key=True)
    inspected: int
    good_or_better: int
    oldest_on: date | None = None


class ProfileFinding(SQLModel, table=True):
    """Block B: what an inspection or a review found; `kind` and `outcomes` (separated by spaces) are codes."""

    profile_id: int = Field(foreign_key="performanceprofile.id", primary_key=True)
    kind: str = Field(primary_key=True)
    found_on: date = Field(primary_key=True)
    outcomes: str
    source: str


class ProfileIndicator(SQLModel, table=True):
    """Block C: an indicator of a year, in the area, nationally and in comparable areas (R150); None is unknown."""

    profile_id: int = Field(foreign_key="performanceprofile.id", primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    year: int
    value: float
    national: float | None = None
    comparators: float | None = None
    lower_is_better: bool = False


class DataQuery(SQLModel, table=True):
    """A question about the data of a profile, and the answer of the single contact point (R156, R159)."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    quarter: str
    question: str
    asked_by: str
    asked_on: date
    asked_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    due_on: date
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None
