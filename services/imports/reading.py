"""Reading one CSV file into checked rows: encoding, header, cells; everything wrong is collected, row by row."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from config.findings import nearest
from services.imports import rows
from services.imports.problems import CellError, ImportProblem
from services.imports.rows import Row
from services.imports.tables import TABLES, Table

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sheet:
    """What could be read of one file.

    Attributes
    ----------
    rows
        The rows that are right in themselves.
    cells
        Text by column of every row, also of rows that are wrong elsewhere, by row number: so that a
        reference to such a row is not reported as well.
    is_whole
        Whether the file and its header could be read; if not, nothing is said about what refers to it.
    """

    table: Table
    rows: tuple[Row, ...] = ()
    cells: tuple[tuple[int, dict[str, str]], ...] = ()
    is_whole: bool = False

    def known(self, column: str) -> set[str]:
        """All codes in a column."""
        return {cells[column] for _row, cells in self.cells if cells.get(column)}

    def codes(self, column: str) -> list[tuple[int, str]]:
        """(row number, code) for each code in a column; several in one cell are taken apart, blank ones left out."""
        is_list = self.table.model.model_fields[column].annotation == tuple[str, ...]
        found = []
        for row, cells in self.cells:
            text = cells.get(column, "")
            codes = [part.strip() for part in text.split(";")] if is_list else [text]
            found += [(row, code) for code in dict.fromkeys(codes) if code]
        return found


def read_sheet(folder: Path, table: Table) -> tuple[Sheet, list[ImportProblem]]:
    """Read a file of the folder.

    Returns
    -------
    What could be read, and everything wrong with it in itself.
    """
    if table.may_be_missing and not (folder / table.file).exists():
        return Sheet(table, is_whole=True), []
    text, problem = _decoded(folder / table.file)
    if problem is not None:
        return Sheet(table), [problem]
    records = list(csv.reader(io.StringIO(text, newline="")))
    if not any(cell.strip() for record in records for cell in record):
        return Sheet(table), [_about(table, "this file is empty.", _needs(table))]
    header = [name.strip() for name in records[0]]
    problems = _header_problems(table, header)
    if problems:
        return Sheet(table), problems
    found = [
        _read_row(table, header, row, record)
        for row, record in enumerate(records[1:], start=2)
        if any(record)
    ]
    cells = tuple((row, row_cells) for row, row_cells, _value, _problems in found)
    values = tuple(value for _row, _cells, value, _problems in found if value is not None)
    problems = [problem for *_, faults in found for problem in faults]
    if not found and not table.may_be_empty:
        problems.append(
            _about(
                table,
                "this file has a header but no rows.",
                "Add the rows; they may have been lost in copying.",
            )
        )
    return Sheet(table, values, cells, True), problems


def _decoded(path: Path) -> tuple[str, ImportProblem | None]:
    """The file's text, without a byte order mark."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        advice = "Check its name; if there is nothing to list, keep the file with its header only."
        return "", ImportProblem(path.name, None, "", "", "this file is missing.", advice)
    except OSError as fault:
        message = f"this file cannot be read ({fault.strerror})."
        return "", ImportProblem(path.name, None, "", "", message, "Check its permissions.")
    advice = "Save it again as 'CSV UTF-8'."
    if content.startswith(UTF16_MARKS) or b"\0" in content:
        return "", ImportProblem(path.name, None, "", "", "this is not a text file in UTF-8.", advice)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        byte = f"0x{content[fault.start]:02X}"
        return "", ImportProblem(path.name, row, "", byte, "this file is not in UTF-8.", advice)


def _header_problems(table: Table, header: list[str]) -> list[ImportProblem]:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        advice = "Save it again with commas between the columns."
        return [_in_header(table, "", header[0], "the columns are not separated by commas.", advice)]
    problems = []
    missing = [name for name in table.needed_columns if name not in header]
    for number, name in enumerate(header, start=1):
        if name and name not in table.columns:
            advice = nearest(name, [*missing, *(c for c in table.columns if c not in header)])
            problems.append(_in_header(table, name, name, "this column is unknown.", advice))
        elif not name:
            message = f"column {number} has no name."
            problems.append(_in_header(table, "", "", message, "Delete the empty column."))
        elif header.index(name) != number - 1:
            problems.append(_in_header(table, name, name, "this column is there twice.", "Delete one."))
    problems += [_in_header(table, name, "", "this column is missing.", "Add it.") for name in missing]
    return problems


