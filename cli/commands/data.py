"""`init` and `import`: a new home, and facts from a folder of CSV files."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlmodel import Session

from cli import arguments
from cli.examples import example_folder, import_example
from cli.files import require_writable, write_bytes
from cli.shown.changes import changed
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from config.clock import Clock, read_clock, write_clock
from config.settings import home_settings
from models import Programme, session
from reports.words import date_in_words, list_in_words
from services.bootstrap import now, open_database
from services.imports import (
    ImportSummary,
    import_batch,
    in_words,
    read_folder,
    template_files,
    template_workbook,
)


def init(
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="Start with an example, such as england-2005.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Make no home, but empty import files: a new folder, or a workbook if PATH ends in .xlsx.",
        ),
    ] = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Create the home folder and its database; what is already there is left alone.

    Use it also to start afresh when a database is lost: every other command asks for a backup first.
    An example never replaces a programme of your own.
    """
    if template is not None:
        if example is not None:
            raise WrongUsage("an example needs no template. Leave out --template or --example.")
        _write_template(template, as_json)
        return
    summary = None
    if example is None:
        open_database(anew=True)
    else:
        example_folder(example)
        engine = open_database(anew=True)
        _must_not_replace(engine, example)
        summary = import_example(engine, example, arguments.person(who))
        _set_clock(engine)
    _report(summary, str(home_settings().home), as_json)


def import_(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Folder with the files of docs/import-format.md, or a workbook."
        ),
    ],
    dry_run: arguments.DryRun = False,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Replace the facts with those of a folder or a workbook: all of them or, if anything is wrong, none."""
    if not folder.exists():
        raise WrongUsage(f"there is no folder or workbook {folder}. Check the spelling.")
    batch = read_folder(folder)
    engine = open_database(make=not dry_run)

    def change(opened: Session) -> ImportSummary:
        summary = import_batch(opened, batch, arguments.person(who), now(), as_of=arguments.today(None))
        if dry_run and not as_json:
            _tell(summary)
        return summary

    summary = changed(engine, change, dry_run, as_json)
    _report(summary, str(home_settings().home), as_json)


def _write_template(path: Path, as_json: bool) -> None:
    """Empty import files at a path where nothing is yet."""
    if path.exists():
        raise WrongUsage(f"{path} is there already. Name another file or folder.")
    if path.suffix.lower() == ".xlsx":
        require_writable(path)
        write_bytes(path, template_workbook(arguments.today(None)))
        written = [path]
    else:
        path.mkdir(parents=True)
        written = [path / name for name in template_files()]
        for file, content in zip(written, template_files().values(), strict=True):
            write_bytes(file, content)
    if as_json:
        print_json({"template": [str(file) for file in written]})
    else:
        say(f"Fill in {path}, then run: jarcycle import {path}")


def _must_not_replace(engine: Engine, example: str) -> None:
    with session(engine, read_only=True) as opened:
        programme = opened.get(Programme, 1)
    if programme is not None and not programme.is_demo:
        raise WrongUsage(
            f"{home_settings().home} holds the programme '{programme.name}', which {example} would replace. "
            "Set JARCYCLE_HOME to another folder."
        )


def _set_clock(engine: Engine) -> None:
    """An example of the past lives on the day it was planned, and goes on from there day by day."""
    home = home_settings().home
    with session(engine, read_only=True) as opened:
        programme = opened.get(Programme, 1)
    if programme is not None and programme.is_demo and read_clock(home).is_real:
        write_clock(home, Clock.showing(programme.planned_on, now()))
        say(
            f"The clock of this home is set to {date_in_words(programme.planned_on)}; use --as-of for another day."
        )


def _report(summary: ImportSummary | None, home: str, as_json: bool) -> None:
    if as_json:
        print_json({"home": home, "import": summary})
        return
    if summary is not None:
        _tell(summary)
    say(f"The data is kept in {home}.")


def _tell(summary: ImportSummary) -> None:
    for remark in summary.remarks:
        say(f"Remark: {remark}")
    if summary.stale:
        versions = list_in_words([f"plan {version}" for version in summary.stale])
        was = "was" if len(summary.stale) == 1 else "were"
        say(f"Facts have changed since {versions} {was} made. Solve again.")
    rows = [
        (in_words(change.table), change.added, change.changed, change.removed) for change in summary.changes
    ]
    if told := [row for row in rows if any(row[1:])]:
        print_table("Facts", ("facts", "added", "changed", "removed"), told)
    else:
        say("Nothing had changed.")
