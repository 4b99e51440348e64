"""When visits are impossible: school holidays, closures, elections, one-off days. All intervals half-open."""

from datetime import date

from sqlmodel import Field, SQLModel

import models.base  # noqa: F401


class SchoolHoliday(SQLModel, table=True):
    """A holiday of one calendar; areas name their calendar, so each may set its own dates."""

    id: int | None = Field(default=None, primary_key=True)
    calendar: str = Field(index=True)
    name: str
    start_on: date
    end_on: date


class Closure(SQLModel, table=True):
    """Weeks in which no stage takes place, everywhere or in one area, and why."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str | None = Field(default=None, foreign_key="area.code", index=True)
    start_on: date
    end_on: date
    reason: str


class Election(SQLModel, table=True):
    """A poll in areas of one type, or in one alone; from `pre_election_start_on` to it no report is published."""

    id: int | None = Field(default=None, primary_key=True)
    area_type: str = Field(index=True)
    area_code: str | None = Field(default=None, foreign_key="area.code", index=True)
    polling_on: date
    pre_election_start_on: date
    kind: str
    note: str = ""


class OneOffDay(SQLModel, table=True):
    """A day that is other than the calendar of England says: nobody works, or people do on a bank holiday."""

    day: date = Field(primary_key=True)
    name: str
    is_working: bool = False
