"""Why a command ended without its answer: what went wrong, for people and for programs, and with which exit code."""

import errno
import logging
from dataclasses import dataclass
from typing import Any

import typer
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, say
from config.logs import OURS
from models.opening import NoDatabase
from reports.words import plural
from scheduler.values.errors import WithFindings
from services.errors import NotFound, Refused

logger = logging.getLogger(__name__)


class WrongUsage(Exception):
    """The command was called in a way that makes no sense; the message says in which, and advises."""


class NotVerified(WithFindings):
    """A plan that breaks rules and is therefore refused; `findings` lists every reason."""


@dataclass(frozen=True)
class Failure:
    """An error as it is reported.

    `findings` are values that read as one line each, and become objects in JSON; `lines` are what people read instead,
    where several of them make one line.
    """

    kind: str
    code: ExitCode
    message: str
    findings: tuple[Any, ...] = ()
    lines: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """The one JSON document of a command that failed."""
        return {
            "error": self.kind,
            "exit_code": int(self.code),
            "message": self.message,
            "findings": list(self.findings),
        }


def failure_of(error: BaseException) -> Failure:
    """What an exception means for whoever typed the command."""
    if isinstance(error, WrongUsage | NoDatabase):
        return Failure("usage", ExitCode.USAGE, str(error))
    if hasattr(error, "format_message"):  # Typer's own, or click's: which one depends on Typer's version
        return Failure("usage", ExitCode.USAGE, _usage(error))
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        message = "Interrupted. What was committed before is kept."
        return Failure("interrupted", ExitCode.INTERRUPTED, message)
    findings = getattr(error, "findings", None)
    if findings is not None:
        return _found(error, tuple(findings))
    if isinstance(error, SQLAlchemyError):
        return Failure("database", ExitCode.UNEXPECTED, _database(error))
    if isinstance(error, MemoryError):
        message = "there is not enough memory. End other programs, or solve fewer areas at a time."
        return Failure("system", ExitCode.UNEXPECTED, message)
    if isinstance(error, OSError):
        return Failure("system", ExitCode.UNEXPECTED, _system(error))
    if type(error).__module__.partition(".")[0] in OURS:
        return Failure("failed", ExitCode.UNEXPECTED, str(error))
    logger.debug("unexpected", exc_info=error)
    advice = "Run it again with JARCYCLE_LOG_LEVEL=DEBUG, which shows where it happened, and report that."
    return Failure("unexpected", ExitCode.UNEXPECTED, f"{type(error).__name__}: {error}. {advice}")


def report(failure: Failure, as_json: bool) -> int:
    """Say it on stderr, with `--json` also as the one document on stdout; returns the exit code."""
    if as_json:
        print_json(failure.document())
    for line in failure.lines or map(str, failure.findings):
        say(line)
    say(failure.message if failure.findings else f"jarcycle: {failure.message}")
    return int(failure.code)


def _found(error: BaseException, findings: tuple[Any, ...]) -> Failure:
    message = f"{plural(len(findings), 'problem')} found. Nothing was changed."
    if isinstance(error, NotFound):
        return Failure("not found", ExitCode.INVALID_INPUT, "Nothing was changed.", findings)
    if isinstance(error, NotVerified):
        return Failure("not verified", ExitCode.VIOLATIONS, message, findings)
    kind = "refused" if isinstance(error, Refused) else "invalid input"
    lines = tuple(getattr(error, "lines", ()))
    return Failure(kind, ExitCode.INVALID_INPUT, message, findings, lines)


def _usage(error: Any) -> str:
    """Typer's words, with the command whose help would have told."""
    said = error.format_message().removeprefix("Invalid value: ").replace("Value error, ", "").rstrip(".")
    message = said if said.endswith("?") else f"{said}."
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "jarcycle"
    return f"{message} See: {command} --help"


def _database(error: SQLAlchemyError) -> str:
    """The driver's own words, without the statement and its parameters."""
    said = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).strip().splitlines()[0]
    for word, advice in DATABASE_ADVICE.items():
        if word in said.lower():
            return f"the database can't be used: {said}. {advice}"
    return f"the database can't be used: {said}. Check JARCYCLE_HOME and JARCYCLE_DATABASE_URL."


DATABASE_ADVICE = {
    "connection": "Check that the server is up and that JARCYCLE_DATABASE_URL names it.",
    "locked": "Another process has been writing for half a minute. Wait for it, then try again.",
    "readonly": "Make the file and its folder writable: they are read-only for you.",
    "unable to open": "Check that its folder is there and not read-only for you.",
    "full": "Make room on the disk, then run it again: what was committed before is kept, the rest was not done.",
    "i/o error": "Check the disk: it may be full or broken. What was committed before is kept.",
    "not a database": "Another file may have its name. Restore a backup, or set JARCYCLE_HOME.",
    "malformed": "The file is damaged. Restore a backup (docs/operations.md).",
}
"""What might help, by words of the drivers' messages."""


def _system(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    advice = {
        errno.ENOSPC: "Make room on the disk.",
        errno.EACCES: "Check who owns it and its permissions.",
        errno.EROFS: "Set JARCYCLE_HOME to a folder that you can write to.",
    }.get(error.errno or 0, "Check JARCYCLE_HOME.")
    return f"{place}{error.strerror or error}. {advice}"
