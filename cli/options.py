"""Options that several commands share."""

import getpass
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import WrongUsage
from config.clock import read_clock
from config.settings import home_settings

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day to take as today, such as 2006-01-09.")
]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who does this, for the audit log.")]
Area = Annotated[str | None, typer.Option(metavar="AREA", help="Only this area: its name or code.")]
Activity = Annotated[
    str,
    typer.Argument(metavar="ACTIVITY", help="Such as 820-jar; or its area, where only one has such a step."),
]
Step = Annotated[str, typer.Argument(metavar="STEP", help="Such as draft_report.")]
Waiver = Annotated[str, typer.Option(metavar="TEXT", help="Why a rule is waived, where one is broken.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only say what would move and who would be told; store nothing.")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, for the audit log.")]
InputFile = Annotated[
    Path | None,
    typer.Option("--input", metavar="FILE", help="A problem file (JSON), instead of the database."),
]

PlanName = Annotated[
    str | None, typer.Argument(metavar="PLAN", help="A stored plan's number, 'published', or a file.")
]
PlanFile = Annotated[Path | None, typer.Option("--plan", metavar="FILE", help="A plan file, with --input.")]
Profile = Annotated[str, typer.Option(metavar="NAME", help="Limits of a solve: quick, standard or proof.")]
Seconds = Annotated[
    float | None,
    typer.Option(min=0.1, metavar="NUMBER", help="Seconds for dates, in place of the profile's."),
]
TeamsSeconds = Annotated[
    float | None, typer.Option(min=0.1, metavar="NUMBER", help="Seconds for teams, likewise.")
]


def parse_day(text: str, what: str) -> date:
    """A day in ISO form; anything else is a usage error that shows the form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"{what} is '{text}', not a date. Maybe write it like 2006-01-09.") from None


def today(as_of: str | None) -> date:
    """The day given, else the programme's: today in England, or the demo's own day."""
    return parse_day(as_of, "--as-of") if as_of else read_clock(home_settings().home).today(now())


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def person(name: str | None) -> str:
    """Who acts: the name given, or the system user."""
    if name and name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"user {os.getuid()}"
