"""Which day it is for the programme: today in England, or the demo's own day, which goes on day by day from a start.

A programme of 2005 can so be driven today. The difference is kept in one small file of the home folder, so that
every process agrees on it and a second start goes on where the first one stood.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pendulum

ENGLAND = pendulum.timezone("Europe/London")
FILE = "clock.json"


@dataclass(frozen=True)
class Clock:
    """The programme's day is the real day in England plus `ahead` (negative for a programme of the past)."""

    ahead: timedelta = timedelta(0)

    @property
    def is_real(self) -> bool:
        """Whether the programme lives in the present."""
        return not self.ahead

    def today(self, now: datetime) -> date:
        """The programme's day at an instant."""
        return _in_england(now) + self.ahead

    def instant(self, day: date, at: time) -> datetime:
        """The real instant, in UTC, at which the programme's day `day` reaches `at` in England."""
        return datetime.combine(day - self.ahead, at, ENGLAND).astimezone(UTC)

    @classmethod
    def showing(cls, day: date, now: datetime) -> "Clock":
        """The clock whose day is `day` at the instant `now`."""
        return cls(day - _in_england(now))


def read_clock(home: Path) -> Clock:
    """The clock of a home folder; the real one where none was set."""
    try:
        return Clock(timedelta(days=json.loads((home / FILE).read_text(encoding="utf-8"))["days_ahead"]))
    except FileNotFoundError:
        return Clock()


def write_clock(home: Path, clock: Clock) -> None:
    """Set the clock of a home folder; the file is replaced as a whole."""
    home.mkdir(parents=True, exist_ok=True)
    new = home / f"{FILE}.new"
    new.write_text(json.dumps({"days_ahead": clock.ahead.days}) + "\n", encoding="utf-8")
    new.replace(home / FILE)


def _in_england(now: datetime) -> date:
    day = pendulum.instance(now).in_timezone(ENGLAND)
    # A plain date: Pydantic and the tables would otherwise keep pendulum's own kind.
    return date(day.year, day.month, day.day)
