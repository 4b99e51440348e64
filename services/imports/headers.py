"""Finding the header of a table, and its columns: in any letters, below blank rows, and nowhere else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from config.findings import nearest
from services.imports.problems import ImportProblem
from services.imports.records import Record
from services.imports.tables import Table

MOST_ROWS_ABOVE = 20
"""So far down a header is looked for, to name its row."""


@dataclass(frozen=True)
class Header:
    """The row of a header, and the table's name of each column; an empty one is passed over."""

    row: int
    columns: tuple[str, ...]


def read_header(
    table: Table, place: str, rows: Sequence[Record]
) -> tuple[Header | None, list[ImportProblem], list[ImportProblem]]:
    """The header, if there is a right one; what is wrong with it; and remarks."""
    number, cells = rows[0]
    below = _row_below(table, rows)
    if below is not None:
        message = f"the header is in row {below}, and something else stands above it."
        advice = "Delete the rows above the header."
        return None, [ImportProblem(place, below, "", "", message, advice)], []
    if len(cells) == 1 and (";" in cells[0] or "\t" in cells[0]):
        advice = "Save it again with commas between the columns."
        message = "the columns are not separated by commas."
        return None, [ImportProblem(place, number, "", cells[0], message, advice)], []
    names = _names(table, cells)
    if any(names) and not set(names) & {*table.columns, *(column for column, _message in table.not_kept)}:
        return None, [_no_header(table, place, number)], []
    problems = _problems(table, place, number, names, rows[1:])
    remarks = [
        ImportProblem(place, number, column, "", message)
        for column, message in table.not_kept
        if column in names
    ]
    kept = tuple(name if name in table.columns else "" for name in names)
    return (None if problems else Header(number, kept)), problems, remarks


def _no_header(table: Table, place: str, number: int) -> ImportProblem:
    """Rows without a header: one finding, rather than one for each of their cells."""
    advice = f"Put the names of the columns above it: {','.join(table.columns)}."
    return ImportProblem(place, number, "", "", "this row names no column of the file.", advice)


def _names(table: Table, cells: Sequence[str]) -> list[str]:
    """The table's column that each cell means, whatever its letters: 'First day' is first_day; else the cell."""
    known = {*table.columns, *(column for column, _message in table.not_kept)}
    texts = [cell.strip() for cell in cells]
    plain = [re.sub(r"[\W_]+", "_", text.lower()).strip("_") for text in texts]
    return [name if name in known else text for name, text in zip(plain, texts, strict=True)]


def _row_below(table: Table, rows: Sequence[Record]) -> int | None:
    """The row of a header that stands below something else."""
    columns = table.columns
    counts = [sum(name in columns for name in _names(table, cells)) for _row, cells in rows[:MOST_ROWS_ABOVE]]
    best = max(range(len(counts)), key=lambda index: counts[index])
    is_better = counts[best] > max(1, counts[0]) or (counts[best] == 1 == len(table.columns))
    return rows[best][0] if best > 0 and is_better else None


def _problems(
    table: Table, place: str, number: int, names: list[str], rows: Sequence[Record]
) -> list[ImportProblem]:
    problems = []
    missing = [name for name in table.needed_columns if name not in names]
    passed_over = [column for column, _message in table.not_kept]
    for index, name in enumerate(names):
        if name and names.index(name) != index:
            problems.append(
                _in_header(place, number, name, name, "this column is there twice.", "Delete one.")
            )
        elif name and name not in table.columns and name not in passed_over:
            advice = nearest(name, [*missing, *(c for c in table.columns if c not in names)])
            problems.append(_in_header(place, number, name, name, "this column is unknown.", advice))
        elif not name and any(index < len(cells) and cells[index].strip() for _number, cells in rows):
            message = f"column {index + 1} has no name."
            problems.append(_in_header(place, number, "", "", message, "Name it, or delete the column."))
    return problems + [
        _in_header(place, number, name, "", "this column is missing.", "Add it.") for name in missing
    ]


def _in_header(place: str, number: int, column: str, value: str, message: str, advice: str) -> ImportProblem:
    return ImportProblem(place, number, column, value, message, advice)
