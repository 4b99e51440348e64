"""Tables that are imported apart from the programme's facts: read from a folder, a workbook or files that were sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlmodel import Session, select

from config.findings import nearest
from config.whole_files import PRIVATE, write_whole
from models import Area
from services.imports.checks import check_sheets
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Sheet, read_sheet
from services.imports.sources import ENDINGS, plain_names, source_of
from services.imports.tables import Table

T = TypeVar("T")


@dataclass(frozen=True)
class ReadTables:
    """Tables whose rows are right in themselves; `place` is what they are called in the log, `digest` their SHA-256."""

    place: str
    digest: str
    sheets: Mapping[str, Sheet]


def read_tables(
    path: Path,
    tables: Sequence[Table],
    check: Callable[[Mapping[str, Sheet]], Iterable[ImportProblem]] = lambda _sheets: (),
) -> ReadTables:
    """Read a folder or a workbook; ImportRefused with everything that is wrong in the tables alone.

    Parameters
    ----------
    check
        What else must hold in them.
    """
    source = source_of(path, tables)
    problems, sheets = list(source.unknown()), {}
    for table in tables:
        sheets[table.file], faults = read_sheet(source, table)
        problems += faults
    problems += [*check_sheets(sheets), *check(sheets)]
    if problems:
        places = {table.file: source.place(table) for table in tables}
        raise ImportRefused([replace(one, file=places.get(one.file, one.file)) for one in problems])
    return ReadTables(source.name, source.digest(), sheets)


def read_sent(sent: Mapping[str, bytes], read: Callable[[Path], T], to_choose: str) -> T:
    """What `read` makes of files that somebody sent, by their names; ImportRefused if there are none.

    Parameters
    ----------
    to_choose
        What whoever sent nothing is told to choose.
    """
    files = plain_names(sent)
    if not files:
        raise ImportRefused(
            [ImportProblem("upload", None, "", "", "no file was chosen.", f"Choose {to_choose}.")]
        )
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            write_whole(Path(folder) / name, content, PRIVATE)
        only = next(iter(files))
        is_workbook = len(files) == 1 and Path(only).suffix.lower() == ENDINGS[1]
        return read(Path(folder) / only if is_workbook else Path(folder))


def unknown_areas(session: Session, rows: Iterable[tuple[str, int, str]]) -> Iterator[ImportProblem]:
    """Rows (file, number, area) that name an area which the programme does not have."""
    areas = {area.code: area.name for area in session.exec(select(Area))}
    names = {name.casefold(): code for code, name in areas.items()}
    for file, number, area in rows:
        if area not in areas:
            there = names.get(area.casefold())
            advice = f"Use '{there}'." if there else nearest(area, areas)
            yield ImportProblem(file, number, "area", area, "the programme has no such area.", advice)
