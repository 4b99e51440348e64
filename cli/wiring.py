"""The one place where the command line builds what it needs from the settings."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from cli.shown.errors import WrongUsage
from config.findings import Finding
from config.settings import InvalidSettings, database_settings
from models import make_engine, upgrade
from models.engine import MIGRATIONS


class NewerDatabase(Exception):
    """A database that a later version of jarcycle has brought up to its own tables."""


def open_database(make: bool = False) -> Engine:
    """The database, its tables up to date.

    Unless `make` is set, a missing SQLite file is a usage error: a command that reads should not
    leave an empty programme behind because it was typed in the wrong folder.
    """
    url = _url()
    path = url.database if url.get_backend_name() == "sqlite" else None
    if not make and path is not None and path != ":memory:" and not Path(path).exists():
        raise WrongUsage(
            f"there is no programme at {path}. Maybe: jarcycle init --example england-2005, or set JARCYCLE_HOME."
        )
    engine = _engine(url)
    if not _is_up_to_date(engine):
        try:
            upgrade(engine)
        except CommandError as error:
            message = f"the database has tables that this version does not know ({error}). Maybe install a newer one."
            raise NewerDatabase(message) from None
    return engine


def _is_up_to_date(engine: Engine) -> bool:
    # Only looked at: who reads needs no right to write, and waits for nobody who writes.
    with engine.execution_options(read_only=True).connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _url() -> URL:
    try:
        return make_url(database_settings().url)
    except ArgumentError:
        # SQLAlchemy's own words would repeat it, with its password.
        raise _invalid("this is no address of a database.") from None


def _engine(url: URL) -> Engine:
    try:
        return make_engine(url.render_as_string(hide_password=False))
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise _invalid(f"its driver is not installed: {error}.") from None


def _invalid(message: str) -> InvalidSettings:
    advice = "Maybe like postgresql+psycopg://user@host/jarcycle; or unset it for SQLite in the home folder."
    return InvalidSettings([Finding("environment", "JARCYCLE_DATABASE_URL", message, advice)])