def _read_row(
    table: Table, header: list[str], row: int, record: list[str]
) -> tuple[int, dict[str, str], Row | None, list[ImportProblem]]:
    cells = {name: cell.strip() for name, cell in zip(header, record, strict=False)}
    if (len(record) != len(header) and any(record[len(header) :])) or len(record) < len(header):
        message = f"this row has {len(record)} cells, the header {len(header)}."
        advice = "Put a cell that contains a comma in double quotes."
        return row, cells, None, [ImportProblem(table.file, row, "", "", message, advice)]
    given = {name: cell for name, cell in cells.items() if cell or name in table.needed_columns}
    try:
        return row, cells, table.model.model_validate({**given, "row": row}), []
    except ValidationError as fault:
        return row, cells, None, [_in_cell(table, row, cells, item) for item in fault.errors()]


def _in_cell(table: Table, row: int, cells: dict[str, str], item: Any) -> ImportProblem:
    column = str(item["loc"][0])
    value = cells.get(column, "")
    fault = item.get("ctx", {}).get("error")
    if isinstance(fault, CellError):
        return ImportProblem(table.file, row, column, value, fault.message, fault.advice)
    if not value:
        return ImportProblem(table.file, row, column, value, "this cell must not be blank.", "Fill it in.")
    if item["type"] == "literal_error":
        choices = [part.strip("' ") for part in item["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return ImportProblem(table.file, row, column, value, "this word is unknown.", nearest(value, choices))
    return ImportProblem(table.file, row, column, value, item["msg"], "Check the spelling.")


def _about(table: Table, message: str, advice: str) -> ImportProblem:
    return ImportProblem(table.file, None, "", "", message, advice)


def _in_header(table: Table, column: str, value: str, message: str, advice: str) -> ImportProblem:
    return ImportProblem(table.file, 1, column, value, message, advice)


def _needs(table: Table) -> str:
    return f"Start it with its header: {','.join(table.columns)}."


RowModel = TypeVar("RowModel", bound=rows.Row)


@dataclass(frozen=True)
class Batch:
    """The rows of all files, and a digest of the files' bytes (SHA-256) for the audit log."""

    programme: rows.ProgrammeRow
    areas: tuple[rows.AreaRow, ...]
    ratings: tuple[rows.RatingRow, ...]
    bodies: tuple[rows.BodyRow, ...]
    skills: tuple[rows.SkillRow, ...]
    inspectors: tuple[rows.InspectorRow, ...]
    absences: tuple[rows.AbsenceRow, ...]
    conflicts: tuple[rows.ConflictRow, ...]
    contacts: tuple[rows.ContactRow, ...]
    partner_groups: tuple[rows.PartnerGroupRow, ...]
    partner_members: tuple[rows.PartnerMemberRow, ...]
    school_holidays: tuple[rows.SchoolHolidayRow, ...]
    closures: tuple[rows.ClosureRow, ...]
    elections: tuple[rows.ElectionRow, ...]
    pools: tuple[rows.PoolRow, ...]
    inspections_due: tuple[rows.InspectionDueRow, ...]
    last_inspections: tuple[rows.LastInspectionRow, ...]
    past_reviews: tuple[rows.PastReviewRow, ...]
    past_teams: tuple[rows.PastTeamRow, ...]
    digest: str


def make_batch(sheets: Mapping[str, Sheet], digest: str) -> Batch:
    """The batch of sheets that are right; the programme's file has exactly one row."""
    parts: dict[str, Any] = {
        file.removesuffix(".csv"): sheet.rows for file, sheet in sheets.items() if file != "programme.csv"
    }
    programme = cast(rows.ProgrammeRow, sheets["programme.csv"].rows[0])
    return Batch(programme=programme, digest=digest, **parts)


def rows_of(sheet: Sheet, model: type[RowModel]) -> Sequence[RowModel]:
    """The rows of a sheet, known to be of one model."""
    return [row for row in sheet.rows if isinstance(row, model)]


def digest_of(folder: Path) -> str:
    """SHA-256 over names and contents of the import's files, missing ones left out."""
    digest = hashlib.sha256()
    for table in TABLES:
        path = folder / table.file
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{table.file} {len(content)}\n".encode() + content)
    return digest.hexdigest()
