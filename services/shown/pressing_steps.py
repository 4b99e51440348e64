"""Which steps tell how an area stands on a day: what has begun or should have, or needs a waiver, and is not over."""

from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from models import Step
from services.casework.steps import FINISHED


def pressing(as_of: date | None) -> tuple[ColumnElement[bool], ...]:
    """What holds of the rows of such steps, far fewer than all, since most are over or ahead; nothing without a day."""
    if as_of is None:
        return ()
    tells = or_(
        col(Step.state) != "planned",
        col(Step.start_on) < as_of,
        col(Step.due_on) < as_of,
        col(Step.waiver_needed) != "",
    )
    return col(Step.state).not_in(FINISHED), tells
