"""A database that was lost or damaged is a fault that every command names, never a new programme."""

import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from cli.main import COMMANDS, command_named
from cli.shown.exit_codes import ExitCode
from models import make_engine, upgrade
from models.engine import MIGRATIONS
from models.opening import fault_of
from services.bootstrap import open_database
from tests.commands import Run
from tests.damages import DAMAGES, damage
from tests.import_files import right_files, write_files

WITHOUT_DATABASE = {
    "framework check",
    "framework diff",
    "framework list",
    "message",
    "responses list",
    "responses show",
    "schema",
}
EXAMPLES = Path(__file__).parents[3] / "examples"
WORDS = {
    "activity": "sheffield-jar",
    "area": "sheffield",
    "answers": "profile=3",
    "day": "2006-01-09",
    "due": "2006-01-09",
    "financial_year": "FY2006-07",
    "first": "2006-01-09",
    "framework": "jar-2005",
    "happened_on": "2006-01-09",
    "held_on": "2006-01-09",
    "last": "2006-01-13",
    "on": "2006-01-09",
    "state": "final",
    "step": "set_up",
    "week": "2006-05-15",
    "year": "2006",
}
"""What to say for an argument or a required option of that name, to any command; for all others a number does."""

OPTIONS = {
    "account add": ("--role", "planner"),
    "account roles": ("--role", "planner"),
    "report export": ("--format", "html"),
    "report write": ("--text", "Well led"),
    "survey send": ("--reply-by", "2010-01-25"),
    "compare": ("2",),
    "event add": ("--kind", "death", "--on", "2006-01-09", "--seriousness", "grave"),
    "evidence return": ("--due", "2006-01-09"),
    "export": ("--format", "csv"),
    "messages": ("--again",),
    "init": ("--example", "england-2005"),
    "options": ("--no-mix",),
    "replan": ("--event", "event.json"),
    "specify": ("--no-fieldwork",),
    "timeline": ("--start", "2006-01-09", "--area", "sheffield"),
}
"""What some commands want besides, or they need no database."""


@cache
def commands() -> dict[str, tuple[str, ...]]:
    """Every command with what to say to it."""
    known = {name: command_named(name) for name in COMMANDS}
    return {
        name: (*_arguments(each), *OPTIONS.get(name, ()))
        for name, each in sorted(known.items())
        if name not in WITHOUT_DATABASE
    }


def _arguments(command: Any) -> Iterator[str]:
    for own in command.params:
        word = WORDS.get(own.name, "1")
        if own.param_type_name == "argument" and (own.nargs == 1 or own.required):
            yield word
        elif own.required:
            yield from (own.opts[0], word)


def pairs() -> list[tuple[str, str]]:
    """Every command with an empty database; one that reads and those that make databases with every damage."""
    every = {(name, "no tables") for name in commands()}
    return sorted(every | {(name, kind) for name in ("status", "import", "up") for kind in DAMAGES})


@pytest.mark.parametrize(("name", "kind"), pairs())
def test_every_command_names_a_damaged_database_and_makes_no_new_one(
    run: Run, published: Engine, home: Path, tmp_path: Path, plan_file: Path, name: str, kind: str
) -> None:
    open_database().dispose()  # the home knows its database from now on
    published.dispose()
    damage(home / "jarcycle.db", kind)
    files = {
        "import": write_files(tmp_path / "files", right_files()),
        "inspections import": EXAMPLES / "inspections-2006",
        "profile import": EXAMPLES / "profiles-2009",
        "store": plan_file,
    }
    answer = run(name, *([files[name]] if name in files else commands()[name]))
    assert answer.code == ExitCode.UNEXPECTED
    assert "jarcycle.db" in answer.err
    assert "Restore a backup (docs/operations.md)" in answer.err
    if (home / "jarcycle.db").exists():
        assert fault_of(make_engine(f"sqlite:///{home / 'jarcycle.db'}"))


def test_init_begins_anew_where_nothing_is_left_of_a_database(
    run: Run, published: Engine, home: Path
) -> None:
    run("status")
    published.dispose()
    damage(home / "jarcycle.db", "gone")
    assert run("init").code == ExitCode.DONE
    assert run("status").code == ExitCode.DONE


def test_in_a_new_home_a_command_that_reads_says_how_to_begin_and_leaves_nothing(
    run: Run, home: Path
) -> None:
    answer = run("status")
    assert answer.code == ExitCode.USAGE
    assert "jarcycle init" in answer.err
    assert list(home.iterdir()) == []


def test_a_new_home_and_its_database_are_their_owners_alone(run: Run, home: Path) -> None:
    home.chmod(0o755)
    assert run("init", "--example", "yorkshire-2005").code == ExitCode.DONE
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.iterdir())}
    assert {name: mode for name, mode in rights.items() if mode & 0o077} == {}
    assert {"home", "jarcycle.db", "clock.json", "databases.json"} <= set(rights)


def test_a_kill_while_a_database_is_made_leaves_none(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_engine: Engine) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("models.opening.upgrade", killed)
    assert run("init").code == ExitCode.INTERRUPTED
    assert not (home / "jarcycle.db").exists()
    monkeypatch.undo()


def bring_back(engine: Engine, version: str) -> None:
    """Make a database one of an earlier version of jarcycle."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)


def test_a_database_of_an_earlier_version_is_brought_up_and_not_called_damaged(
    run: Run, draft: Engine
) -> None:
    bring_back(draft, "0001")
    assert run("status").code == ExitCode.DONE
    assert fault_of(draft) == ""
    assert run("log", "--check").code == ExitCode.DONE  # what was there before is sealed as it is


def test_one_of_an_earlier_version_that_lost_a_table_is_damaged(run: Run, draft: Engine) -> None:
    bring_back(draft, "0002")
    with draft.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("DROP TABLE solvebeat")
        connection.exec_driver_sql("DROP TABLE inspectorskill")
    answer = run("status")
    assert answer.code == ExitCode.UNEXPECTED
    assert "it has lost the tables inspectorskill, solvebeat. Restore a backup" in answer.err


def test_a_damaged_list_of_databases_says_how_to_mend_it(run: Run, draft: Engine, home: Path) -> None:
    (home / "databases.json").write_text("[")
    answer = run("status")
    assert answer.code == ExitCode.INVALID_INPUT
    assert f"delete {home / 'databases.json'}" in answer.err
    (home / "databases.json").unlink()
    assert run("status").code == ExitCode.DONE


def test_a_flow_run_over_a_damaged_database_fails_by_its_name(database: Engine, home: Path) -> None:
    from models.opening import DamagedDatabase
    from services.bootstrap import open_engine

    database.dispose()
    damage(home / "jarcycle.db", "gone")
    with pytest.raises(DamagedDatabase, match=r"it is gone\. Restore a backup"):
        open_engine()
    assert not (home / "jarcycle.db").exists()
    upgrade(make_engine(f"sqlite:///{home / 'jarcycle.db'}"))
    assert fault_of(open_engine()) == ""
