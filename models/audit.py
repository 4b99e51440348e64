"""Who changed what, and whether the machinery is alive."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class AuditEntry(SQLModel, table=True):
    """A change of published facts: who, when, what, before and after as JSON, and why (never altered).

    `position` is its place in the chain of all entries, from 1 on; `seal` is made from what it says and from the seal
    before it. Both are given when its transaction commits.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False, index=True))
    who: str
    action: str = Field(index=True)
    subject: str = Field(index=True)
    before: str | None = Field(default=None, sa_column=Column(Text))
    after: str | None = Field(default=None, sa_column=Column(Text))
    why: str = ""
    position: int | None = Field(default=None, index=True, unique=True)
    seal: str = ""


class Heartbeat(SQLModel, table=True):
    """When a regular piece of work last began and ended, for `/health` and an outside monitor."""

    name: str = Field(primary_key=True)
    as_of: date
    began_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    summary: str = ""
