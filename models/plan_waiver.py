"""Rules that a published plan breaks, each set aside by somebody for a reason."""

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class PlanWaiver(SQLModel, table=True):
    """One violation of a plan for which a rule was waived when it was published.

    `rule`, `place` and `message` are the checker's; `activity_code` is blank where it is about no activity alone.
    `code` is one of the policy's reasons, `why` what else was said.
    """

    __table_args__ = (UniqueConstraint("plan_version", "rule", "place", "message"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_version: int = Field(foreign_key="planversion.version", index=True)
    rule: str
    place: str
    message: str
    requirement: str = ""
    activity_code: str = ""
    code: str
    why: str = ""
    waived_by: str
    waived_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
