"""The command's entry: gathers the commands, and turns every way to end into an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from cli import (
    commands_casework,
    commands_check,
    commands_data,
    commands_evidence,
    commands_export,
    commands_log,
    commands_messages,
    commands_options,
    commands_plans,
    commands_publish,
    commands_reasons,
    commands_replan,
    commands_robustness,
    commands_solve,
    commands_system,
    commands_timeline,
    commands_verify,
    commands_words,
)
from cli.errors import failure_of, report
from cli.exit_codes import ExitCode
from config.logs import set_up_logging
from config.private import start_private

app = typer.Typer(
    name="jarcycle",
    help="Plans and runs the joint area review cycle.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 invalid input, 4 proven impossible, "
    "5 no plan in time, 6 violations found or verification refused, 130 interrupted (the best plan is kept).",
)
for module in (
    commands_data,
    commands_solve,
    commands_replan,
    commands_check,
    commands_verify,
    commands_reasons,
    commands_plans,
    commands_options,
    commands_robustness,
    commands_publish,
    commands_timeline,
    commands_casework,
    commands_words,
    commands_evidence,
    commands_messages,
    commands_log,
    commands_export,
    commands_system,
):
    module.register(app)


@app.callback()
def _jarcycle(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=lambda asked: _show_version(asked), help="Its version."
        ),
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str]) -> int:
    """Run one command; data on stdout, words on stderr."""
    as_json = "--json" in arguments
    command = typer.main.get_command(app)
    try:
        # Not `app(...)`: that would turn Ctrl-C into an exit code before we could say anything.
        with command.make_context("jarcycle", list(arguments) or ["--help"]) as context:
            return int(command.invoke(context) or ExitCode.DONE)
    except typer.Exit as ended:
        return int(ended.exit_code)
    except BrokenPipeError:
        return ExitCode.DONE  # whoever reads has read enough
    except (Exception, KeyboardInterrupt) as error:
        return report(failure_of(error), as_json)


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to fail
    start_private()
    try:
        set_up_logging()
        code = main(sys.argv[1:])
    except Exception as error:
        code = report(failure_of(error), "--json" in sys.argv)
    sys.exit(_flushed(code))


def _flushed(code: int) -> int:
    """Write out what is still in memory, so that a full disk is reported and a closed pipe is not."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python would try once more at its end, and complain in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code if isinstance(error, BrokenPipeError) else report(failure_of(error), as_json=False)
    return code


def _show_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"jarcycle {version('jarcycle')}\n")
        raise typer.Exit
