"""Whose solves end when `jarcycle up` is stopped."""

from pathlib import Path

import pytest

from flows.processes import start_up
from models import session
from services.bootstrap import home_here, now, open_database
from services.solves import solve_runs


def test_only_the_solves_of_its_flows_are_asked_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(start_up, "SOLVE_SECONDS", 0.1)
    engine = open_database(make=True)
    homes = (home_here(), "another-machine:/srv/jarcycle", "")
    with session(engine) as opened:
        numbers = [solve_runs.begin(opened, "3", "quick", "planner", now(), home) for home in homes]
    start_up.stop_solves()
    with session(engine, read_only=True) as opened:
        assert [solve_runs.is_stop_requested(opened, number) for number in numbers] == [True, False, False]
