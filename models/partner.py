"""Organisations that work with a council for children in its area, and what was sent to them."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

import models.base  # noqa: F401


class Partner(SQLModel, table=True):
    """An organisation that serves an area, with its chief officer, and the body that monitors it (R004, R093)."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    name: str
    kind: str
    chief_officer: str
    email: str
    telephone: str = ""
    monitor_code: str | None = Field(default=None, foreign_key="body.code")


class Circulation(SQLModel, table=True):
    """That the document of a step was sent to an organisation: to whom, when, and who says so (R066)."""

    __table_args__ = (UniqueConstraint("activity_id", "step_id", "organisation"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step_id: str
    organisation: str
    chief_officer: str
    sent_on: date
    sent_by: str
