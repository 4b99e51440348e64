"""The programme of 2009 in a home of its own: imported, solved, published; made once, and copied for each test."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from models import session, upgrade
from scheduler.values.result import SolveParams
from services.audit import Word
from services.imports import import_batch, read_folder
from services.plans.publication import publish
from services.solves.solving import Asker, solve_option
from tests.engines import quick_engine
from tests.known import known

FOLDER = Path(__file__).parent / "regime_2009"
PLANNED_ON = date(2009, 3, 2)
AT = datetime(2009, 3, 2, tzinfo=UTC)

_SOLVED: list[bytes] = []


def solved_home(folder: Path) -> Path:
    """A home with the frameworks, the policy and the published programme."""
    home = folder / "home"
    shutil.copytree(FOLDER / "home", home)
    database = home / "jarcycle.db"
    if not _SOLVED:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JARCYCLE_HOME", str(home))
            _solve(database)
        _SOLVED.append(database.read_bytes())
    database.write_bytes(_SOLVED[0])
    return home


def _solve(database: Path) -> None:
    engine = quick_engine(f"sqlite:///{database}")
    upgrade(engine)
    with session(engine) as opened:
        import_batch(opened, read_folder(FOLDER), "test", AT, Random(1))
    params = SolveParams(dates_seconds=20, teams_seconds=10)
    solved = solve_option(engine, 4, params, Asker("test", lambda: AT), profile="quick")
    with session(engine) as opened:
        publish(opened, known(solved.version), "final", Word("test", AT, PLANNED_ON))
    engine.dispose()
