"""Follow-up of a review: recommendations, the statement of proposed action, actions, checks and interventions."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class Recommendation(SQLModel, table=True):
    """What a review recommends, and to whom (R089-R093, R191).

    `owner` is the organisation that leads, `others` (a line each) those that share in it, `owner_kind` the leader's
    kind, `monitor` the policy's key of who monitors it, or the code of a body. `cause` is a code of the policy.
    `answer` is what the statement of proposed action says to it. `confirmed_by` is who says for the monitor that it is
    done; one that `is_priority` stays on until the later activity `closed_by_id` closes it (R096).
    """

    __table_args__ = (UniqueConstraint("activity_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    number: int
    text: str = Field(sa_column=Column(Text, nullable=False))
    is_priority: bool = False
    cause: str = ""
    owner: str = ""
    owner_kind: str = ""
    others: str = ""
    monitor: str = Field(default="", index=True)
    answer: str = Field(default="", sa_column=Column(Text, nullable=False))
    answered_by: str = ""
    answered_on: date | None = None
    confirmed_by: str = ""
    confirmed_on: date | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="activity.id")
    closed_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_why: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    recorded_on: date


class ActionStatement(SQLModel, table=True):
    """A written statement of proposed action that came in; `state` is received, accepted or returned (R089, R092).

    The newest one of an activity holds. `decided_by` is who approved or returned it, `why` says what was missing.
    """

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    received_on: date
    state: str = "received"
    decided_by: str = ""
    decided_on: date | None = None
    why: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class ProposedAction(SQLModel, table=True):
    """What an owner does about a recommendation: by when, since when, when it was done and what shows it."""

    id: int | None = Field(default=None, primary_key=True)
    recommendation_id: int = Field(foreign_key="recommendation.id", index=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    owner: str
    owner_kind: str = ""
    due_on: date
    begun_on: date | None = None
    done_on: date | None = None
    done_by: str = ""
    evidence: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    recorded_on: date


class ProgressCheck(SQLModel, table=True):
    """A day on which progress with the actions of an activity is looked at, and what was found (R092)."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    due_on: date
    held_on: date | None = None
    checked_by: str = ""
    finding: str = Field(default="", sa_column=Column(Text, nullable=False))
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class Intervention(SQLModel, table=True):
    """That the government intervenes in an area: on which ground, by which power, from when until when (R091)."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    ground: str
    power: str
    from_on: date
    until_on: date | None = None
    source: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
