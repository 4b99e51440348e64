"""What a table's file or sheet holds before anybody knows what it means: cells as text, by row."""

from dataclasses import dataclass

from services.imports.problems import ImportProblem

Record = tuple[int, list[str]]
"""Number of a row as a spreadsheet counts, and the text of its cells."""


@dataclass(frozen=True)
class Records:
    """The rows of one table, blank ones left out; `faults` are cells and rows that cannot be read as text."""

    rows: tuple[Record, ...] = ()
    faults: tuple[ImportProblem, ...] = ()
    is_there: bool = True


def without_blank(rows: list[Record]) -> tuple[Record, ...]:
    """The rows in which something stands."""
    return tuple((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
