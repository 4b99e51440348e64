"""What a policy says of critical events: their kinds, how grave one is, on whose agenda it comes, how soon to react."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from config.entry import Entry, Key, Positive, Words

USUAL_KINDS: Mapping[str, str] = MappingProxyType({"other": "Another critical event"})
USUAL_SERIOUSNESS: Mapping[str, str] = MappingProxyType({"serious": "Serious"})


class Agenda(Entry):
    """The yearly assessment that watches events (R095): what is watched by `until` comes before that year's.

    What is watched later comes before the next one.
    """

    name: Words = "annual assessment"
    until: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] = "12-31"

    def on(self, day: date) -> str:
        """The assessment that comes after a day: 'APA 2006'."""
        return self._in(self._year(day))

    def following(self, published_on: date) -> str:
        """The assessment that follows up a report of a day: that of the year after the one whose own it takes (R093).

        A report by `until` takes the place of that year's assessment: 'APA 2007' follows up one of 14 August 2006.
        """
        return self._in(self._year(published_on) + 1)

    def _year(self, day: date) -> int:
        return day.year + (f"{day:%m-%d}" > self.until)

    def _in(self, year: int) -> str:
        return f"{self.name} {year}"


class EventRules(Entry):
    """Kinds of critical events and degrees of `seriousness` in words, by their codes (R095).

    A review that is pulled forward begins within `within_weeks`, unless the decision says otherwise (R019, R094).
    """

    kinds: dict[Key, Words] = Field(default=dict(USUAL_KINDS), min_length=1)
    seriousness: dict[Key, Words] = Field(default=dict(USUAL_SERIOUSNESS), min_length=1)
    agenda: Agenda = Field(default_factory=Agenda)
    within_weeks: Positive = 12
