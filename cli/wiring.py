"""The one place where the command line builds what it needs from the settings."""

from pathlib import Path

import click
from sqlalchemy import Engine, make_url

from config.settings import database_settings
from models import make_engine, upgrade


def open_database(make: bool = False) -> Engine:
    """The database, its tables up to date.

    Unless `make` is set, a missing SQLite file is a usage error: a command that reads should not
    leave an empty programme behind because it was typed in the wrong folder.
    """
    url = make_url(database_settings().url)
    path = url.database if url.get_backend_name() == "sqlite" else None
    if not make and path is not None and path != ":memory:" and not Path(path).exists():
        raise click.UsageError(
            f"there is no programme at {path}. Maybe: jarcycle init --example england-2005, or set JARCYCLE_HOME."
        )
    engine = make_engine(url.render_as_string(hide_password=False))
    upgrade(engine)
    return engine
