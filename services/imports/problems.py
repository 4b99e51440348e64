"""What can be wrong with imported files: always file, row, column, value, fact and advice."""

from dataclasses import dataclass

from scheduler.values.errors import WithFindings


@dataclass(frozen=True)
class ImportProblem:
    """One thing wrong with an import.

    `row` counts as a spreadsheet does, the header being row 1; None if the whole file is meant. `column` and
    `value` are empty where no single cell is meant.
    """

    file: str
    row: int | None
    column: str
    value: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        shown = f" (given: '{self.value}')" if self.value else ""
        return f"{place}: {self.message}{shown}" + (f" {self.advice}" if self.advice else "")


class ImportRefused(WithFindings):
    """An import of which nothing was applied; `findings` lists everything wrong with it."""
