"""Runs days of a simulated programme, each twice, in a process that may be killed at any moment.

    python -m tests.day_runner DATABASE MAILBOX FIRST LAST

prints each day once it is over; whoever killed the process starts it again from the day after the last printed.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine

from models import session
from services.casework.advancing import advance
from services.messages.outbox import SendSummary, send_due
from services.messages.transports import FolderTransport
from tests.engines import quick_engine
from tests.people import Punctuality, sign_what_is_due, some_are_late
from tests.tables import at


def weekdays(first: date, last: date) -> Iterator[date]:
    """Days from Monday to Friday, both ends included: those on which the tick and the reminders run."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def run_day(engine: Engine, day: date, mailbox: Path) -> SendSummary:
    """What the tick and the reminders do on a day."""
    with session(engine) as opened:
        advance(opened, day)
    return send_due(engine, day, lambda: at(day), FolderTransport(mailbox, sync=lambda _file: None))


def run_days(
    engine: Engine, mailbox: Path, first: date, last: date, punctuality: Punctuality, times: int = 1
) -> Iterator[date]:
    """Run day after day, each so many times; after each day people sign off what they should."""
    for day in weekdays(first, last):
        for _ in range(times):
            run_day(engine, day, mailbox)
        sign_what_is_due(engine, day, punctuality)
        yield day


def main(arguments: list[str]) -> None:
    """Run the days that the arguments name."""
    url, mailbox, first, last = arguments
    days = run_days(
        quick_engine(url),
        Path(mailbox),
        date.fromisoformat(first),
        date.fromisoformat(last),
        some_are_late,
        times=2,
    )
    for day in days:
        sys.stdout.write(f"{day}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
