"""`up` and `sync`: what the command makes of what the flows do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

import flows.processes.start_up
from cli.shown.exit_codes import ExitCode
from flows.processes.lock import AlreadyRunning
from flows.processes.start_up import Addresses
from tests.commands import Run


@dataclass(frozen=True)
class Synced:
    deployments: tuple[str, ...]
    automations: tuple[str, ...]


def test_up_prints_the_addresses_once_everything_answers(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date | None] = []

    def run_up(*, as_of: date | None, say: Any, when_up: Callable[[Addresses], None]) -> None:
        asked.append(as_of)
        when_up(Addresses("http://127.0.0.1:8000", "http://127.0.0.1:4200"))

    monkeypatch.setattr(flows.processes.start_up, "run_up", run_up)
    answer = run("up", "--as-of", "2006-03-01", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document == {
        "gantt": "http://127.0.0.1:8000/plans/published",
        "console": "http://127.0.0.1:8000",
        "prefect": "http://127.0.0.1:4200",
    }
    assert run("up").out == ""
    assert "Prefect:   http://127.0.0.1:4200" in run("up").err
    assert asked[:2] == [date(2006, 3, 1), None]
    assert (home / "jarcycle.db").exists()


def test_a_second_up_says_who_holds_the_home(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_up(**_: Any) -> None:
        raise AlreadyRunning("jarcycle is already up in x (process 7). Maybe use it.")

    monkeypatch.setattr(flows.processes.start_up, "run_up", run_up)
    answer = run("up", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert answer.document["message"] == "jarcycle is already up in x (process 7). Maybe use it."


def test_sync_tells_what_is_in_step(run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.processes.start_up, "sync_now", lambda _day: Synced(("tick/tick",), ()))
    assert run("sync", "--json").document == {"deployments": ["tick/tick"], "automations": []}
    assert "1 deployment" in run("sync").err


def test_sync_without_a_server_says_so(run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def sync_now(_day: date | None) -> None:
        raise httpx.ConnectError("Connection refused")

    monkeypatch.setattr(flows.processes.start_up, "sync_now", sync_now)
    answer = run("sync", "--as-of", "2006-03-01", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert "jarcycle up" in answer.document["message"]


def test_a_database_of_a_newer_version_is_left_alone(run: Run, draft: Engine) -> None:
    with draft.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_the_future'"))
    answer = run("status", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert "Maybe install a newer one" in answer.document["message"]
