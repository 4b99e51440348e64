"""What commands import: a start pays for what the command does, and for nothing else."""

import subprocess
import sys

from sqlalchemy import Engine

HEAVY = (
    *(
        "alembic",
        "fastapi",
        "httpx",
        "icalendar",
        "jinja2",
        "numpy",
        "openpyxl",
        "ortools",
    ),
    *("holidays.countries.france", "prefect", "scheduler.dates", "scheduler.solving", "scheduler.teams"),
    "sqlalchemy.dialects.postgresql",
)
"""What takes long to import, and is needed by few commands."""

SOLVING = ("options", "replan")
"""Commands that always search for a plan."""


def loaded_after(code: str) -> str:
    """Which heavy modules a fresh Python holds after running this."""
    told = f"{code}\nimport sys; print(*sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return ended.stderr.splitlines()[-1]


def test_the_list_of_commands_imports_no_tables_and_no_solver() -> None:
    code = (
        "from cli.main import main; main(['--help']); import sys; "
        "assert not {'pydantic', 'sqlalchemy', 'models', 'scheduler'} & set(sys.modules)"
    )
    assert loaded_after(code) == ""


def test_the_file_of_a_command_that_solves_nothing_imports_nothing_heavy() -> None:
    code = (
        "from cli.main import COMMANDS, command_named\n"
        f"for name in COMMANDS.keys() - {set(SOLVING)}: command_named(name)"
    )
    assert loaded_after(code) == ""


def test_commands_that_read_import_nothing_heavy_while_they_run(published: Engine) -> None:
    lines = ("status", "messages", "log", "evidence", "show 1", "check 1", "compare 1 1", "schema plan")
    code = f"from cli.main import main\nfor line in {lines}: assert main(line.split()) == 0, line"
    assert loaded_after(code) == ""


def test_what_is_only_looked_at_needs_neither_what_makes_problems_nor_what_sends(published: Engine) -> None:
    code = (
        "from cli.main import main\n"
        "for line in ('status', 'evidence'): assert main(line.split()) == 0, line\n"
        "import sys; assert not {'services.problem.build', 'services.messages.outbox'} & set(sys.modules)"
    )
    assert loaded_after(code) == ""


def test_a_process_that_solves_holds_the_solver() -> None:
    """The acceptance twin: the names of the list are those that Python knows them by."""
    code = "import numpy, prefect, scheduler.solving.solver, scheduler.teams, alembic, holidays.countries"
    assert set(loaded_after(code).split()) >= {
        "alembic",
        "numpy",
        "prefect",
        "scheduler.teams",
    }
