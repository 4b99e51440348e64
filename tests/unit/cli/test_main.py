"""How commands end: each way has its exit code, words on stderr and, with --json, one document."""

import errno
import re
import sqlite3
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from cli.commands import data
from cli.main import COMMANDS as ALL_COMMANDS
from cli.main import main
from cli.shown.errors import Failure, WrongUsage, failure_of
from cli.shown.exit_codes import ExitCode
from services.errors import NotFound, PlanRefused, Refused
from tests.commands import Run

COMMANDS = (
    *("init", "import", "solve", "check", "show", "compare", "publish", "timeline", "remind", "status"),
    *("export", "up", "schema", "confirm", "sign-off", "sync", "messages"),
)


def test_every_command_of_the_mission_is_known(run: Run) -> None:
    listed = run("--help")
    assert listed.code == ExitCode.DONE
    assert [name for name in COMMANDS if f"\n  {name} " not in listed.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_knows_json(run: Run, command: str) -> None:
    assert "--json" in run(command, "--help").out


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_no_help_speaks_of_types(run: Run, command: str) -> None:
    shown = run(*command.split(), "--help").out
    assert re.findall(r"<str>|<int>|<path>|list\[|\[\[|[<>]=", shown) == []


def test_bounds_of_numbers_are_told_in_words(run: Run) -> None:
    assert "[default: 1000; 0 to 100,000]" in " ".join(run("options", "--help").out.split())
    assert "[default: 20; at least 1]" in " ".join(run("candidates", "--help").out.split())


def test_without_a_word_it_helps(run: Run) -> None:
    assert run().out == run("--help").out


def test_it_knows_its_version(run: Run) -> None:
    assert run("--version").out == f"jarcycle {version('jarcycle')}\n"


@pytest.mark.parametrize(
    ("arguments", "word", "advice"),
    [
        (["nonsense"], "nonsense", "See: jarcycle --help"),
        (["solve", "--option", "7"], "'mixed', 'all'", "See: jarcycle solve --help"),
        (["solve", "--nonsense"], "--nonsense", "See: jarcycle solve --help"),
        (["timeline", "jar-2005"], "--start", "See: jarcycle timeline --help"),
        (["timeline", "jar-2005", "--start", "soon"], "not a date", "Write it as 2005-09-05 or 05/09/2005."),
        (["compare", "1"], "can't be compared", "Name a second one."),
        (["check"], "no plan is named", "Give a version's number, or --input and --plan."),
        (["check", "--plan", "plan.json"], "needs the problem", "Name its file with --input."),
        (["check", "--input", "problem.json"], "needs a plan", "Name its file with --plan."),
        (["check", "1", "--plan", "plan.json"], "both PLAN", "Leave one out."),
    ],
)
def test_wrong_usage_is_told_with_advice(
    run: Run, home: Path, arguments: list[str], word: str, advice: str
) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (ExitCode.USAGE, "")
    assert word in answer.err
    assert answer.err.endswith(f" {advice}\n")


def test_wrong_usage_is_one_document_with_json(run: Run, home: Path) -> None:
    answer = run("solve", "--option", "7", "--json")
    assert answer.code == ExitCode.USAGE
    assert answer.document["error"] == "usage"
    assert answer.document["exit_code"] == ExitCode.USAGE
    assert answer.document["findings"] == []
    assert answer.document["message"] in answer.err


@pytest.mark.parametrize("command", [["status"], ["check", "1"], ["solve"], ["publish", "1"], ["remind"]])
def test_a_missing_database_is_not_made_by_looking_for_it(run: Run, home: Path, command: list[str]) -> None:
    answer = run(*command)
    assert answer.code == ExitCode.USAGE
    assert "jarcycle init" in answer.err
    assert list(home.iterdir()) == []


def test_a_file_that_is_no_database_is_told_in_clear_words(run: Run, home: Path) -> None:
    (home / "jarcycle.db").write_text("certainly no database\n" * 100)
    answer = run("status", "--json")
    assert answer.code == ExitCode.UNEXPECTED
    assert answer.document["error"] == "database"
    assert "file is not a database" in answer.document["message"]
    assert answer.document["message"].endswith("Restore a backup, or set JARCYCLE_HOME.")


def test_an_address_of_a_database_that_makes_no_sense_is_told_without_its_password(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in ("nonsense://u:secret@host/x", "postgresql+nothing://u:secret@host/x", "u:secret"):
        monkeypatch.setenv("JARCYCLE_DATABASE_URL", url)
        answer = run("status")
        assert answer.code == ExitCode.INVALID_INPUT
        assert "JARCYCLE_DATABASE_URL" in answer.err
        assert "secret" not in answer.err


def failing_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(data, "open_database", fail)


def test_ctrl_c_in_any_command_is_130(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_with(KeyboardInterrupt(), monkeypatch)
    answer = run("init", "--json")
    assert answer.code == ExitCode.INTERRUPTED
    assert answer.document["error"] == "interrupted"


def test_who_has_read_enough_gets_no_complaint(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_with(BrokenPipeError(), monkeypatch)
    answer = run("init")
    assert (answer.code, answer.err) == (ExitCode.DONE, "")


def locked(words: str) -> OperationalError:
    return OperationalError("UPDATE secret", {}, sqlite3.OperationalError(words))


@pytest.mark.parametrize(
    ("error", "kind", "code", "words"),
    [
        (WrongUsage("not like that. Leave it out."), "usage", 2, "not like that"),
        (NotFound("plan 9", "there is none."), "not found", 3, "Nothing was changed."),
        (Refused.because("x", "no."), "refused", 3, "1 problem found"),
        (PlanRefused([]), "refused", 3, "found"),
        (locked("database is locked"), "database", 1, "Another process has been writing"),
        (locked("attempt to write a readonly database"), "database", 1, "read-only"),
        (locked("database or disk is full"), "database", 1, "Make room"),
        (locked("something new"), "database", 1, "JARCYCLE_HOME"),
        (OSError(errno.ENOSPC, "No space left on device", "x.json"), "system", 1, "x.json: No space left"),
        (OSError(errno.EROFS, "Read-only file system"), "system", 1, "JARCYCLE_HOME"),
        (RuntimeError("broken"), "unexpected", 1, "RuntimeError: broken. Run it again"),
    ],
)
def test_an_error_has_its_kind_and_code(error: Exception, kind: str, code: int, words: str) -> None:
    failure = failure_of(error)
    assert (failure.kind, failure.code) == (kind, code)
    assert words in failure.message
    assert "UPDATE secret" not in failure.message


def test_one_of_our_own_errors_is_told_as_it_is() -> None:
    from flows.processes.ports import PortBusy

    assert failure_of(PortBusy("Port 8000 is taken. Choose another one.")) == Failure(
        "failed", ExitCode.UNEXPECTED, "Port 8000 is taken. Choose another one."
    )


def test_main_takes_words_and_gives_a_number(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert capsys.readouterr().out == ""
    assert (home / "jarcycle.db").exists()
