"""`inspections`: other inspections in an area, what becomes of them, and their import."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.files import require_writable, write_bytes
from cli.shown.output import print_json, print_table, say
from models import session
from reports.tables_as_page import tables_html
from reports.words import plural
from services.bootstrap import open_database
from services.imports.inspection_files import ImportedInspections, import_inspections, read_inspections
from services.naming.areas import find_area
from services.shown.inspection_tables import statement_sentences, statement_tables, statement_title
from services.shown.inspections import statement_of
from services.shown.shown_plan import Audience


def statement(
    area: Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")],
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as a page to be printed, such as york.html.")
    ] = None,
    for_authority: Annotated[
        bool, typer.Option("--for-authority", help="Only what its authority may know.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show which inspections there are besides the review, what becomes of each, and what is due in an area."""
    audience = Audience.AUTHORITY if for_authority else Audience.INSPECTORATE
    if output is not None:
        require_writable(output)
    with session(open_database(), read_only=True) as opened:
        shown = statement_of(opened, find_area(opened, area), arguments.today(as_of), audience)
    title, sentences = statement_title(shown), statement_sentences(shown)
    tables = statement_tables(shown, audience)
    if output is not None:
        write_bytes(output, tables_html(title, sentences, tables))
    if as_json:
        print_json({"file": output and str(output), "statement": shown})
        return
    if output is not None:
        say(f"{output}: {title}.")
        return
    for table in tables:
        print_table(table.name, table.columns, table.rows)
    for sentence in sentences:
        say(sentence)


@changing("")
def import_(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Folder with the files of other inspections, or a workbook."),
    ],
    *,
    asked: Asked,
) -> None:
    """Import what is due besides the review and what was found: of the areas in the files, all of it or nothing."""
    batch = read_inspections(folder)

    def change(opened: Session) -> ImportedInspections:
        return import_inspections(opened, batch, asked.word)

    done = asked.changed(change, lambda answer: [_imported(answer)])
    if asked.as_json:
        print_json(done)
        return
    say(_imported(done))


def _imported(done: ImportedInspections) -> str:
    return f"{plural(done.inspections, 'inspection')} due, {plural(done.results, 'result')} of settings."
