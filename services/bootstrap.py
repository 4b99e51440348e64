"""What every entry point needs from outside, built from the settings in one place: database, clock, mail, addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from config.clock import Clock, read_clock
from config.findings import Finding
from config.settings import (
    InvalidSettings,
    console_settings,
    database_settings,
    home_settings,
    mail_settings,
    open_id_settings,
)
from models import opening
from services.plans.prepared_plans import PreparedPlans

if TYPE_CHECKING:
    from services.accounts.open_id import Provider
    from services.messages.transports import Transport


def open_database(make: bool = False, anew: bool = False) -> Engine:
    """The database of the settings, its tables up to date; for whoever begins to work with it.

    Parameters
    ----------
    make
        Make one where there is none and never was. A command that reads should not leave an empty programme behind
        because it was typed in the wrong folder.
    anew
        Make one also where there was one before, and nothing is left of it.

    Raises
    ------
    NoDatabase, DamagedDatabase, NewerDatabase, InvalidSettings
        With advice (see `models.opening`).
    """
    try:
        return opening.open_database(_url(), home_settings().home, make, anew)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise _invalid(f"its driver is not installed: {error}.") from None


def open_engine() -> Engine:
    """The same where it is there already, one engine per process; DamagedDatabase if it is not as it was made."""
    return _engine(database_settings().url)


def home_here() -> str:
    """What tells the home of these settings from every other that may share its database: machine and folder."""
    return f"{gethostname()}:{home_settings().home.resolve()}"


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def clock() -> Clock:
    """The programme's clock: the real one, or the demo's."""
    return read_clock(home_settings().home)


def today() -> date:
    """The programme's day in England."""
    return clock().today(now())


def day_of(as_of: date | None) -> date:
    """The day to work for: the one given, else the programme's today."""
    return as_of if as_of is not None else today()


def console_address(path: str = "") -> str:
    """Address of a page of the console, for links in messages and artifacts."""
    return f"{console_settings().public_address}{path}"


def public_address() -> str:
    """The address under which people reach the console, for messages; empty if the settings name none."""
    return console_settings().public_url or ""


def prepared() -> PreparedPlans:
    """The plans that this process has prepared for questions, and those in the home folder."""
    return _prepared(home_settings().prepared)


def mail_transport() -> Transport:
    """The mail server of the settings, or the mailbox folder."""
    from services.messages.smtp import smtp_transport  # only few commands send anything
    from services.messages.transports import FolderTransport

    mail = mail_settings()
    return FolderTransport(home_settings().mailbox) if mail.host is None else smtp_transport(mail, mail.host)


def open_id_provider() -> Provider | None:
    """Who else vouches for people at the sign-in; None if the settings name nobody.

    Raises
    ------
    InvalidSettings
        If the file of the secret cannot be read, or is empty.
    """
    from services.accounts.open_id import Provider  # only the console signs anybody in

    settings = open_id_settings()
    if settings.issuer is None or settings.client_secret_file is None:
        return None
    variable, file = "JARCYCLE_OPENID_CLIENT_SECRET_FILE", settings.client_secret_file
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        message = f"{file} cannot be read: {type(fault).__name__}."
        raise InvalidSettings([Finding("environment", variable, message, "Check the file.")]) from None
    if not secret:
        raise InvalidSettings([Finding("environment", variable, f"{file} is empty.", "Put the secret in.")])
    return Provider(settings.issuer, settings.client_id, secret, settings.name)


def mail_sender() -> str:
    """The address that messages come from."""
    return mail_settings().sender


@lru_cache(maxsize=4)
def _prepared(folder: Path) -> PreparedPlans:
    return PreparedPlans(folder)


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    return opening.open_existing(make_url(url))


def _url() -> URL:
    try:
        return make_url(database_settings().url)
    except ArgumentError:
        # SQLAlchemy's own words would repeat it, with its password.
        raise _invalid("this is not the address of a database.") from None


def _invalid(message: str) -> InvalidSettings:
    advice = (
        "Write it like postgresql+psycopg://user@host/jarcycle; or unset it for SQLite in the home folder."
    )
    return InvalidSettings([Finding("environment", "JARCYCLE_DATABASE_URL", message, advice)])
