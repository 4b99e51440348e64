"""The problems of england-2005, built as the product builds them: imported into a database, then read."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from models import make_engine, session, upgrade
from scheduler.values.problem import Problem
from services.imports import import_folder
from services.problem import build_problem

EXAMPLE = Path(__file__).parent.parent / "examples" / "england-2005"


@cache
def example_problem(option: int) -> Problem:
    """The programme's problem under an option."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/benchmark.db")
        upgrade(engine)
        import_folder(engine, EXAMPLE, "benchmark", datetime(2005, 8, 1, tzinfo=UTC))
        with session(engine, read_only=True) as opened:
            problem = build_problem(opened, option)
        engine.dispose()
    return problem
