"""Files that were refused, given back as a workbook in which each row says what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from reports.table import Table as Sheet
from reports.xlsx import workbook_bytes
from services.doors import on_page
from services.imports.csv_files import UnreadableFile
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.records import Record
from services.imports.sources import Source
from services.imports.tables import TABLES, Table
from services.imports.uploads import upload_source

WRONG, REST = "what is wrong", "Other problems"


def marked_workbook(
    session: Session, sent: Mapping[str, bytes], problems: Sequence[ImportProblem], today: date
) -> bytes:
    """A sheet for each file in which something is wrong: its rows as they came, and one more column that says what.

    What is about no row of a file that can be read stands on a sheet of its own, first.

    Parameters
    ----------
    sent
        The content of each file by its name.
    """
    by_place: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        by_place[problem.file][problem.row or 0].append(_in_words(problem))
    sheets = list(_sheets(session, sent, by_place))
    rest = [
        (place, text) for place, by_row in by_place.items() for found in by_row.values() for text in found
    ]
    if rest:
        sheets.insert(0, Sheet(name=REST, columns=("file", WRONG), rows=tuple(rest)))
    return workbook_bytes(sheets, "Files to be mended", today)


def _sheets(
    session: Session, sent: Mapping[str, bytes], by_place: Mapping[str, dict[int, list[str]]]
) -> Iterator[Sheet]:
    """A sheet for each table with a row in which something is wrong; none where no file is one of a table."""
    try:
        with upload_source(session, sent) as source:
            for table in TABLES:
                rows = _rows(source, table) if source.place(table) in by_place else ()
                if rows:
                    yield _marked(table.name, rows, by_place[source.place(table)])
    except ImportRefused:
        return


def _rows(source: Source, table: Table) -> tuple[Record, ...]:
    """The rows of a table with its header; none where they can't be read."""
    try:
        return source.records(table).rows
    except UnreadableFile:
        return ()


def _marked(name: str, rows: Sequence[Record], by_row: dict[int, list[str]]) -> Sheet:
    """The rows with what is wrong with each; those that are told here are taken out of `by_row`."""
    width = max(len(cells) for _number, cells in rows)
    padded = [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows]
    (_first, header), *records = padded
    told = tuple((*cells, " ".join(by_row.pop(number, ()))) for number, cells in records)
    return Sheet(name=name, columns=(*header, WRONG), rows=told)


def _in_words(problem: ImportProblem) -> str:
    about = f"{problem.column}: " if problem.column else ""
    return f"{about}{problem.message} {on_page(problem.advice)}".strip()
