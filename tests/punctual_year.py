"""A simulated year in which everybody signs off on the day, in a process of its own.

    python -m tests.punctual_year FOLDER

leaves `year.db` and `mailbox` in the folder.
"""

import sys
from datetime import date
from pathlib import Path

from models import upgrade
from tests.day_runner import run_days
from tests.engines import quick_engine
from tests.people import on_the_day
from tests.tables import published

FIRST, LAST = date(2005, 10, 3), date(2006, 11, 10)
NUM_AREAS = 3
DATABASE, MAILBOX = "year.db", "mailbox"


def main(folder: Path) -> None:
    """Run the year."""
    engine = quick_engine(f"sqlite:///{folder / DATABASE}")
    upgrade(engine)
    published(engine, NUM_AREAS)
    assert list(run_days(engine, folder / MAILBOX, FIRST, LAST, on_the_day))
    engine.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
