"""What must hold between rows and files: nothing twice, nothing unknown, days in order."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from config.findings import nearest
from services.imports.problems import ImportProblem
from services.imports.reading import Sheet
from services.imports.rows import AreaRow

Sheets = Mapping[str, Sheet]

MOST_LISTED = 12
"""So many known names are listed in an advice."""


def check_sheets(sheets: Sheets) -> Iterator[ImportProblem]:
    """Everything that follows from the layout of the files alone."""
    for sheet in sheets.values():
        yield from _twice(sheet)
        yield from _backwards(sheet)
        yield from _unknown(sheet, sheets)


def _twice(sheet: Sheet) -> Iterator[ImportProblem]:
    for columns in sheet.table.unique:
        first: dict[tuple[str, ...], int] = {}
        for row, cells in sheet.cells:
            key = tuple(cells.get(column, "") for column in columns)
            alike = tuple(map(str.casefold, key))
            if not any(key):
                continue
            if alike in first:
                text = ", ".join(key)
                message = f"duplicate of row {first[alike]}."
                advice = "Delete one of the rows."
                yield ImportProblem(sheet.table.file, row, columns[0], text, message, advice)
            first.setdefault(alike, row)


def _backwards(sheet: Sheet) -> Iterator[ImportProblem]:
    for earlier, later in sheet.table.ordered:
        for row in sheet.rows:
            begin, end = getattr(row, earlier), getattr(row, later)
            if isinstance(begin, date) and isinstance(end, date) and end < begin:
                message = f"it is earlier than {earlier} ({begin.isoformat()})."
                advice = "Check whether the two were swapped."
                yield ImportProblem(sheet.table.file, row.row, later, end.isoformat(), message, advice)


def _unknown(sheet: Sheet, sheets: Sheets) -> Iterator[ImportProblem]:
    for column, file, column_there in sheet.table.refers:
        target = sheets[file]
        if not target.is_whole:
            continue
        known = target.known(column_there)
        labels = _labels(target)
        for row, code in sheet.codes(column):
            if code not in known:
                message = f"{file} has no such {column_there}."
                yield ImportProblem(
                    sheet.table.file, row, column, code, message, _similar(code, known, labels)
                )


def _labels(sheet: Sheet) -> dict[str, str]:
    """Other names under which a code might have been written: an area's GSS code and name."""
    areas = (row for row in sheet.rows if isinstance(row, AreaRow))
    return {label.lower(): area.code for area in areas for label in (area.gss_code, area.name)}


def _similar(code: str, known: Iterable[str], labels: Mapping[str, str]) -> str:
    if code.lower() in labels:
        return f"Use '{labels[code.lower()]}'."
    names = sorted(known)
    if len(names) > MOST_LISTED and not get_close_matches(code, names, n=1):
        return "Check the spelling, or add the row there."
    return nearest(code, names)
