"""Accounts as lists show them; no hash of a password is among what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Account
from services.accounts.keeping import list_accounts
from services.accounts.roles import ROLE_WORDS, Role, roles_of

LOCKED, ONE_TIME, ACTIVE = "locked", "one-time password", "active"
STATES: Mapping[str, str] = {
    ACTIVE: "Active",
    ONE_TIME: "Has a one-time password",
    LOCKED: "Locked",
}


@dataclass(frozen=True)
class AccountLine:
    """An account: `whose` are the codes of the person, area or body that it is tied to, `state` a key of `STATES`."""

    number: int
    login: str
    name: str
    email: str
    roles: tuple[Role, ...]
    whose: tuple[str, ...]
    state: str
    last_sign_in_at: datetime | None

    @property
    def roles_in_words(self) -> str:
        """'planner, publisher'."""
        return ", ".join(ROLE_WORDS[role] for role in self.roles)


def account_line(account: Account) -> AccountLine:
    """One of them."""
    given = roles_of(account.roles)
    return AccountLine(
        number=account.id or 0,
        login=account.login,
        name=account.name,
        email=account.email,
        roles=tuple(role for role in Role if role in given),
        whose=tuple(filter(None, (account.inspector_code, account.area_code, account.body_code))),
        state=LOCKED if account.is_locked else ONE_TIME if account.one_time_at else ACTIVE,
        last_sign_in_at=account.last_sign_in_at,
    )


def lines_of_accounts(session: Session) -> list[AccountLine]:
    """All of them, by login."""
    return [account_line(account) for account in list_accounts(session)]
