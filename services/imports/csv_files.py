"""Reading a CSV file as text: its encoding, and quotation marks that are never closed."""

import csv
import io
from pathlib import Path

from config.text_files import decoded
from services.imports.problems import ImportProblem
from services.imports.records import Record, Records, without_blank

SAVE_AGAIN = "Save it again as 'CSV UTF-8'."
CLOSE = 'Close it; a quotation mark within a cell is written twice: "".'


class UnreadableFile(Exception):
    """A file of which nothing can be read; `finding` says why."""

    def __init__(self, finding: ImportProblem) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_csv(path: Path) -> Records:
    """The rows of a CSV file, with or without a byte order mark.

    Raises
    ------
    UnreadableFile
        With the row as far as that is known.
    """
    rows: list[Record] = []
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append((number, cells))
    except csv.Error as fault:
        # Until a quotation mark is closed the rest of the file is one cell; only the row in which that begins is known.
        message = "a quotation mark in this row is not closed, or stands where it may not."
        if "unexpected end" in str(fault) or "field limit" in str(fault):
            message = "a quotation mark in this row is never closed."
        raise UnreadableFile(ImportProblem(path.name, len(rows) + 1, "", "", message, CLOSE)) from None
    return Records(without_blank(rows))


def _text(path: Path) -> str:
    content = read_bytes(path)
    if content.startswith(b"PK\x03\x04"):
        message, advice = "this is a workbook, not a text file.", f"Call it {path.stem}.xlsx."
        raise UnreadableFile(ImportProblem(path.name, None, "", "", message, advice))
    try:
        text = decoded(content)
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        byte = f"0x{content[fault.start]:02X}"
        message = f"this file is not in {'UTF-16' if fault.encoding.startswith('utf-16') else 'UTF-8'}."
        raise UnreadableFile(ImportProblem(path.name, row, "", byte, message, SAVE_AGAIN)) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        message = "this is not a text file in UTF-8."
        raise UnreadableFile(ImportProblem(path.name, row, "", "", message, SAVE_AGAIN))
    return text


def read_bytes(path: Path) -> bytes:
    """A file's bytes; UnreadableFile if the system does not give them."""
    try:
        return path.read_bytes()
    except OSError as fault:
        message = f"this file cannot be read ({fault.strerror})."
        raise UnreadableFile(
            ImportProblem(path.name, None, "", "", message, "Check its permissions.")
        ) from None
