"""The one place where the command line builds what it needs from the settings."""

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from cli.shown.errors import WrongUsage
from config.findings import Finding
from config.settings import InvalidSettings, database_settings, home_settings
from models.opening import NoDatabase, file_of
from models.opening import open_database as open_it


def open_database(make: bool = False, anew: bool = False) -> Engine:
    """The database, its tables up to date.

    Unless `make` is set, a missing database is a usage error: a command that reads should not leave an empty
    programme behind because it was typed in the wrong folder. With `anew` one that was lost begins again.
    """
    url = _url()
    try:
        return open_it(url, home_settings().home, make, anew)
    except NoDatabase:
        place = file_of(url) or url.render_as_string(hide_password=True)
        raise WrongUsage(
            f"there is no programme at {place}. Maybe: jarcycle init --example england-2005, or set JARCYCLE_HOME."
        ) from None
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise _invalid(f"its driver is not installed: {error}.") from None


def _url() -> URL:
    try:
        return make_url(database_settings().url)
    except ArgumentError:
        # SQLAlchemy's own words would repeat it, with its password.
        raise _invalid("this is no address of a database.") from None


def _invalid(message: str) -> InvalidSettings:
    advice = "Maybe like postgresql+psycopg://user@host/jarcycle; or unset it for SQLite in the home folder."
    return InvalidSettings([Finding("environment", "JARCYCLE_DATABASE_URL", message, advice)])
