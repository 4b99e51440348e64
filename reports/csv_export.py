"""A table as CSV that opens rightly in a spreadsheet: UTF-8 with a byte order mark, ISO dates, no formulas."""

import csv
import io

from reports.table import Table, in_words


def csv_bytes(table: Table) -> bytes:
    """The table with its headings, lines ended as RFC 4180 has it; the same table always gives the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([in_words(column) for column in table.columns])
    writer.writerows([in_words(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")
