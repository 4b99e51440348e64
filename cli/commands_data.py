"""`init` and `import`: a new home, and facts from a folder of CSV files."""

from pathlib import Path
from typing import Annotated

import click
import typer
from sqlalchemy import Engine

from cli import options
from cli.output import print_json, print_table, say
from cli.wiring import open_database
from config.settings import home_settings
from services.imports import ImportSummary, import_folder

EXAMPLES = Path(__file__).parent.parent / "examples"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)
    app.command("import")(import_)


def init(
    example: Annotated[
        str | None, typer.Option(metavar="NAME", help="Start with an example, such as england-2005.")
    ] = None,
    as_json: options.Json = False,
    who: options.As = None,
) -> None:
    """Make the home folder and its database; nothing happens to what is there."""
    engine = open_database(make=True)
    home = str(home_settings().home)
    if example is None:
        _report(None, home, as_json)
        return
    _report(import_example(engine, example, options.person(who)), home, as_json)


def import_(
    folder: Annotated[Path, typer.Argument(help="Folder with the CSV files of docs/import-format.md.")],
    as_json: options.Json = False,
    who: options.As = None,
) -> None:
    """Make the facts equal to the files of a folder: all of them, or, if anything is wrong, none."""
    if not folder.is_dir():
        raise click.UsageError(f"{folder} is no folder. Maybe the name is misspelt.")
    summary = import_folder(open_database(make=True), folder, options.person(who), options.now())
    _report(summary, str(home_settings().home), as_json)


def import_example(engine: Engine, name: str, who: str) -> ImportSummary:
    """Import one of the examples that come with jarcycle."""
    folder = EXAMPLES / name
    known = sorted(path.name for path in EXAMPLES.glob("*/") if (path / "programme.csv").exists())
    if name not in known:
        raise click.UsageError(
            f"there is no example '{name}'. Maybe one of: {', '.join(known) or 'none is installed'}."
        )
    return import_folder(engine, folder, who, options.now())


def _report(summary: ImportSummary | None, home: str, as_json: bool) -> None:
    if as_json:
        print_json({"home": home, "import": summary})
        return
    if summary is not None:
        rows = [(change.table, change.added, change.changed, change.removed) for change in summary.changes]
        print_table("Imported", ("table", "added", "changed", "removed"), rows)
    say(f"The data lives in {home}.")
