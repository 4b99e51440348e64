"""`up` and `sync`: what the command makes of what the flows do."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
        when_up(Addresses("http://127.0.0.1:8000", "http://127.0.0.1:4200", "/home/of/it/prefect.auth"))

    monkeypatch.setattr(flows.processes.start_up, "run_up", run_up)
    answer = run("up", "--as-of", "2006-03-01", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document == {
        "gantt": "http://127.0.0.1:8000/plans/published",
        "console": "http://127.0.0.1:8000",
        "prefect": "http://127.0.0.1:4200",
        "prefect_auth_file": "/home/of/it/prefect.auth",
    }
    assert run("up").out == ""
    assert "Prefect:   http://127.0.0.1:4200" in run("up").err
    assert "Sign in:   to Prefect's pages with the line in /home/of/it/prefect.auth" in run("up").err
    assert asked[:2] == [date(2006, 3, 1), None]
    assert (home / "jarcycle.db").exists()


def test_up_says_how_to_sign_in_with_a_secret_of_the_operator_and_never_shows_it(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_up(*, as_of: date | None, say: Any, when_up: Callable[[Addresses], None]) -> None:
        when_up(Addresses("http://127.0.0.1:8000", "http://127.0.0.1:4200"))

    monkeypatch.setattr(flows.processes.start_up, "run_up", run_up)
    assert "to Prefect's pages" not in run("up").err
    monkeypatch.setenv("JARCYCLE_PREFECT_AUTH", "admin:hunter2")
    assert "Sign in:   to Prefect's pages with the value of JARCYCLE_PREFECT_AUTH" in run("up").err
    assert "hunter2" not in run("up", "--json").err + run("up", "--json").out


@pytest.mark.parametrize("file", ["prefect.auth", "hook.token"])
def test_up_with_a_damaged_secret_starts_nothing_and_says_what_to_do(run: Run, home: Path, file: str) -> None:
    (home / file).write_text("half of a sec")
    answer = run("up", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert f"{home / file} is damaged" in answer.document["message"]
    assert "Delete it, then start again" in answer.document["message"]
    assert not (home / "logs").exists()


def test_a_second_up_says_who_holds_the_home(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_up(**_: Any) -> None:
        raise AlreadyRunning("jarcycle is already up in x (process 7). Use it.")

    monkeypatch.setattr(flows.processes.start_up, "run_up", run_up)
    answer = run("up", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert answer.document["message"] == "jarcycle is already up in x (process 7). Use it."


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


@pytest.mark.parametrize("code", [401, 403])
def test_sync_says_so_if_the_server_does_not_believe_us(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(flows.processes.start_up, "sync_now", _answering(code))
    answer = run("sync", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert "JARCYCLE_PREFECT_AUTH" in answer.document["message"]


def test_sync_shows_the_secret_to_no_server_while_jarcycle_is_not_up(
    run: Run, draft: Engine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever listens on the port then is somebody else."""
    asked: list[bytes] = []
    with _listening(asked) as port:
        monkeypatch.setenv("JARCYCLE_PREFECT_PORT", str(port))
        answer = run("sync", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert answer.document["message"] == f"jarcycle is not up in {home}. Start it with: jarcycle up"
    assert asked == []


@contextmanager
def _listening(asked: list[bytes]) -> Iterator[int]:
    """A stranger's server, which notes what it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1]
        with suppress(BlockingIOError):
            asked.append(server.accept()[0].recv(1000))


def test_another_refusal_of_the_server_is_not_taken_for_it(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows.processes.start_up, "sync_now", _answering(500))
    assert "JARCYCLE_PREFECT_AUTH" not in run("sync", "--json").document["message"]


def _answering(code: int) -> Callable[[date | None], None]:
    def sync_now(_day: date | None) -> None:
        httpx.Response(code, request=httpx.Request("POST", "http://127.0.0.1:4200/api")).raise_for_status()

    return sync_now


def test_a_database_of_a_newer_version_is_left_alone(run: Run, draft: Engine) -> None:
    with draft.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_the_future'"))
    answer = run("status", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert "Install a newer one" in answer.document["message"]
