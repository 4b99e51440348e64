"""Reading a whole folder: every file, every check, and either a batch or everything that is wrong."""

from pathlib import Path

from services.imports.batch import Batch, digest_of, make_batch
from services.imports.checks import check_folder, check_sheets
from services.imports.meaning import check_meaning
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import read_sheet
from services.imports.tables import TABLES


def read_folder(path: Path) -> Batch:
    """Read and check a folder of CSV files; nothing is written anywhere.

    Raises
    ------
    ImportRefused
        With everything that is wrong, in the order of files and rows.
    """
    if not path.is_dir():
        advice = "Maybe give the folder that holds programme.csv."
        raise ImportRefused([ImportProblem(str(path), None, "", "", "this is not a folder.", advice)])
    problems = list(check_folder(path))
    sheets = {}
    for table in TABLES:
        sheets[table.file], own = read_sheet(path, table)
        problems += own
    problems += check_sheets(sheets)
    problems += check_meaning(sheets)
    if problems:
        order = {table.file: number for number, table in enumerate(TABLES)}
        raise ImportRefused(sorted(problems, key=lambda own: (order.get(own.file, -1), own.row or 0)))
    return make_batch(sheets, digest_of(path))
