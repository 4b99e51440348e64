"""`log`: who changed published facts, when, from what to what, and why."""

from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.errors import WrongUsage
from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, print_table, say
from models import AuditEntry, session
from reports.words import plural
from services import audit, audit_chain
from services.bootstrap import open_database
from services.naming.areas import find_area
from services.shown.log_words import in_short, value_of

COLUMNS = ("when (UTC)", "who", "what", "of", "before", "after", "why")
MOST_LETTERS = 60
"""Of a value in the table; --json has all."""


def log(
    area: arguments.Area = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Show only what this person did.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day to show (UTC).")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day to show.")] = None,
    most: Annotated[int, typer.Option(min=1, metavar="NUMBER", help="Show at most this many.")] = 50,
    check: Annotated[
        bool,
        typer.Option("--check", help="Instead: recompute the seals of all entries, and say if any differs."),
    ] = False,
    seal: Annotated[
        str,
        typer.Option(
            metavar="SEAL", help="With --check: a last seal noted earlier, which must still be there."
        ),
    ] = "",
    as_json: arguments.Json = False,
) -> None:
    """Print the audit log, the newest entry first; entries are never altered."""
    if check:
        _check(seal.strip().lower(), as_json)
        return
    if seal:
        raise WrongUsage("--seal is for --check. Give both, or leave it out.")
    start = arguments.parse_day(first, "--from") if first else None
    end = arguments.parse_day(last, "--to") if last else None
    if start is not None and end is not None and end < start:
        raise WrongUsage(f"--to {end} is earlier than --from {start}. Swap the two.")
    with session(open_database(), read_only=True) as opened:
        code = None if area is None else find_area(opened, area).code
        found = audit.log(opened, audit.LogFilter(code, person, start, end))
    if as_json:
        print_json([_document(entry) for entry in found[:most]])
        return
    if found:
        print_table("Audit log", COLUMNS, [_row(entry) for entry in found[:most]])
    else:
        say("The log has no such entries.")
    if len(found) > most:
        say(f"{plural(len(found) - most, 'older entry', 'older entries')}. Use --most to show more.")


def _check(seal: str, as_json: bool) -> None:
    with session(open_database(), read_only=True) as opened:
        checked = audit_chain.check_chain(opened, seal)
    if as_json:
        print_json(checked)
    for fault in checked.faults:
        say(f"{fault}.")
    if checked.faults:
        say("The log was changed from outside. Compare it with a backup (docs/operations.md).")
        raise typer.Exit(ExitCode.VIOLATIONS)
    say(
        f"{plural(checked.entries, 'entry', 'entries')}, all as written. The last seal is {checked.last_seal}."
    )


def _document(entry: AuditEntry) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "at": entry.at,
        "who": entry.who,
        "action": entry.action,
        "subject": entry.subject,
        "before": value_of(entry.before),
        "after": value_of(entry.after),
        "why": entry.why,
    }


def _row(entry: AuditEntry) -> tuple[str, ...]:
    when = f"{entry.at:%Y-%m-%d %H:%M}"
    return (
        when,
        entry.who,
        entry.action,
        entry.subject,
        in_short(entry.before, MOST_LETTERS),
        in_short(entry.after, MOST_LETTERS),
        entry.why,
    )
