"""Reading the sheets of a workbook (XLSX) as text: days as days, whole numbers without a point, no formulas."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from services.imports.csv_files import UnreadableFile, read_bytes
from services.imports.problems import ImportProblem
from services.imports.records import Record, Records, without_blank

MOST_UNPACKED_BYTES = 200_000_000
LEADING_ZEROS = re.compile(r"0{2,}")


class Workbook:
    """A workbook that has been opened; `place` is how findings call its sheets."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises
        ------
        UnreadableFile
            If it is no workbook.
        """
        self._name = path.name
        content = read_bytes(path)
        # What is calculated, and how: a formula that nobody has calculated yet has no value.
        self._values, self._formulas = _opened(path, content, True), _opened(path, content, False)

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets."""
        return [sheet.title for sheet in self._values.worksheets]

    def place(self, sheet: str) -> str:
        """A sheet, as findings call it."""
        return f"{self._name}, sheet {sheet}"

    def records(self, sheet: str) -> Records:
        """The rows of a sheet."""
        rows: list[Record] = []
        faults: list[ImportProblem] = []
        both = zip(self._values[sheet].iter_rows(), self._formulas[sheet].iter_rows(), strict=False)
        for number, (cells, formulas) in enumerate(both, start=1):
            rows.append((number, [_text(cell) for cell in cells]))
            faults += _faults(self.place(sheet), number, cells, formulas)
        return Records(without_blank(rows), tuple(faults))


def _opened(path: Path, content: bytes, are_calculated: bool) -> Any:
    import openpyxl  # takes long to import, and few need it

    _refuse_bomb(path, content)
    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=are_calculated)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        message, advice = (
            "this is not a workbook that can be read.",
            "Save it again as 'Excel Workbook (.xlsx)'.",
        )
        raise UnreadableFile(ImportProblem(path.name, None, "", "", message, advice)) from None


def _refuse_bomb(path: Path, content: bytes) -> None:
    """A small file that would unpack to more than memory holds is not unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return  # whoever opens it says so
    if size > MOST_UNPACKED_BYTES:
        most = MOST_UNPACKED_BYTES // 1_000_000
        message = f"it would unpack to {size // 1_000_000} MB, more than the {most} that are read."
        raise UnreadableFile(ImportProblem(path.name, None, "", "", message, "Send it in several files."))


def _faults(place: str, number: int, cells: Any, formulas: Any) -> Iterator[ImportProblem]:
    for cell, formula in zip(cells, formulas, strict=False):
        where = f"{cell.column_letter}{number}" if cell.value is not None else f"row {number}"
        if cell.data_type == "e":
            message = f"cell {where} holds an error instead of a value."
            yield ImportProblem(place, number, "", str(cell.value), message, "Correct its formula.")
        elif formula.data_type == "f" and cell.value is None:
            message = f"cell {formula.column_letter}{number} holds a formula that was never calculated."
            advice = "Open the workbook in a spreadsheet and save it, or write the value."
            yield ImportProblem(place, number, "", str(formula.value), message, advice)


def _text(cell: Any) -> str:
    """A cell as it would stand in a CSV file."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    """A number as people see it: 0.8 as 80 where it is shown in per cent, 7 as 007 where it is shown so."""
    if "%" in number_format:
        value = round(value * 100, 9)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and LEADING_ZEROS.fullmatch(number_format):
        return f"{value:0{len(number_format)}d}"
    return repr(value)
