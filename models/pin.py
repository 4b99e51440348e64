"""People whom the planner wants in a place of a team."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

import models.base  # noqa: F401


class PlacePin(SQLModel, table=True):
    """A place of a team that is kept for somebody: `skill` is what it needs, 'leader' the leader's place."""

    __table_args__ = (UniqueConstraint("activity_code", "inspector_code"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_code: str = Field(foreign_key="activity.code", index=True)
    skill: str
    inspector_code: str = Field(foreign_key="inspector.code", index=True)
