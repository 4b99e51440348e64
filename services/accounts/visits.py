"""Who is signed in: one visit per browser, known by a secret that only its cookie holds."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from models import Account, Visit
from services.accounts.roles import OF_AREA, OF_PROGRAMME, Role, roles_of

SEEN_EVERY = timedelta(minutes=5)
"""So often at most it is written down that somebody is still there."""


@dataclass(frozen=True)
class Lasting:
    """How long a visit lasts: in all, and without anything being asked."""

    whole: timedelta
    idle: timedelta


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, and as what.

    `must_change` is whether they still have a one-time password, `has_shortcuts` whether they want keyboard shortcuts.
    """

    account_id: int
    login: str
    name: str
    email: str
    roles: frozenset[Role]
    inspector_code: str | None
    area_code: str | None
    body_code: str | None
    must_change: bool
    has_shortcuts: bool = True

    def is_one_of(self, roles: Iterable[Role]) -> bool:
        """Whether they have any of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_preparing(self) -> bool:
        """Whether they are of an area's preparation group, and in no role of the inspectorate's side (R166)."""
        return Role.PREPARATION in self.roles and bool(self.area_code) and self.roles <= OF_AREA

    @property
    def only_body(self) -> str | None:
        """The code of the body of which alone they see anything; None for everybody else."""
        return None if Role.BODY not in self.roles or self.is_one_of(OF_PROGRAMME) else self.body_code or ""


def signed_in_as(account: Account) -> SignedIn:
    """An account as the pages know it."""
    assert account.id is not None
    return SignedIn(
        account_id=account.id,
        login=account.login,
        name=account.name,
        email=account.email,
        roles=roles_of(account.roles),
        inspector_code=account.inspector_code,
        area_code=account.area_code,
        body_code=account.body_code,
        must_change=account.one_time_at is not None,
        has_shortcuts=account.has_shortcuts,
    )


def hash_of_secret(secret: str) -> str:
    """What is kept of a random secret: without salt, as nobody can guess 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin_visit(session: Session, account_id: int, secret: str, at: datetime) -> None:
    """A browser that holds `secret` is signed in from now on."""
    session.add(Visit(secret_hash=hash_of_secret(secret), account_id=account_id, began_at=at, seen_at=at))


def visitor(session: Session, secret: str, at: datetime, lasting: Lasting) -> SignedIn | None:
    """Who holds a secret; None if nobody does, their visit has ended or their account is locked."""
    query = select(Visit, Account).join(Account, col(Account.id) == col(Visit.account_id))
    found = session.exec(query.where(Visit.secret_hash == hash_of_secret(secret))).first()
    if found is None:
        return None
    visit, account = found
    if account.is_locked or at - visit.began_at > lasting.whole or at - visit.seen_at > lasting.idle:
        return None
    return signed_in_as(account)


def is_seen_long_ago(session: Session, secret: str, at: datetime) -> bool:
    """Whether it is time to write down that a visit goes on."""
    visit = session.get(Visit, hash_of_secret(secret))
    return visit is not None and at - visit.seen_at > SEEN_EVERY


def see(session: Session, secret: str, at: datetime) -> None:
    """Write down that a visit goes on."""
    visit = session.get(Visit, hash_of_secret(secret))
    if visit is not None:
        visit.seen_at = at


def end_visit(session: Session, secret: str) -> None:
    """Sign out one browser."""
    session.exec(delete(Visit).where(col(Visit.secret_hash) == hash_of_secret(secret)))


def end_visits(session: Session, account_id: int, but: str = "") -> None:
    """Sign an account out everywhere, except for the browser that holds the secret `but`."""
    query = delete(Visit).where(col(Visit.account_id) == account_id)
    session.exec(query.where(col(Visit.secret_hash) != hash_of_secret(but)))
