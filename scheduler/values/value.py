"""The common ground of all values: frozen, strict about unknown fields, with a JSON round trip."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Week = int
"""Index of a week from the horizon's first Monday (week 0). May be negative only in error messages."""

NonNegative = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Percent = Annotated[int, Field(ge=0, le=100)]
Identifier = Annotated[str, Field(min_length=1, max_length=120)]

LEADER = "leader"
"""The skill name of the leader's place and pool: every team that needs a leader has exactly one such place (R057)."""


def is_default(default: object) -> Callable[[object], bool]:
    """For `exclude_if` of a field that came later: problems without it read, and hash, as they did before."""
    return lambda value: value == default


class SenselessValue(ValueError):
    """Raised by a value about what it was given: what is wrong, and advice for whoever gave it."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.message, self.advice = message, advice


class Value(BaseModel):
    """A frozen value; an unknown field is an error, so that a misspelt word is never silently ignored.

    Its validator is built with the first value: most programs use few of the kinds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class WeekSpan(Value):
    """Weeks from `first` up to, but not including, `end`."""

    first: Week
    end: Week

    @model_validator(mode="after")
    def _must_not_be_reversed(self) -> "WeekSpan":
        if self.end < self.first:
            message = f"weeks run backwards, from {self.first} to {self.end}."
            raise SenselessValue(message, "Check whether the two were swapped.")
        return self

    def __contains__(self, week: Week) -> bool:
        return self.first <= week < self.end

    def weeks(self) -> range:
        """All week indexes of the span."""
        return range(self.first, self.end)


Starts = Mapping[str, tuple[Week, ...]]
"""Start weeks of the stages of every activity, by its identifier."""
