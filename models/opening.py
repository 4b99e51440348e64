"""Opening a database: a new one is made whole, one that was lost or damaged is a fault and never a new programme.

An SQLite file comes into being with all its tables at once. One that is there without them, or empty, has been
damaged. One that is missing was lost if its home has had it before (`config.known_databases`).
"""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import NoSuchTableError, OperationalError, ProgrammingError
from sqlmodel import SQLModel

from config.known_databases import is_known, remember
from config.private import private_folder
from config.whole_files import PRIVATE, put_in_place
from models.engine import MIGRATIONS, make_engine, upgrade

VERSIONS = "alembic_version"
RESTORE = "Restore a backup (docs/operations.md)"


class NoDatabase(Exception):
    """There is none, and whoever asked may not make one; the message says where it was looked for."""


class DamagedDatabase(Exception):
    """A database that is not what jarcycle made; the message says what is wrong with it and how to mend it."""


class NewerDatabase(Exception):
    """A database that a later version of jarcycle has brought up to its own tables."""


def open_database(url: URL, home: Path, make: bool = False, anew: bool = False) -> Engine:
    """The database, its tables up to date.

    Parameters
    ----------
    make
        Make one where there is none and never was.
    anew
        Make one also where there was one before, and nothing is left of it.

    Raises
    ------
    NoDatabase, DamagedDatabase, NewerDatabase
        With advice.
    """
    if home.is_dir():
        private_folder(home)
    file = file_of(url)
    name = _name(url, home)
    if file is not None and not file.exists():
        _may_make(name, str(file), is_known(home, name), make, anew)
        _make_file(url, file)
    engine = make_engine(url.render_as_string(hide_password=False))
    present = _tables(engine)
    if file is None and not present:
        _may_make(name, name, is_known(home, name), make, anew)
        upgrade(engine)
    elif revision_of(engine) != newest_migration():
        _bring_up(engine, name, present)
    if fault := fault_of(engine):
        raise DamagedDatabase(f"{name}: {fault}")
    with suppress(OSError):  # who may only read the home reads it
        remember(home, name)
    return engine


def open_existing(url: URL) -> Engine:
    """A database that is there with all its tables, for who only works in it; DamagedDatabase otherwise."""
    engine = make_engine(url.render_as_string(hide_password=False))
    if fault := fault_of(engine):
        raise DamagedDatabase(f"{file_of(url) or url.render_as_string(hide_password=True)}: {fault}")
    return engine


def fault_of(engine: Engine) -> str:
    """What is wrong with the tables of a database that is in use, with advice; empty if nothing is."""
    file = file_of(engine.url)
    if file is not None and not file.exists():
        return f"it is gone. {RESTORE}, or mount its disk."
    missing = sorted({*SQLModel.metadata.tables, VERSIONS} - _tables(engine))
    if not missing:
        return "" if revision_of(engine) else f"it does not say which tables it has. {RESTORE}."
    if len(missing) == len(SQLModel.metadata.tables) + 1:
        return (
            f"it is empty, without any table. {RESTORE}; to start afresh, move it away and run: jarcycle init"
        )
    return f"it has lost the table{'s' * (len(missing) > 1)} {', '.join(missing)}. {RESTORE}."


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for one in memory or on a server."""
    is_file = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(url.database) if is_file and url.database else None


def revision_of(engine: Engine) -> str | None:
    """The migration at which the tables are; None if nothing says so."""
    # Only looked at: who reads needs no right to write, and waits for nobody who writes.
    with engine.execution_options(read_only=True).connect() as connection:
        if VERSIONS not in _names(connection):
            return None
        found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
        return found


def _name(url: URL, home: Path) -> str:
    """What people and the list of known databases call it: never with a password, within the home without the home."""
    file = file_of(url)
    if file is None:
        return url.render_as_string(hide_password=True)
    file = file.absolute()
    return str(file.relative_to(home)) if file.is_relative_to(home) else str(file)


def _may_make(name: str, where: str, was_there: bool, make: bool, anew: bool) -> None:
    if anew or (make and not was_there):
        return
    if was_there:
        raise DamagedDatabase(
            f"the database {name} is gone. {RESTORE}, mount its disk, or start afresh with: jarcycle init"
        )
    raise NoDatabase(
        f"there is no programme at {where}. Start one with: jarcycle init --example england-2005; or set JARCYCLE_HOME."
    )


def _make_file(url: URL, file: Path) -> None:
    """A new file with all its tables, or none: a kill half-way leaves nothing that looks like a programme."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        engine = make_engine(url.set(database=str(partial)).render_as_string(hide_password=False))
        upgrade(engine)
        engine.dispose()  # closing the last connection moves the write-ahead log into the file
        partial.chmod(PRIVATE)  # its write-ahead log takes after it
        put_in_place(partial, file)  # unless another process was first
    finally:
        partial.unlink(missing_ok=True)


def _bring_up(engine: Engine, name: str, present: set[str]) -> None:
    from alembic.util import CommandError

    if VERSIONS not in present or revision_of(engine) is None:
        raise DamagedDatabase(f"{name}: {fault_of(engine)}")
    try:
        upgrade(engine)
    except CommandError as error:
        message = f"the database has tables that this version does not know ({error}). Install a newer one."
        raise NewerDatabase(message) from None
    except (NoSuchTableError, ProgrammingError, OperationalError) as error:
        if isinstance(error, OperationalError) and "no such" not in str(error.orig):
            raise  # locked, read-only, a full disk: not the tables' fault
        raise DamagedDatabase(
            f"{name}: it has lost tables or columns of its own version. {RESTORE}."
        ) from error


def _tables(engine: Engine) -> set[str]:
    """Those of our tables that are there."""
    with engine.execution_options(read_only=True).connect() as connection:
        return _names(connection) & {*SQLModel.metadata.tables, VERSIONS}


def _names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def newest_migration() -> str:
    """The newest migration: its file's number, as Alembic (which takes long to import) would say too."""
    return max(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))
