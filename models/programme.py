"""The programme: which round is planned, from when to when, under which option."""

from datetime import date

from sqlmodel import Field, SQLModel

import models.base  # noqa: F401  (sets the naming convention before any table is made)


class Programme(SQLModel, table=True):
    """The one programme of a database (R013, R014). Dates are days; `last_start_on` is included.

    `frameworks` are the identifiers of those it follows, separated by spaces; empty for all that there are.
    """

    id: int = Field(default=1, primary_key=True)
    name: str
    planned_on: date
    first_start_on: date
    last_start_on: date
    default_option: int = 3
    policy: str = "default"
    frameworks: str = ""
    is_demo: bool = False
