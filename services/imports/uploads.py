"""Files that somebody sends take the place of the facts they hold: the others stay as the database has them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from config.findings import nearest
from config.whole_files import PRIVATE, write_whole
from models import Programme
from services.imports.facts_out import fact_files
from services.imports.importing import read_source
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch
from services.imports.sources import ENDINGS, Source, plain_names, source_of
from services.imports.tables import TABLES

NO_FILE = ImportProblem(
    "upload", None, "", "", "no file was chosen.", "Choose a workbook, or one or several CSV files."
)


def read_upload(session: Session, sent: Mapping[str, bytes]) -> Batch:
    """Read what was sent: one workbook with all facts, or files of some tables beside the facts that are known.

    Parameters
    ----------
    sent
        The content of each file by its name; folders in a name count for nothing.

    Raises
    ------
    ImportRefused
        With everything that is wrong.
    """
    with upload_source(session, sent) as source:
        return read_source(source)


@contextmanager
def upload_source(session: Session, sent: Mapping[str, bytes]) -> Iterator[Source]:
    """What was sent as a source of tables, for as long as it is read; ImportRefused if it is none."""
    files = plain_names(sent)
    if not files:
        raise ImportRefused([NO_FILE])
    with TemporaryDirectory() as folder:
        whole = _whole_workbook(files)
        if whole is not None:
            path = Path(folder) / whole
            write_whole(path, files[whole], PRIVATE)
            yield source_of(path)
            return
        _refuse_unknown(files)
        stems = {Path(name).stem for name in files}
        known = fact_files(session) if session.get(Programme, 1) is not None else {}
        for name, content in {name: known[name] for name in known if Path(name).stem not in stems}.items():
            write_whole(Path(folder) / name, content, PRIVATE)
        for name, content in files.items():
            write_whole(Path(folder) / name, content, PRIVATE)
        yield source_of(Path(folder))


def _whole_workbook(files: Mapping[str, bytes]) -> str | None:
    """The one workbook that is not called like a table."""
    if len(files) != 1:
        return None
    path = Path(next(iter(files)))
    is_workbook = path.suffix.lower() == ".xlsx" and path.stem not in {table.name for table in TABLES}
    return path.name if is_workbook else None


def _refuse_unknown(files: Mapping[str, bytes]) -> None:
    names = [table.name for table in TABLES]
    wrong = [
        ImportProblem(
            name, None, "", "", "this file is unknown.", nearest(name, [f"{known}.csv" for known in names])
        )
        for name in files
        if Path(name).stem not in names or Path(name).suffix.lower() not in ENDINGS
    ]
    if wrong:
        raise ImportRefused(wrong)
