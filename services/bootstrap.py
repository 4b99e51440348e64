"""What every entry point needs from outside, built from the settings in one place: database, clock, mail, addresses."""

from datetime import UTC, date, datetime
from functools import lru_cache

from sqlalchemy import Engine, make_url

from config.clock import Clock, read_clock
from config.settings import console_settings, database_settings, home_settings, mail_settings
from models.opening import open_existing
from services.messages.transports import Transport, transport_of


def open_engine() -> Engine:
    """The database of the settings, one engine per process; DamagedDatabase if it is not as it was made."""
    return _engine(database_settings().url)


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def clock() -> Clock:
    """The programme's clock: the real one, or the demo's."""
    return read_clock(home_settings().home)


def day_of(as_of: date | None) -> date:
    """The day a flow works for: the one given, else the programme's today in England."""
    return as_of if as_of is not None else clock().today(now())


def console_address(path: str = "") -> str:
    """Address of a page of the console, for links in artifacts."""
    return f"{console_settings().public_address}{path}"


def mail_transport() -> Transport:
    """The mail server of the settings, or the mailbox folder."""
    return transport_of(mail_settings(), home_settings())


def mail_sender() -> str:
    """The address that messages come from."""
    return mail_settings().sender


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    return open_existing(make_url(url))
