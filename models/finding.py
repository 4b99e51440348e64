"""What a review finds out: findings and reasons why there is none, and hypotheses that fieldwork tests."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class ReviewFinding(SQLModel, table=True):
    """How a contribution ends: a strength, a gap or a failure, or the reason why it is not judged (R085, R186).

    `kind` is strength, gap, failure or not_judged. `cause` is a code of the framework, of a gap or a failure why it is
    there, else why nothing is judged; `managed` says how the area managed. `services` names those that it is about,
    `evidence` the items it rests on (identifiers of the framework, separated by spaces). `step_id` is the step at which
    it was agreed. One that is withdrawn stays, and says why.
    """

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    contribution: str
    kind: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    cause: str = ""
    managed: str = ""
    services: str = ""
    evidence: str = ""
    step_id: str
    said_by: str
    said_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    said_on: date
    withdrawn_on: date | None = None
    withdrawn_why: str = ""


class Hypothesis(SQLModel, table=True):
    """What is tested during fieldwork about a contribution (R048), for a reason of the specification (R078).

    `state` is open, confirmed or dropped; `why` says how it ended.
    """

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    contribution: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    reason_code: str = ""
    state: str = "open"
    said_by: str
    said_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    said_on: date
    ended_by: str = ""
    ended_on: date | None = None
    why: str = ""
