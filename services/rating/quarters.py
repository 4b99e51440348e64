"""Quarters of a calendar year as profiles name them: '2009-Q3' is July to September (R152)."""

import re
from datetime import date
from typing import NamedTuple

from config.findings import InvalidText
from services.days.weeks import add_months, day_before

FORM = re.compile(r"(\d{4})-?[Qq]([1-4])")


class Quarter(NamedTuple):
    """A quarter, 1 to 4, of a year; quarters compare in the order of time."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def last_day(self) -> date:
        """Its last day, included."""
        return day_before(add_months(date(self.year, 3 * self.number - 2, 1), 3))

    @property
    def year_before(self) -> "Quarter":
        """The same quarter of the year before."""
        return Quarter(self.year - 1, self.number)


def parse_quarter(text: str) -> Quarter:
    """The quarter that a text names; InvalidText if it names none."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        raise InvalidText(f"'{text}' is no quarter.", "Write it as 2009-Q3, for July to September 2009.")
    return Quarter(int(found[1]), int(found[2]))
