"""Bodies, their inspectors, and when those can work where."""

from datetime import date

from sqlmodel import Field, SQLModel

import models.base  # noqa: F401


class Body(SQLModel, table=True):
    """A commission or inspectorate; only some have the duty to take part (R005)."""

    code: str = Field(primary_key=True)
    name: str
    has_duty: bool = True


class Skill(SQLModel, table=True):
    """An expertise that a team may need (R059)."""

    code: str = Field(primary_key=True)
    name: str


class Inspector(SQLModel, table=True):
    """A person of a body. `percent` of a week is worked; a review is possible from `trained_from` (R062).

    `max_reviews_per_year` counts in financial years, beside which a maximum for calendar years may stand. Who
    `is_voluntary` takes part although their body has no duty to (R005).
    """

    code: str = Field(primary_key=True)
    name: str
    email: str = ""
    body_code: str = Field(foreign_key="body.code", index=True)
    is_leader: bool = False
    home_town: str = ""
    home_lat: float
    home_lon: float
    trained_from: date | None = None
    percent: int = 100
    rest_weeks: int = 1
    max_reviews_per_year: int
    max_reviews_per_calendar_year: int | None = None
    is_voluntary: bool = False
    is_synthetic: bool = False


class InspectorSkill(SQLModel, table=True):
    """A skill of an inspector."""

    inspector_code: str = Field(foreign_key="inspector.code", primary_key=True)
    skill_code: str = Field(foreign_key="skill.code", primary_key=True)


class Absence(SQLModel, table=True):
    """Days from `start_on` up to, not including, `end_on` in which a person is only partly there.

    Why is nobody's business, and is not kept.
    """

    id: int | None = Field(default=None, primary_key=True)
    inspector_code: str = Field(foreign_key="inspector.code", index=True)
    start_on: date
    end_on: date
    percent_available: int = 0


class Conflict(SQLModel, table=True):
    """An area in which a person may not work: kind interest, previous (rotation), or pin (the planner's wish)."""

    id: int | None = Field(default=None, primary_key=True)
    inspector_code: str = Field(foreign_key="inspector.code", index=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    kind: str = "interest"


class AnonymousPool(SQLModel, table=True):
    """A body that staffs itself: `units` teams at a time."""

    code: str = Field(primary_key=True)
    name: str
    units: int
