"""What a careless copy, a full disk or a wrong restore leave of an SQLite database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlmodel import SQLModel

DAMAGES = ("gone", "0 bytes", "no tables", "no version", "one table")


def damage(path: Path, kind: str) -> None:
    """Damage the database of a home in one of the ways of `DAMAGES`."""
    if kind in ("gone", "0 bytes"):
        for own in path.parent.glob(f"{path.name}*"):
            own.unlink()
        if kind == "0 bytes":
            path.touch()
        return
    lost = {
        "no tables": [*SQLModel.metadata.tables, "alembic_version"],
        "no version": ["alembic_version"],
        "one table": ["heartbeat"],
    }
    with closing(sqlite3.connect(path)) as connection:
        for name in lost[kind]:
            connection.execute(f'DROP TABLE "{name}"')
        connection.commit()
