"""The command's entry: gathers the commands, and turns every way to end into an exit code."""

import logging
import sys
from collections.abc import Sequence
from importlib import import_module

import click
import typer

from cli import (
    commands_casework,
    commands_data,
    commands_export,
    commands_plans,
    commands_solve,
    commands_system,
    commands_timeline,
)
from cli.exit_codes import ExitCode
from cli.output import print_json, say
from cli.problems import report_invalid

logger = logging.getLogger(__name__)

app = typer.Typer(
    name="jarcycle",
    help="Plans and runs the joint area review cycle.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 invalid input, 4 proven impossible, "
    "5 no plan in time, 6 violations found, 130 interrupted (the best plan is kept).",
)
for module in (
    commands_data,
    commands_solve,
    commands_plans,
    commands_casework,
    commands_export,
    commands_system,
    commands_timeline,
):
    module.register(app)

# Recent versions of Typer raise errors of a click of their own; our commands raise those of either.
WRONG_USAGE = (click.ClickException, import_module(typer.BadParameter.__module__).ClickException)
ABORTED = (KeyboardInterrupt, click.exceptions.Abort, typer.Abort)


def main(arguments: Sequence[str]) -> int:
    """Run one command; data on stdout, words on stderr."""
    as_json = "--json" in arguments
    try:
        code = app(args=list(arguments), standalone_mode=False)
    except WRONG_USAGE as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    except ABORTED:
        say("Interrupted. What was committed is kept.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.DONE
    except Exception as error:
        if report_invalid(error, as_json):
            return ExitCode.INVALID_INPUT
        logger.debug("unexpected", exc_info=True)
        if as_json:
            print_json({"error": str(error), "kind": type(error).__name__})
        say(f"jarcycle: {type(error).__name__}: {error}")
        return ExitCode.UNEXPECTED
    return int(code or 0)


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))
