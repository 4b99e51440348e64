"""Signing in by name and password: the same words and the same work whether or not there is such an account."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from models import Account, FailedSignIn, session
from services.accounts import passwords
from services.accounts.visits import SignedIn, begin_visit, signed_in_as
from services.errors import Objection, Refused

WINDOW = timedelta(minutes=15)
MOST_BY_NAME, MOST_BY_ADDRESS = 10, 100
"""So many failed tries within `WINDOW` are allowed under one name, and from one address."""


class SignInRefused(Refused):
    """A wrong name or password, a locked account, or too many tries: which of them is not said."""


class TooManyTries(Refused):
    """Whether or not the account exists: nothing was looked at."""


@dataclass(frozen=True)
class Credentials:
    """What somebody typed, and the network address from which it came."""

    login: str
    password: str
    address: str

    @property
    def name(self) -> str:
        """The login as it is kept."""
        return self.login.strip().casefold()

    @property
    def hash(self) -> str:
        """What is kept of the login: people type their password there by mistake."""
        return hashlib.sha256(self.name.encode("utf-8", "replace")).hexdigest()


def sign_in(engine: Engine, given: Credentials, secret: str, at: datetime) -> SignedIn:
    """Begin a visit of the browser that will hold `secret`.

    Raises
    ------
    SignInRefused
        The failed try counts.
    TooManyTries
        If too many have failed of late, under that name or from that address.
    """
    with session(engine, read_only=True) as opened:
        _refuse_many(opened, given, at)
        account = opened.exec(select(Account).where(Account.login == given.name)).first()
    kept = None if account is None else account.password_hash
    is_right = passwords.is_right(given.password, kept)  # outside of any transaction: it takes its time
    with session(engine) as opened:
        found = None if account is None else opened.get(Account, account.id)
        if not is_right or found is None or not _is_good(found, kept, at):
            _forget_long_ago(opened, at)
            opened.add(FailedSignIn(login_hash=given.hash, address=given.address, at=at))
            opened.commit()
            raise SignInRefused(_why_not())
        _forget_long_ago(opened, at)
        opened.exec(delete(FailedSignIn).where(col(FailedSignIn.login_hash) == given.hash))
        found.last_sign_in_at = at
        assert found.id is not None
        begin_visit(opened, found.id, secret, at)
        return signed_in_as(found)


def _is_good(account: Account, kept: str | None, at: datetime) -> bool:
    """Whether nothing speaks against an account whose password was right a moment ago."""
    is_same = account.password_hash == kept
    return is_same and not account.is_locked and not passwords.has_ended(account.one_time_at, at)


def _why_not() -> list[Objection]:
    message = "this user name and password do not match an account that may sign in."
    advice = (
        "Try again. If you have forgotten your password, or your one-time password is older than seven days, "
        "ask whoever runs the service for a new one."
    )
    return [Objection("sign in", message, advice, field="login")]


def _refuse_many(opened: Session, given: Credentials, at: datetime) -> None:
    since = at - WINDOW
    for column, value, most in (
        (col(FailedSignIn.login_hash), given.hash, MOST_BY_NAME),
        (col(FailedSignIn.address), given.address, MOST_BY_ADDRESS),
    ):
        query = select(func.count()).select_from(FailedSignIn)
        if opened.exec(query.where(column == value, col(FailedSignIn.at) > since)).one() >= most:
            minutes = int(WINDOW.total_seconds() // 60)
            message, advice = "too many tries have failed.", f"Wait {minutes} minutes, then try again."
            raise TooManyTries([Objection("sign in", message, advice, field="login")])


def _forget_long_ago(opened: Session, at: datetime) -> None:
    """Tries that no longer count are not kept."""
    opened.exec(delete(FailedSignIn).where(col(FailedSignIn.at) <= at - WINDOW))
