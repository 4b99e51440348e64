"""Where the tables of an import come from: a folder of CSV files and workbooks, or one workbook of many sheets."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from config.findings import nearest
from services.imports.csv_files import UnreadableFile, read_bytes, read_csv
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.records import Records
from services.imports.tables import TABLES, Table
from services.imports.workbooks import Workbook

ENDINGS = (".csv", ".xlsx")
MISSING = "Check its name; if there is nothing to list, keep it with its header only."


class Source(Protocol):
    """A folder or a workbook."""

    @property
    def name(self) -> str:
        """What it is called, for the audit log."""
        ...

    def unknown(self) -> Iterator[ImportProblem]:
        """What nobody would read, most often a misspelt name."""
        ...

    def place(self, table: Table) -> str:
        """How findings call the file or sheet of a table."""
        ...

    def records(self, table: Table) -> Records:
        """The rows of a table; UnreadableFile if there is nothing to read."""
        ...

    def digest(self) -> str:
        """SHA-256 of all that is read, for the audit log."""
        ...


def source_of(path: Path, tables: Sequence[Table] = TABLES) -> Source:
    """The source at a path, for the tables of the programme's facts or for others.

    Raises
    ------
    ImportRefused
        If there is neither a folder nor a workbook.
    """
    if path.is_dir():
        return Folder(path, tables)
    if path.is_file():
        try:
            return OneWorkbook(path, tables)
        except UnreadableFile as fault:
            raise ImportRefused([_with_folder(path, fault.finding)]) from None
    advice = f"Give the folder that holds {tables[0].file}, or a workbook."
    raise ImportRefused([ImportProblem(str(path), None, "", "", "this is not a folder.", advice)])


def plain_names(sent: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files that somebody sent, by their names without folders, in whichever way these are written."""
    return {PurePosixPath(name.replace("\\", "/")).name: content for name, content in sent.items() if name}


def _with_folder(path: Path, finding: ImportProblem) -> ImportProblem:
    """A file that is no workbook was perhaps one of the files of a folder."""
    if path.suffix.lower() == ".xlsx":
        return finding
    return replace(finding, advice=f"Give the folder that it is in, or a workbook: {finding.advice}")


class Folder:
    """A folder in which each table is a CSV file or a workbook of its own."""

    def __init__(self, path: Path, tables: Sequence[Table] = TABLES) -> None:
        self._path, self._tables = path, tables

    @property
    def name(self) -> str:
        """That of the folder."""
        return self._path.name

    def unknown(self) -> Iterator[ImportProblem]:
        """CSV files and workbooks whose name is no table's."""
        names = [table.name for table in self._tables]
        for path in sorted(self._path.iterdir()):
            is_hidden = path.name.startswith((".", "~$"))  # a workbook that is open has a lock file beside it
            if path.suffix.lower() in ENDINGS and not is_hidden and path.stem not in names:
                known = [f"{name}{path.suffix}" for name in names]
                advice = nearest(path.name, known)
                yield ImportProblem(path.name, None, "", "", "this file is unknown.", advice)

    def place(self, table: Table) -> str:
        """The file's name."""
        found = self._files(table)
        return found[0].name if found else table.file

    def records(self, table: Table) -> Records:
        """The rows of its file."""
        found = self._files(table)
        if len(found) > 1:
            message = f"the folder has {found[1].name} as well."
            raise UnreadableFile(
                ImportProblem(found[0].name, None, "", "", message, "Take one of the two out.")
            )
        if not found:
            return _missing(table, table.file, "file")
        if found[0].suffix == ".csv":
            return read_csv(found[0])
        book = Workbook(found[0])
        return book.records(_sheet_of(table, book, found[0]))

    def digest(self) -> str:
        """Over names and contents, missing ones left out."""
        digest = hashlib.sha256()
        for table in self._tables:
            for path in self._files(table):
                content = read_bytes(path)
                digest.update(f"{path.name} {len(content)}\n".encode() + content)
        return digest.hexdigest()

    def _files(self, table: Table) -> list[Path]:
        return [path for ending in ENDINGS if (path := self._path / f"{table.name}{ending}").is_file()]


class OneWorkbook:
    """A workbook in which each table is a sheet."""

    def __init__(self, path: Path, tables: Sequence[Table] = TABLES) -> None:
        self._path, self._book, self._tables = path, Workbook(path), tables
        self._by_name = {_plain(sheet): sheet for sheet in self._book.sheets}

    @property
    def name(self) -> str:
        """That of the file."""
        return self._path.name

    def unknown(self) -> Iterator[ImportProblem]:
        """Sheets with rows whose name is no table's."""
        names = [table.name for table in self._tables]
        for name, sheet in self._by_name.items():
            if name not in names and self._book.records(sheet).rows:
                advice = f"{nearest(name, names)} Delete it if it says something else."
                yield ImportProblem(self._book.place(sheet), None, "", "", "this sheet is unknown.", advice)

    def place(self, table: Table) -> str:
        """The workbook's name and the sheet's."""
        return self._book.place(self._by_name.get(table.name, table.name))

    def records(self, table: Table) -> Records:
        """The rows of its sheet."""
        if table.name not in self._by_name:
            return _missing(table, self.place(table), "sheet")
        return self._book.records(self._by_name[table.name])

    def digest(self) -> str:
        """Over the whole workbook."""
        return hashlib.sha256(read_bytes(self._path)).hexdigest()


def _missing(table: Table, place: str, what: str) -> Records:
    if table.may_be_missing:
        return Records(is_there=False)
    raise UnreadableFile(ImportProblem(place, None, "", "", f"this {what} is missing.", MISSING))


def _sheet_of(table: Table, book: Workbook, path: Path) -> str:
    """The sheet of a workbook that holds one table: the one of its name, or the only one."""
    sheets = book.sheets
    found = [sheet for sheet in sheets if _plain(sheet) == table.name] or sheets
    if len(found) != 1:
        message = f"none of its {len(sheets)} sheets is called {table.name}."
        raise UnreadableFile(ImportProblem(path.name, None, "", "", message, "Rename the one that is meant."))
    return found[0]


def _plain(name: str) -> str:
    """A sheet's name as that of a table: 'School holidays' is school_holidays."""
    return name.strip().lower().removesuffix(".csv").replace(" ", "_").replace("-", "_")
