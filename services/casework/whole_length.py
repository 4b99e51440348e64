"""How long the whole of an activity takes (R054)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from config.framework import Framework
from services.casework.dated_steps import Step
from services.days.weeks import add_months


class WholeReview(NamedTuple):
    """How long the whole takes (R054): calendar months and days beyond them, and about how many months it should."""

    first_on: date
    last_on: date
    months: int
    days: int
    about_months: int


def whole_review(framework: Framework, steps: Iterable[Step]) -> WholeReview | None:
    """The length of the whole, as reported to people (R054); None if the framework does not measure it."""
    if framework.length is None:
        return None
    days = {step.id: step.day for step in steps}
    first_on, last_on = days[framework.length.first], days[framework.length.last]
    months = 0
    while add_months(first_on, months + 1) <= last_on:
        months += 1
    beyond = (last_on - add_months(first_on, months)).days
    return WholeReview(first_on, last_on, months, beyond, framework.length.about_months)
