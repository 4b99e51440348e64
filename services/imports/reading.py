"""Reading the rows of one table into checked ones: header, cells; everything wrong is collected, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from config.findings import InvalidText, nearest
from reports.words import plural
from services.imports import rows
from services.imports.cells import clean
from services.imports.csv_files import UnreadableFile
from services.imports.headers import Header, read_header
from services.imports.problems import ImportProblem
from services.imports.records import Record
from services.imports.rows import Row
from services.imports.sources import Source
from services.imports.tables import Table


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
    remarks
        What a person should know, and nothing that is wrong.
    is_there
        Whether there is such a file: one that may be left out says nothing then.
    is_whole
        Whether the file and its header could be read, and the rows that it needs are there; if not, nothing is said
        about what refers to it.
    """

    table: Table
    rows: tuple[Row, ...] = ()
    cells: tuple[tuple[int, dict[str, str]], ...] = ()
    is_whole: bool = False
    is_there: bool = True
    remarks: tuple[ImportProblem, ...] = ()

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


def read_sheet(source: Source, table: Table) -> tuple[Sheet, list[ImportProblem]]:
    """Read a table of a source.

    Returns
    -------
    What could be read, and everything wrong with it in itself.
    """
    try:
        records = source.records(table)
    except UnreadableFile as fault:
        return Sheet(table), [replace(fault.finding, file=table.file)]
    if not records.is_there:
        return Sheet(table, is_whole=True, is_there=False), []
    if records.faults:
        return Sheet(table), [replace(fault, file=table.file) for fault in records.faults]
    if not records.rows:
        return Sheet(table), [_about(table, "this file is empty.", _needs(table))]
    header, problems, remarks = read_header(table, table.file, records.rows)
    if header is None:
        return Sheet(table), problems
    return _read_rows(table, header, records.rows[1:], remarks)


def _read_rows(
    table: Table, header: Header, records: Sequence[Record], remarks: Sequence[ImportProblem]
) -> tuple[Sheet, list[ImportProblem]]:
    found = [_read_row(table, header, row, record) for row, record in records]
    cells = tuple((row, row_cells) for row, row_cells, _value, _problems in found)
    values = tuple(value for _row, _cells, value, _problems in found if value is not None)
    problems = [problem for *_, faults in found for problem in faults]
    if not found and not table.may_be_empty:
        return without_rows(table)
    return Sheet(table, values, cells, is_whole=True, remarks=tuple(remarks)), problems


def without_rows(table: Table) -> tuple[Sheet, list[ImportProblem]]:
    """A table of which there is only the header, though it needs rows."""
    advice = "Add the rows; they may have been lost in copying."
    return Sheet(table), [_about(table, "this file has a header but no rows.", advice)]


def _read_row(
    table: Table, header: Header, row: int, record: list[str]
) -> tuple[int, dict[str, str], Row | None, list[ImportProblem]]:
    width = len(header.columns)
    given = dict(zip(header.columns, record, strict=False))
    given.pop("", None)
    if any(cell.strip() for cell in record[width:]) or len(record) < width:
        return row, given, None, [_other_width(table, row, len(record), width)]
    cells, problems = _cleaned(table, row, given)
    if problems:
        return row, cells, None, problems
    needed = {name: cell for name, cell in cells.items() if cell or name in table.needed_columns}
    try:
        return row, cells, table.model.model_validate({**needed, "row": row}), []
    except ValidationError as fault:
        return row, cells, None, [_in_cell(table, row, cells, item) for item in fault.errors()]


def _other_width(table: Table, row: int, count: int, width: int) -> ImportProblem:
    """A row that has other cells than the header."""
    message = f"this row has {plural(count, 'cell')}, the header {width}."
    advice = "Put a cell that contains a comma in double quotes."
    if count < width:
        advice = "Fill it up: a cell that is blank keeps its comma."
    return ImportProblem(table.file, row, "", "", message, advice)


