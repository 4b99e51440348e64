"""Empty import files to fill in: every table with its header, as CSV files or as the sheets of one workbook."""

from datetime import date

from pydantic.fields import FieldInfo

from reports.csv_export import csv_bytes
from reports.table import Table as PrintedTable
from services.imports.tables import TABLES, Table


def template_files() -> dict[str, bytes]:
    """The content of each CSV file, by its name."""
    return {table.file: csv_bytes(_printed(table)) for table in TABLES}


def template_workbook(as_of: date) -> bytes:
    """A workbook with a sheet for each table; notes at the headings say what belongs there."""
    from reports.xlsx import workbook_bytes  # openpyxl takes long to import

    return workbook_bytes(map(_printed, TABLES), "Facts of a programme", as_of)


def _printed(table: Table) -> PrintedTable:
    fields = table.model.model_fields
    return PrintedTable(
        name=table.name,
        columns=table.columns,
        notes=tuple(_note(fields[column]) for column in table.columns),
    )


def _note(field: FieldInfo) -> str:
    words = (field.description or "").replace("`", "")
    return f"{words} (needed)" if field.is_required() else words
