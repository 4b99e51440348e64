"""Which databases a home folder has had: so that one that was lost is told from one that never was.

A missing SQLite file, or a PostgreSQL database without tables, looks the same in a new home and after a disk that
was not mounted. The names stand in one small file; a home that has none is new.
"""

import json
from pathlib import Path

from config.findings import Finding, InvalidFile
from config.private import private_folder
from config.whole_files import PRIVATE, write_whole

FILE = "databases.json"


class DamagedList(InvalidFile):
    """A list of databases that is none."""


def is_known(home: Path, name: str) -> bool:
    """Whether the home had this database before.

    Raises
    ------
    DamagedList
        If the file is not one that `remember` wrote.
    """
    return name in _names(home)


def remember(home: Path, name: str) -> None:
    """Note that the home has this database."""
    names = _names(home)
    if name not in names:
        text = json.dumps([*names, name], indent=1) + "\n"
        write_whole(private_folder(home) / FILE, text.encode(), PRIVATE)


def _names(home: Path) -> list[str]:
    path = home / FILE
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        advice = f"Make sure that the database is there, then delete {path}: it is written again."
        raise DamagedList([Finding(FILE, "", "this is not a list of databases.", advice)])
    return names
