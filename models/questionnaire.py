"""Questionnaires that were sent: rounds, who was invited by which link, answers, conferences, and what followed."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class QuestionnaireRound(SQLModel, table=True):
    """A questionnaire that was sent (R164); `document` is its text as it was when the round was opened.

    `evaluation` joins rounds, conferences and suggestions that are reported together. A round that `is_standing` has no
    day of reply of its own: its invitations are sent by a step of each activity.
    """

    id: int | None = Field(default=None, primary_key=True)
    questionnaire: str = Field(index=True)
    version: int
    document: str = Field(sa_column=Column(Text, nullable=False))
    evaluation: str = Field(index=True)
    is_standing: bool = False
    opened_on: date
    reply_by: date | None = None
    closed_on: date | None = None


class QuestionnaireInvitation(SQLModel, table=True):
    """One authority that is asked in a round: which person, until when, and when they are reminded.

    `area_code` is no foreign key: a summary outlives what an import takes away.
    """

    __table_args__ = (UniqueConstraint("round_id", "area_code"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="questionnaireround.id", index=True)
    area_code: str = Field(index=True)
    area_name: str
    invited: str
    email: str
    sent_on: date
    reply_by: date
    remind_on: date
    reminded_on: date | None = None


class QuestionnaireLink(SQLModel, table=True):
    """The secret of an address under which an invitation is answered; only its hash is kept."""

    secret_hash: str = Field(primary_key=True)
    invitation_id: int = Field(foreign_key="questionnaireinvitation.id", index=True)


class QuestionnaireAnswer(SQLModel, table=True):
    """What an authority answered: `answers` (JSON) by question; a later answer takes the place of an earlier one.

    `is_late` marks one that came after the day of reply; `num_replaced` counts the answers before it.
    """

    invitation_id: int = Field(foreign_key="questionnaireinvitation.id", primary_key=True)
    answered_on: date
    answered_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    person: str
    position: str
    contributors: str = Field(default="", sa_column=Column(Text, nullable=False))
    answers: str = Field(sa_column=Column(Text, nullable=False))
    is_late: bool = False
    num_replaced: int = 0


class EvaluationConference(SQLModel, table=True):
    """A conference of an evaluation (R182): its day, how many delegates, and from which authorities (JSON, codes)."""

    __table_args__ = (UniqueConstraint("evaluation", "held_on", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    evaluation: str = Field(index=True)
    held_on: date
    name: str
    num_delegates: int
    authorities: str = Field(sa_column=Column(Text, nullable=False))


class EvaluationSuggestion(SQLModel, table=True):
    """A row of an evaluation's report (R197): what was suggested, what is done about it, by whom and until when.

    `progress` is open, planned or taken.
    """

    id: int | None = Field(default=None, primary_key=True)
    evaluation: str = Field(index=True)
    heading: str
    suggestion: str = Field(sa_column=Column(Text, nullable=False))
    response: str = Field(default="", sa_column=Column(Text, nullable=False))
    owner: str = ""
    due_on: date | None = None
    progress: str = "open"