def _cleaned(table: Table, row: int, given: Mapping[str, str]) -> tuple[dict[str, str], list[ImportProblem]]:
    """The cells as people see them."""
    cells: dict[str, str] = {}
    problems = []
    for column, cell in given.items():
        try:
            cells[column] = clean(cell)
        except InvalidText as fault:
            cells[column] = ""
            problems.append(ImportProblem(table.file, row, column, "", fault.message, fault.advice))
    return cells, problems


def _in_cell(table: Table, row: int, cells: dict[str, str], item: Any) -> ImportProblem:
    column = str(item["loc"][0])
    value = cells.get(column, "")
    fault = item.get("ctx", {}).get("error")
    if isinstance(fault, InvalidText):
        return ImportProblem(table.file, row, column, value, fault.message, fault.advice)
    if not value:
        return ImportProblem(table.file, row, column, value, "this cell must not be blank.", "Fill it in.")
    if item["type"] == "literal_error":
        choices = [part.strip("' ") for part in item["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return ImportProblem(table.file, row, column, value, "this word is unknown.", nearest(value, choices))
    return ImportProblem(table.file, row, column, value, item["msg"], "Check the spelling.")


def _about(table: Table, message: str, advice: str) -> ImportProblem:
    return ImportProblem(table.file, None, "", "", message, advice)


def _needs(table: Table) -> str:
    return f"Start it with its header: {','.join(table.columns)}."


RowModel = TypeVar("RowModel", bound=rows.Row)


@dataclass(frozen=True)
class Batch:
    """The rows of all files, remarks, and the files left out; `digest` (SHA-256) and `place` are for the audit log."""

    programme: rows.ProgrammeRow
    areas: tuple[rows.AreaRow, ...]
    ratings: tuple[rows.RatingRow, ...]
    comparators: tuple[rows.ComparatorRow, ...]
    bodies: tuple[rows.BodyRow, ...]
    skills: tuple[rows.SkillRow, ...]
    inspectors: tuple[rows.InspectorRow, ...]
    absences: tuple[rows.AbsenceRow, ...]
    leave: tuple[rows.LeaveRow, ...]
    conflicts: tuple[rows.ConflictRow, ...]
    contacts: tuple[rows.ContactRow, ...]
    partners: tuple[rows.PartnerRow, ...]
    partner_groups: tuple[rows.PartnerGroupRow, ...]
    partner_members: tuple[rows.PartnerMemberRow, ...]
    school_holidays: tuple[rows.SchoolHolidayRow, ...]
    one_off_days: tuple[rows.OneOffDayRow, ...]
    closures: tuple[rows.ClosureRow, ...]
    elections: tuple[rows.ElectionRow, ...]
    pools: tuple[rows.PoolRow, ...]
    inspections_due: tuple[rows.InspectionDueRow, ...]
    last_inspections: tuple[rows.LastInspectionRow, ...]
    pins: tuple[rows.PinRow, ...]
    scopes: tuple[rows.ScopeRow, ...]
    past_reviews: tuple[rows.PastReviewRow, ...]
    past_teams: tuple[rows.PastTeamRow, ...]
    digest: str
    place: str
    remarks: tuple[ImportProblem, ...] = ()
    absent: frozenset[str] = frozenset()


def make_batch(
    sheets: Mapping[str, Sheet], digest: str, place: str, remarks: tuple[ImportProblem, ...] = ()
) -> Batch:
    """The batch of sheets that are right; the programme's file has exactly one row."""
    parts: dict[str, Any] = {
        file.removesuffix(".csv"): sheet.rows for file, sheet in sheets.items() if file != "programme.csv"
    }
    programme = cast(rows.ProgrammeRow, sheets["programme.csv"].rows[0])
    absent = frozenset(file for file, sheet in sheets.items() if not sheet.is_there)
    return Batch(programme=programme, digest=digest, place=place, remarks=remarks, absent=absent, **parts)


def rows_of(sheet: Sheet, model: type[RowModel]) -> Sequence[RowModel]:
    """The rows of a sheet, known to be of one model."""
    return [row for row in sheet.rows if isinstance(row, model)]
