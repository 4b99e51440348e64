"""The choices that commands and flows offer: what is solved, and what a picture of the trade-off can show.

Apart from the figures themselves, which need the scheduler.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from services.errors import Refused

if TYPE_CHECKING:
    from services.problem.build import Option


class SolveOption(StrEnum):
    """Under which sequencing a programme is solved: one option for every area, or each area's own."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    MIXED = "mixed"

    @property
    def for_problem(self) -> Option:
        """The same as `build_problem` takes it."""
        return "mixed" if self is SolveOption.MIXED else int(self)  # type: ignore[return-value]


OF_ALL = (SolveOption.ONE, SolveOption.TWO, SolveOption.THREE, SolveOption.FOUR)
"""The options that are compared; a mix is made of them."""


def option_named(word: object) -> SolveOption:
    """The option of that name or number, else Refused with those that there are."""
    if str(word) not in list(SolveOption):
        advice = f"Choose one of: {', '.join(SolveOption)}."
        raise Refused.because("option", f"there is no option '{word}'.", advice)
    return SolveOption(str(word))


class Across(StrEnum):
    """What the picture shows from left to right."""

    MONTHS = "months"
    BURDEN = "burden"
    PEOPLE = "people"
    KEPT = "kept"


class Up(StrEnum):
    """What the picture shows from bottom to top."""

    COST = "cost"
    URGENCY = "urgency"
