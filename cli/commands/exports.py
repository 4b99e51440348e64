"""`export`: a stored plan as a file for screens, spreadsheets, calendars and programs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli import arguments
from cli.arguments import version_number
from cli.files import require_writable, write_bytes
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, say
from cli.shown.played import tell_day
from models import session
from services.bootstrap import open_database
from services.imports.facts_out import fact_files, fact_workbook
from services.naming.areas import find_area
from services.naming.people import find_inspector
from services.shown.exports import DOCUMENTS, Export, Format, export_plan
from services.shown.shown_plan import Audience, Selection

BINARY = (Format.XLSX,)


def export(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A stored plan's number, or 'published'.")],
    format: Annotated[
        Format, typer.Option(help="File format: json is the plan itself, problem the problem that it solves.")
    ],
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Output file; default: stdout.")] = None,
    area: arguments.Area = None,
    inspector: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only activities with this inspector in the team, by name or code."
        ),
    ] = None,
    leader: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only activities that this inspector leads, by name or code."),
    ] = None,
    body: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only activities with inspectors of this body.")
    ] = None,
    for_authority: Annotated[
        bool, typer.Option("--for-authority", help="With --area: only what the authority itself may see.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Export a plan as a picture, a page, a workbook, a calendar, a table or a document."""
    if for_authority and area is None:
        raise WrongUsage("--for-authority is for one area. Name it with --area.")
    given = {"--inspector": inspector, "--leader": leader, "--body": body}
    people = [name for name, value in given.items() if value is not None]
    if for_authority and people:
        raise WrongUsage(f"an authority is not shown an inspector's plan. Leave out {people[0]}.")
    if len(people) > 1:
        raise WrongUsage(f"{people[0]} and {people[1]} are both given. Leave one out.")
    if output is None and format in BINARY and (as_json or sys.stdout.isatty()):
        raise WrongUsage(f"{format.value} is not text. Name a file with --output, or use a pipe.")
    if output is not None:
        require_writable(output)
    engine = open_database()
    version = version_number(engine, plan)
    with session(engine, read_only=True) as opened:
        areas = None if area is None else frozenset({find_area(opened, area).code})
        who, leads = (
            None if name is None else find_inspector(opened, name).code for name in (inspector, leader)
        )
        made = export_plan(
            opened,
            version,
            format,
            as_of=arguments.today(as_of),
            selection=Selection(areas=areas, who=who, leader=leads, body=body),
            audience=Audience.AUTHORITY if for_authority else Audience.INSPECTORATE,
        )
    if output is None:
        _to_stdout(made, format, version, as_json)
        return
    write_bytes(output, made.content)
    if as_json:
        print_json({"plan": version, "format": format, "output": str(output), "bytes": len(made.content)})
    else:
        say(f"Plan {version} is in {output} ({_size(len(made.content))}).")
        if format not in DOCUMENTS:
            tell_day(as_of)


def export_facts(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A new folder, or a workbook if PATH ends in .xlsx.")
    ],
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Write all facts as files that import takes: an import of them changes nothing."""
    if path.exists():
        raise WrongUsage(f"{path} is there already. Name another file or folder.")
    with session(open_database(), read_only=True) as opened:
        if path.suffix.lower() == ".xlsx":
            require_writable(path)
            files = {path: fact_workbook(opened, arguments.today(as_of))}
        else:
            files = {path / name: content for name, content in fact_files(opened).items()}
    if path not in files:
        path.mkdir(parents=True)
    for file, content in files.items():
        write_bytes(file, content)
    if as_json:
        print_json({"facts": [str(file) for file in files]})
    else:
        say(f"The facts are in {path}. Import them with: jarcycle import {path}")


def _to_stdout(made: Export, format: Format, version: int, as_json: bool) -> None:
    """The bytes as they are; with --json one document, which the two JSON formats are already."""
    if as_json and format not in DOCUMENTS:
        text = made.content.decode("utf-8")
        print_json({"plan": version, "format": format, "media_type": made.media_type, "content": text})
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(made.content)
    sys.stdout.buffer.flush()


def _size(num_bytes: int) -> str:
    return f"{max(1, round(num_bytes / 1000)):,} kB"
