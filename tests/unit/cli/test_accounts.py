"""`account`: made, shown, changed; a password on the terminal once and nowhere else."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models import session
from services.accounts.keeping import list_accounts
from tests.commands import Run


def test_an_account_is_added_listed_locked_and_removed(run: Run, draft: Engine) -> None:
    made = run("account", "add", "olga", "--name", "Olga", "--role", "operator", "--as", "root", "--json")
    assert made.code == 0
    password = made.document["one_time_password"]
    added = run("account", "add", "ann", "--name", "Ann", "--role", "inspector", "--inspector", "sheffield-1")
    assert "ann signs in with the one-time password" in added.err
    listed = run("account", "list")
    assert "one-time password" in listed.out
    assert "sheffield-1" in listed.out
    assert password not in listed.out + run("account", "list", "--json").out + run("log").out
    assert run("account", "roles", "ann", "--role", "planner", "--role", "viewer").code == 0
    assert run("account", "lock", "ann", "--why", "on leave").err == "ann is locked.\n"
    assert "it is locked" in run("account", "lock", "ann").err
    assert run("account", "unlock", "ann").code == 0
    assert run("account", "password", "ann", "--json").document["one_time_password"] != password
    assert run("account", "remove", "ann").code == 0
    assert run("account", "lock", "ann").code == 3
    assert [row["login"] for row in run("account", "list", "--json").document] == ["olga"]


def test_what_is_wrong_is_told_and_nothing_is_added(run: Run, draft: Engine) -> None:
    answer = run("account", "add", "x", "--name", "Ann", "--role", "boss")
    assert answer.code == 3
    assert "2 problems found. Nothing was changed." in answer.err
    with session(draft, read_only=True) as opened:
        assert list_accounts(opened) == []


def test_without_accounts_the_list_says_how_to_add_one(run: Run, draft: Engine) -> None:
    assert "jarcycle account add" in run("account", "list").err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "jarcycle.example"])
def test_the_console_is_not_opened_to_others_before_somebody_has_an_account(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    started: list[str] = []
    monkeypatch.setenv("JARCYCLE_CONSOLE_HOST", host)
    monkeypatch.setattr("flows.processes.start_up.run_up", lambda **_: started.append("up"))
    refused = run("up")
    assert refused.code == 2
    assert "nobody has an account" in refused.err
    assert started == []
    assert run("account", "add", "olga", "--name", "Olga", "--role", "operator").code == 0
    assert run("up").code == 0
    assert started == ["up"]


def test_up_shows_the_first_administrator_s_password_once(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.processes.start_up import Addresses

    here = Addresses("http://127.0.0.1:8000", "http://127.0.0.1:4200")
    monkeypatch.setattr("flows.processes.start_up.run_up", lambda when_up, **_: when_up(here))
    first = run("up").err
    assert "as administrator, one-time password" in first
    assert "administrator" not in run("up").err
    password = first.partition("one-time password ")[2].split()[0]
    assert password.encode() not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
