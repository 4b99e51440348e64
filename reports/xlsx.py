"""A plan as a workbook planners can filter and sort: real dates, frozen panes, no formulas."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from reports.markup import without_control_characters
from reports.plan_tables import (
    PlanBook,
    deadline_table,
    evidence_table,
    programme_table,
    team_table,
)
from reports.table import Cell, Table, in_words, is_like_a_formula, neutralised
from reports.words import date_in_words

_DATE_FORMAT = "d mmmm yyyy"
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="062447")
_NARROWEST, _WIDEST = 9, 60
_CORE_PROPERTIES = "docProps/core.xml"
_EARLIEST_ZIP_YEAR = 1980


def plan_workbook(book: PlanBook, as_of: date) -> bytes:
    """
    The workbook with the sheets Programme, Teams, Deadlines, Evidence and About.

    Parameters
    ----------
    as_of
        The day the workbook speaks of; also its date of creation, so that the same plan gives the same bytes.
    """
    tables = (
        programme_table(book.programme),
        team_table(book.teams),
        deadline_table(book.deadlines),
        evidence_table(book.evidence),
    )
    return workbook_bytes((*tables, _about_table(book, as_of)), book.title, as_of)


def workbook_bytes(tables: Iterable[Table], title: str, as_of: date) -> bytes:
    """Any tables as a workbook, a sheet each: head frozen and filtered, columns as wide as their contents."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        _fill(workbook.create_sheet(table.name), table)
    workbook.properties.title = neutralised(title)
    workbook.properties.creator = "jarcycle"
    raw = io.BytesIO()
    workbook.save(raw)
    instant = datetime.combine(as_of, time())
    workbook.properties.created = workbook.properties.modified = instant
    return _with_fixed_times(raw.getvalue(), tostring(workbook.properties.to_tree()), instant)


def _about_table(book: PlanBook, as_of: date) -> Table:
    facts: tuple[tuple[Cell, ...], ...] = (
        ("Plan", book.title),
        ("As of", date_in_words(as_of)),
        ("Stages", len(book.programme)),
        ("Team places", len(book.teams)),
        ("Deadlines and due dates", len(book.deadlines)),
        *book.about,
        ("Last days", "are included: a stage lasts from its first to its last day"),
    )
    return Table(name="About", columns=("What", "Value"), rows=facts)


def _fill(sheet: Worksheet, table: Table) -> None:
    for number, column in enumerate(table.columns, start=1):
        _set(sheet, 1, number, column)
        head = sheet.cell(1, number)
        head.font, head.fill = _HEAD_FONT, _HEAD_FILL
    for number, note in enumerate(table.notes, start=1):
        sheet.cell(1, number).comment = Comment(note, "jarcycle")
    for line, row in enumerate(table.rows, start=2):
        for number, value in enumerate(row, start=1):
            _set(sheet, line, number, value)
    sheet.freeze_panes = "C2" if len(table.columns) > 2 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _set_widths(sheet, table)


def _set(sheet: Worksheet, line: int, number: int, value: Cell) -> None:
    """Write one cell: dates and numbers as such, everything else as text that is never a formula."""
    cell = sheet.cell(line, number)
    if isinstance(value, str):
        text = without_control_characters(value)
        cell.value = text
        if text:
            cell.data_type = "s"
            cell.quotePrefix = is_like_a_formula(text)  # nor does it become one when somebody edits it
    else:
        cell.value = in_words(value) if isinstance(value, bool) else value
    if isinstance(value, date):
        cell.number_format = _DATE_FORMAT


def _set_widths(sheet: Worksheet, table: Table) -> None:
    for number, column in enumerate(table.columns):
        longest = max((len(in_words(row[number], date_in_words)) for row in table.rows), default=0)
        width = min(max(longest, len(column) + 4, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width + 1


def _with_fixed_times(archive: bytes, core_properties: bytes, instant: datetime) -> bytes:
    """The same archive with every time in it set to `instant`: openpyxl stamps the clock on all of them."""
    moment = max(instant, datetime(_EARLIEST_ZIP_YEAR, 1, 1))
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = core_properties if name == _CORE_PROPERTIES else source.read(name)
            target.writestr(entry, content)
    return result.getvalue()
