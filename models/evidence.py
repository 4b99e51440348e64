"""Evidence of an area: asked for once, needed by one activity or several, and what came."""

from datetime import date

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

import models.base  # noqa: F401


class Evidence(SQLModel, table=True):
    """One item that an area was asked for, that somebody holds already, or that is not needed (R069, R070).

    Two items with the same `content` key are the same evidence (R041, R072); without one it serves nobody else.
    `asked_of` is a role; `asked_on` is None if nobody was asked. `state` is asked, received, accepted, returned or
    not_needed, `met` how the need is met: handed_in, held (by `held_by`, since `received_on`) or waived. `why` says
    why it was returned (last on `returned_on`) or is not needed. `publisher` says whose data it is, `period` which
    time it is about; an item that `is_update` brings older evidence up to date. Of what `is_confidential`
    only a number of pieces is kept (R073).
    """

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    content: str = ""
    name: str
    asked_of: str = ""
    asked_on: date | None = None
    due_on: date
    state: str = Field(default="asked", index=True)
    met: str = ""
    held_by: str = ""
    received_on: date | None = None
    returned_on: date | None = None
    why: str = ""
    note: str = ""
    link: str = ""
    num_pieces: int | None = None
    publisher: str = ""
    period: str = ""
    is_update: bool = False
    is_confidential: bool = False


class EvidenceNeed(SQLModel, table=True):
    """An activity that needs an item of evidence for a step, by its own rules on `due_on`.

    `needed_for` is the step, `due_step` another one that says when it is due (empty: the last working day before
    `needed_for`). `was_asked` says whether the area was asked because of this activity, or an item served that was
    there already.
    """

    __table_args__ = (UniqueConstraint("activity_id", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    item: str
    needed_for: str
    due_step: str = ""
    due_on: date
    was_asked: bool = True


class EvidenceFile(SQLModel, table=True):
    """The file in which an item came."""

    evidence_id: int = Field(foreign_key="evidence.id", primary_key=True)
    name: str
    size: int
    sha256: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
