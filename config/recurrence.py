"""When a kind of activity comes again in an area, as its framework says."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.entry import Entry, Positive, Whole
from config.steps import Cited

WEEKS_A_YEAR = 52
Outcome = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=60)]


class Spread(Entry):
    """How dates are spread so that nobody can guess them (R068): each gets a window that is drawn by lot.

    The windows of a year lie at least `weeks` apart, from the end of the first to the start of the last; each is
    `window_weeks` long and at least `weeks_from_last` weeks away from the same weeks of the area's year before.
    """

    weeks: Positive = 26
    window_weeks: Positive = 9
    weeks_from_last: Whole = 4

    @model_validator(mode="after")
    def _fits_into_a_year(self) -> "Spread":
        if self.weeks + 2 * self.window_weeks > WEEKS_A_YEAR:
            raise ValueError(
                f"two windows of {self.window_weeks} weeks with {self.weeks} between them are longer than a year"
            )
        if 3 * self.window_weeks + 2 * self.weeks_from_last > WEEKS_A_YEAR:
            raise ValueError(
                f"windows of {self.window_weeks} weeks, {self.weeks_from_last} weeks away from the year before's, "
                "leave too little of a year"
            )
        return self


class Recurrence(Cited):
    """One rule of when: once in `each` year; around an anniversary; so long after an outcome; or once, `by` a day.

    A year is the one of the first day. `anniversary_years` counts from the last day of the last one of the kind in
    the area, `after_months` in calendar months by its outcome; both are due on that day or up to
    `months_either_side` before and after it. What is to be done `by` a day has ended on it. An area without one is a
    concern from `watched_months` before the last day on.
    """

    each: Literal["financial_year", "calendar_year"] | None = None
    anniversary_years: Positive | None = None
    after_months: dict[Outcome, Positive] = Field(default_factory=dict)
    months_either_side: Positive | None = None
    by: date | None = None
    spread: Spread | None = None
    watched_months: Positive = 2

    @property
    def follows_last(self) -> bool:
        """Whether it counts from the last one in the area."""
        return self.anniversary_years is not None or bool(self.after_months)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Recurrence":
        given = [name for name in ("each", "anniversary_years", "after_months", "by") if getattr(self, name)]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise ValueError(f"it needs one of each, anniversary_years, after_months and by, and has {found}")
        if self.follows_last != (self.months_either_side is not None):
            raise ValueError("months_either_side belongs to anniversary_years and after_months")
        shortest = min([12 * (self.anniversary_years or 0) or 10_000, *self.after_months.values()])
        if self.months_either_side is not None and self.months_either_side >= shortest:
            raise ValueError(
                f"{self.months_either_side} months either side of {shortest} months would never end: "
                "the next is due when the last has just ended"
            )
        if self.spread is not None and self.each is None:
            raise ValueError("only what comes each year can be spread over it")
        return self
