"""Plans: immutable, numbered versions, and the solves that made them."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class PlanVersion(SQLModel, table=True):
    """A version of the plan, never changed after it is stored except for `status` and publication.

    `status` is draft, published or superseded; at most one is published. The three documents are JSON:
    the scheduler's problem, its plan, and its result without the plan (figures, trace, certificate). `rules` is the
    text of the policy and the frameworks that it was made under; empty where it is not known. `made_from` is the
    version of which it is a changed copy, by hand or after an event; None of one that a solve found.
    """

    version: int | None = Field(default=None, primary_key=True)
    option: str
    status: str = Field(default="draft", index=True)
    problem_hash: str = Field(index=True)
    problem_json: str = Field(sa_column=Column(Text, nullable=False))
    plan_json: str = Field(sa_column=Column(Text, nullable=False))
    result_json: str = Field(sa_column=Column(Text, nullable=False))
    seed: int = 0
    uncovered_places: int
    date_cost: int
    date_bound: int | None = None
    team_cost: int
    team_bound: int | None = None
    is_stale: bool = False
    rules: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    made_from: int | None = None
    created_by: str
    created_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    published_by: str | None = None
    published_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    reason: str = ""


class PlannedStage(SQLModel, table=True):
    """The dates of one stage in one plan; `end_on` is not included."""

    plan_version: int = Field(foreign_key="planversion.version", primary_key=True)
    activity_code: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    start_on: date
    end_on: date


class TeamPlace(SQLModel, table=True):
    """One demanded seat in one plan; without an inspector it is an uncovered place."""

    id: int | None = Field(default=None, primary_key=True)
    plan_version: int = Field(foreign_key="planversion.version", index=True)
    activity_code: str = Field(index=True)
    skill: str
    inspector_code: str | None = Field(default=None, foreign_key="inspector.code", index=True)


class PastSeat(SQLModel, table=True):
    """A seat that somebody had in a review under way until they left it; `until_on` is the first day without them."""

    id: int | None = Field(default=None, primary_key=True)
    plan_version: int = Field(foreign_key="planversion.version", index=True)
    activity_code: str = Field(index=True)
    skill: str
    inspector_code: str = Field(foreign_key="inspector.code", index=True)
    until_on: date


class SolveRun(SQLModel, table=True):
    """A solve under way or ended: what is known so far, and whether someone asked it to stop.

    `state` is waiting, running, done, stopped, impossible, out_of_time, killed or failed. Gaps are not stored:
    cost and bound are. `home` is that of the `jarcycle up` whose flows run it, empty if a command does.
    """

    id: int | None = Field(default=None, primary_key=True)
    option: str
    profile: str
    state: str = "waiting"
    phase: str = ""
    incumbent: int | None = None
    bound: int | None = None
    stop_requested: bool = False
    message: str = ""
    home: str = ""
    started_by: str
    started_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    plan_version: int | None = Field(default=None, foreign_key="planversion.version")


class SolveBeat(SQLModel, table=True):
    """A sign of life of a solve under way, and its best plan so far; gone once the solve has ended.

    `result_json` is the scheduler's result with its plan, `problem_json` the problem that it solves, with the text of
    its rules and the day on which it was asked for; both None before there is a plan.
    """

    run_id: int = Field(foreign_key="solverun.id", primary_key=True)
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    problem_json: str | None = Field(default=None, sa_column=Column(Text))
    result_json: str | None = Field(default=None, sa_column=Column(Text))
