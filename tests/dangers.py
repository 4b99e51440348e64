"""What in a file would be run by whoever opens it, or is a line that nobody meant to write."""

import csv
import io
import re
from xml.etree import ElementTree

import openpyxl

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", " =")
"""With which a spreadsheet takes a cell of a file for a formula (OWASP, CSV injection)."""

FORMULA = "cmd|' /C calc'!A0 "


def in_csv(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if _is_formula(cell)]


def _is_formula(cell: str) -> bool:
    return cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not re.fullmatch(
        r"-\d+(\.\d+)?", cell
    )


def in_workbook(content: bytes) -> list[str]:
    """Formulas, and texts that become one as soon as somebody edits the cell."""
    return [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        or (isinstance(cell.value, str) and _is_formula(cell.value) and not cell.quotePrefix)
    ]


def in_calendar(content: bytes) -> list[str]:
    lines = re.sub(r"\r\n[ \t]", "", content.decode()).split("\r\n")
    return [line for line in lines if line and not re.match(r"(?!ATTENDEE|X-MORE)[A-Z][A-Z-]*[;:]", line)] + [
        line for line in lines if "\r" in line or "\n" in line
    ]


def in_picture(content: bytes) -> list[str]:
    return [
        tag.tag for tag in ElementTree.fromstring(content).iter() if tag.tag.rpartition("}")[2] == "script"
    ]
