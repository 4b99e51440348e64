"""What can be wrong with imported files: always file, row, column, value, fact and advice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.words import list_in_words
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
        return self.in_rows([] if self.row is None else [self.row])

    def in_rows(self, rows: Sequence[int]) -> str:
        """The line that says it of several rows at once."""
        place = self.file
        if rows:
            place += f", {rows_in_words(rows)}"
        if self.column:
            place += f", column {self.column}"
        shown = f" (given: '{self.value}')" if self.value else ""
        return f"{place}: {self.message}{shown}" + (f" {self.advice}" if self.advice else "")


def no_such_activity(file: str, row: int, kind: str | None, code: str) -> ImportProblem:
    """A row means an activity that its area does not have."""
    message = f"the area has no such activity ({code})."
    return ImportProblem(file, row, "kind", kind or "", message, "Check kind and round, or delete the row.")


class ImportRefused(WithFindings):
    """An import of which nothing was applied; `findings` lists everything wrong with it, row by row."""

    @property
    def lines(self) -> list[str]:
        """The same for people: what is wrong in many rows in the same way takes one line."""
        return list(_lines(self.findings))


def rows_in_words(rows: Sequence[int]) -> str:
    """'row 2', 'rows 2 to 8 and 12': numbers of rows, in ascending order."""
    spans = []
    for _offset, numbers in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        span = [row for _index, row in numbers]
        if len(span) > 2:
            spans.append(f"{span[0]} to {span[-1]}")
        else:
            spans += [str(row) for row in span]
    return f"{'row' if len(rows) == 1 else 'rows'} {list_in_words(spans)}"


def _lines(problems: Iterable[ImportProblem]) -> Iterator[str]:
    alike: dict[tuple[str, ...], list[ImportProblem]] = {}
    for problem in problems:
        key = (problem.file, problem.column, problem.value, problem.message, problem.advice)
        alike.setdefault(key, []).append(problem)
    for found in alike.values():
        yield found[0].in_rows(sorted({problem.row for problem in found if problem.row is not None}))
