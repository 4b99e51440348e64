"""Inspections besides the review that are due in an area, and what inspections of settings found."""

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class OtherInspection(SQLModel, table=True):
    """An inspection that another body has to hold by `due_by`, a hard day (R101, R104).

    `type` is one of the register of inspections; `place` names an establishment, blank: the whole area, and `sector`
    who provides it (authority, voluntary, independent). It may lie in a window or have planned days; all days are
    included. `reason` says why it is held apart (R105), `overlaps` names areas of inspection that it takes from the
    review, separated by spaces (R100). The authority's side hears of it from `told_on` on; None: not yet.
    """

    __table_args__ = (UniqueConstraint("area_code", "type", "place", "due_by"),)

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    type: str
    place: str = ""
    sector: str = ""
    due_by: date
    window_first_on: date | None = None
    window_last_on: date | None = None
    planned_first_on: date | None = None
    planned_last_on: date | None = None
    reason_code: str = ""
    overlaps: str = ""
    told_on: date | None = None
    imported_by: str
    imported_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class SettingResult(SQLModel, table=True):
    """What an inspection of a setting found of one outcome: evidence for the review (R102, R175).

    `grade` is 4 outstanding, 3 good, 2 adequate or 1 inadequate; `commissioner` says what is judged of the authority
    that commissions the service or places children there (R103), blank if nothing is.
    """

    __table_args__ = (UniqueConstraint("area_code", "type", "place", "found_on", "outcome"),)

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    type: str
    place: str
    sector: str
    found_on: date
    outcome: str
    grade: int
    commissioner: str = ""
    imported_by: str
    imported_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
