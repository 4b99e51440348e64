"""A table as a value: what CSV and XLSX both write, and the rule that keeps a cell from becoming a formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reports.markup import without_control_characters
from reports.values import InvalidReport

Cell = str | int | float | bool | date | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters a spreadsheet takes for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    Named columns and rows of cells.

    Parameters
    ----------
    name
        Name of the sheet: at most 31 characters.
    columns
        Headings; each row has one cell for each.
    notes
        What each column is for, where a format can say it beside its heading; none, or one for each.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wrong = [index for index, row in enumerate(self.rows, start=1) if len(row) != len(self.columns)]
        if wrong:
            raise InvalidReport(
                f"Table {self.name}: row {wrong[0]} has {len(self.rows[wrong[0] - 1])} cells, but there are "
                f"{len(self.columns)} columns. Add a cell for each column."
            )


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that reads the text from a file without types would run it."""
    return text.lstrip(" ").startswith(_FORMULA_STARTS)


def neutralised(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would run it as a formula."""
    clean = without_control_characters(text)
    return f"'{clean}" if is_like_a_formula(clean) else clean


def in_words(cell: Cell, date_form: Callable[[date], str] = date.isoformat) -> str:
    """A cell as text: dates in `date_form`, truths as yes and no, nothing as empty; texts neutralised."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return date_form(cell)
    return neutralised(cell) if isinstance(cell, str) else str(cell)
