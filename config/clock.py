"""Which day it is for the programme: today in England, or the demo's own day, which goes on day by day from a start.

A programme of 2005 can so be driven today. The difference is kept in one small file of the home folder, so that
every process agrees on it and a second start goes on where the first one stood.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pendulum

from config.findings import Finding, InvalidFile
from config.private import private_folder
from config.whole_files import PRIVATE, write_whole

ENGLAND = pendulum.timezone("Europe/London")
FILE = "clock.json"
MOST_DAYS = 300_000
"""Further away lies no programme, and no day that Python can count."""


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


class DamagedClock(InvalidFile):
    """A clock file that does not say which day it is."""


def read_clock(home: Path) -> Clock:
    """The clock of a home folder; the real one where none was set.

    Raises
    ------
    DamagedClock
        If the file is not one that `write_clock` wrote: nobody can then know which day the programme has.
    """
    path = home / FILE
    try:
        days = json.loads(path.read_text(encoding="utf-8"))["days_ahead"]
    except FileNotFoundError:
        return Clock()
    except (ValueError, TypeError, KeyError):
        raise _damaged(path) from None
    if type(days) is not int or abs(days) > MOST_DAYS:
        raise _damaged(path)
    return Clock(timedelta(days=days))


def write_clock(home: Path, clock: Clock) -> None:
    """Set the clock of a home folder; the file is replaced as a whole."""
    text = json.dumps({"days_ahead": clock.ahead.days}) + "\n"
    write_whole(private_folder(home) / FILE, text.encode(), PRIVATE)


def _damaged(path: Path) -> DamagedClock:
    message = "it does not say by how many days the programme's day differs from ours."
    advice = f"Set the day again with 'jarcycle up --as-of DATE', or delete {path}: then the real day counts."
    return DamagedClock([Finding(FILE, "days_ahead", message, advice)])


def _in_england(now: datetime) -> date:
    day = pendulum.instance(now).in_timezone(ENGLAND)
    # A plain date: Pydantic and the tables would otherwise keep pendulum's own kind.
    return date(day.year, day.month, day.day)
