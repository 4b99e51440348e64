"""Critical events in areas, what was decided about them, and the special reviews that they led to (R094-R096)."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class CriticalEvent(SQLModel, table=True):
    """Something grave that happened in an area: its kind and number, never whom it concerned (R073, R095).

    `kind` and `seriousness` are codes of the policy, `reference` the number under which its `source` keeps it: it
    tells two events of one kind and day apart.
    """

    __table_args__ = (UniqueConstraint("area_code", "kind", "happened_on", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    kind: str
    happened_on: date
    reference: str = ""
    source: str
    seriousness: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    recorded_on: date


class EventDecision(SQLModel, table=True):
    """What somebody decided about an event; the newest one holds, earlier ones stay.

    `decision` is none, watch, pull_forward or special_review. An activity that is pulled forward begins within
    `within_weeks`; the `activity_id` of a special review is the one that was made for it.
    """

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="criticalevent.id", index=True)
    decision: str
    decided_by: str
    decided_on: date
    why: str
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    within_weeks: int | None = None
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class EventPlan(SQLModel, table=True):
    """A plan that was made for a recorded event."""

    plan_version: int = Field(foreign_key="planversion.version", primary_key=True)
    event_id: int = Field(foreign_key="criticalevent.id", index=True)


class SpecialReview(SQLModel, table=True):
    """An activity in the short form of its framework: what was approved by whom, and why rules are set aside.

    Its text of the framework, which is no file's, is kept with the activity. `left_out` are steps of the long form
    (separated by spaces) that it does without; `takes_place` tells that it takes the place of the area's review, which
    was called off; `terms` is the document that was approved, as JSON.
    """

    activity_id: int = Field(foreign_key="activity.id", primary_key=True)
    event_id: int = Field(foreign_key="criticalevent.id", index=True)
    approved_by: str
    waiver_code: str
    waiver_reason: str
    left_out: str = ""
    takes_place: bool = False
    terms: str = Field(sa_column=Column(Text, nullable=False))


class RuleSetAside(SQLModel, table=True):
    """A rule of the long form that the terms of a special review break: one named waiver (R094).

    `rule` and what is `found` in its place tell it from any other; `step_id` is the step that breaks it, `words` say
    what the rule asks and what the terms give.
    """

    __table_args__ = (UniqueConstraint("activity_id", "step_id", "rule", "found"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step_id: str
    rule: str
    found: str
    words: str
