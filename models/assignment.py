"""What inspectors say themselves: whether they take a place in a team, and when they are on leave."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

import models.base  # noqa: F401


class PlaceAnswer(SQLModel, table=True):
    """An inspector's answer to a place in a published team: `state` is accepted or declined.

    `first_day` is that of the activity when they answered: where it moves, or they get another skill's place, they
    are asked again.
    """

    __table_args__ = (UniqueConstraint("activity_code", "inspector_code"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_code: str = Field(foreign_key="activity.code", index=True)
    inspector_code: str = Field(foreign_key="inspector.code", index=True)
    skill: str
    first_day: date
    state: str
    answered_on: date
    said_by: str
    why: str = ""


class Leave(SQLModel, table=True):
    """Days from `start_on` up to, not including, `end_on` on which somebody is away, as they said themselves.

    An import replaces absences; leave stays until it is withdrawn.
    """

    id: int | None = Field(default=None, primary_key=True)
    inspector_code: str = Field(foreign_key="inspector.code", index=True)
    start_on: date
    end_on: date
    percent_available: int = 0
    said_by: str
    said_on: date
