"""Accounts made and changed by an operator, each change with its audit entry; no password is ever in the log."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, delete, func, select

from config.addresses import parse_address
from config.findings import InvalidText
from models import Account, Feed
from services import audit
from services.accounts import passwords
from services.accounts.owners import Owner, linked, objections_to_links
from services.accounts.roles import OF_AREA, Role
from services.accounts.visits import end_visits
from services.audit import Word
from services.doors import ACCOUNTS, Advice
from services.errors import AlreadySo, Objection, Refused
from services.naming.named import Named, find_named

ADD, ROLES, PASSWORD, LOCK, UNLOCK, REMOVE = (
    "add account",
    "change roles",
    "new one-time password",
    "lock account",
    "unlock account",
    "remove account",
)
FIRST_LOGIN, FIRST_NAME = "administrator", "Administrator"
FIRST_ROLES = (Role.OPERATOR, Role.PLANNER, Role.PUBLISHER)

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,59}")
MOST_LETTERS_OF_NAME = 100


@dataclass(frozen=True)
class OneTime:
    """A new one-time password, which is shown once and kept nowhere."""

    login: str
    password: str


def list_accounts(session: Session) -> list[Account]:
    """All accounts, by login."""
    return list(session.exec(select(Account).order_by(col(Account.login))))


def find_account(session: Session, text: str) -> Account:
    """The account of a login or a name; see `find_named`."""
    accounts = list_accounts(session)
    known = [Named(account.login, account.name) for account in accounts]
    found = find_named("account", text, known, ACCOUNTS.advise("Look at them"))
    return next(account for account in accounts if account.login == found.code)


def has_accounts(session: Session) -> bool:
    """Whether anybody may sign in."""
    return session.exec(select(func.count()).select_from(Account)).one() > 0


def add_account(session: Session, owner: Owner, roles: Sequence[str], word: Word) -> OneTime:
    """A new account with a one-time password, which its owner replaces at the first sign-in.

    Raises
    ------
    Refused
        With everything that is wrong: a login or name that is taken, unknown roles, a person, area or body that a role
        needs or that does not exist.
    """
    wanted, unknown = linked(session, owner)
    wanted = replace(
        wanted,
        login=owner.login.strip().casefold(),
        name=owner.name.strip(),
        email=owner.email.strip().casefold(),
    )
    found = [*_objections_to_owner(session, wanted), *_objections_to_roles(wanted, roles), *unknown]
    if found:
        raise Refused(found)
    password = passwords.one_time_password()
    session.add(
        Account(
            login=wanted.login,
            name=wanted.name,
            email=wanted.email,
            password_hash=passwords.hashed(password),
            one_time_at=word.at,
            roles=_in_row(roles),
            inspector_code=wanted.inspector,
            area_code=wanted.area,
            body_code=wanted.body,
            created_at=word.at,
        )
    )
    audit.record_word(session, word, ADD, _subject(wanted.login), after={**vars(wanted), "roles": [*roles]})
    return OneTime(wanted.login, password)


def first_administrator(session: Session, word: Word) -> OneTime | None:
    """The account with which a new home begins; None where there are accounts already."""
    if has_accounts(session):
        return None
    return add_account(session, Owner(FIRST_LOGIN, FIRST_NAME), FIRST_ROLES, word)


def change_roles(session: Session, text: str, roles: Sequence[str], owner: Owner, word: Word) -> Account:
    """Give an account other roles, and with them perhaps another person, area or body (None: as it was)."""
    account = find_account(session, text)
    named, unknown = linked(session, owner)
    links = Owner(
        login=account.login,
        name=account.name,
        inspector=named.inspector or account.inspector_code,
        area=named.area or account.area_code,
        body=named.body or account.body_code,
    )
    if found := [*_objections_to_roles(links, roles), *unknown]:
        raise Refused(found)
    before = _kept(account)
    account.roles = _in_row(roles)
    account.inspector_code, account.area_code, account.body_code = links.inspector, links.area, links.body
    if _kept(account) == before:
        raise AlreadySo.because(_subject(account.login), f"its roles are {account.roles}.")
    _refuse_last_operator(session)
    session.exec(delete(Feed).where(col(Feed.account_id) == account.id))  # they show what the old roles saw
    audit.record_word(session, word, ROLES, _subject(account.login), before=before, after=_kept(account))
    return account


def renew_password(session: Session, text: str, word: Word) -> OneTime:
    """Another one-time password in place of whatever it was; whoever is signed in is signed out."""
    account = find_account(session, text)
    password = passwords.one_time_password()
    account.password_hash, account.one_time_at = passwords.hashed(password), word.at
    end_visits(session, account.id or 0)
    audit.record_word(session, word, PASSWORD, _subject(account.login))
    return OneTime(account.login, password)


def lock(session: Session, text: str, word: Word) -> Account:
    """Nobody signs in with an account any more, and whoever has is signed out; its feeds end."""
    account = find_account(session, text)
    if account.is_locked:
        raise AlreadySo.because(_subject(account.login), "it is locked.")
    _refuse_oneself(account, word)
    account.is_locked = True
    _refuse_last_operator(session)
    _leave(session, account)
    audit.record_word(session, word, LOCK, _subject(account.login))
    return account


def unlock(session: Session, text: str, word: Word) -> Account:
    """An account that was locked may sign in again."""
    account = find_account(session, text)
    if not account.is_locked:
        raise AlreadySo.because(_subject(account.login), "it is not locked.")
    account.is_locked = False
    audit.record_word(session, word, UNLOCK, _subject(account.login))
    return account


def remove(session: Session, text: str, word: Word) -> Account:
    """Delete an account; what it did stays in the log."""
    account = find_account(session, text)
    _refuse_oneself(account, word)
    _leave(session, account)
    session.delete(account)
    session.flush()
    if has_accounts(session):
        _refuse_last_operator(session)
    audit.record_word(session, word, REMOVE, _subject(account.login), before=_kept(account))
    return account


def _leave(session: Session, account: Account) -> None:
    end_visits(session, account.id or 0)
    session.exec(delete(Feed).where(col(Feed.account_id) == account.id))


def _refuse_oneself(account: Account, word: Word) -> None:
    """Nobody locks or removes the account in whose name they speak."""
    if account.name.casefold() == word.who.casefold():
        message = "it is your own."
        raise Refused.because(_subject(account.login), message, "Ask another operator to do it.")


def _refuse_last_operator(session: Session) -> None:
    """Somebody must be left who may do what an operator does."""
    session.flush()
    accounts = list_accounts(session)
    if not any(Role.OPERATOR in account.roles.split() and not account.is_locked for account in accounts):
        advice = "Make somebody else an operator first."
        raise Refused.because("accounts", "nobody who is an operator would be left.", advice)


def _objections_to_owner(session: Session, owner: Owner) -> Iterator[Objection]:
    place = _subject(owner.login)
    if not _LOGIN.fullmatch(owner.login):
        message = "a login has 2 to 60 small letters, digits and . _ @ -, and begins with a letter or digit."
        yield Objection(place, message, "Choose another one.", field="new_login")
    if not owner.name or len(owner.name) > MOST_LETTERS_OF_NAME or not owner.name.isprintable():
        yield Objection(
            place,
            "its owner has no name, or a very long one.",
            Advice("Give it with --name.", "Give a full name."),
            field="name",
        )
    for account in list_accounts(session):
        if owner.login == account.login:
            yield Objection(place, "there is one already.", "Choose another login.", field="new_login")
        elif owner.name.casefold() == account.name.casefold():
            message = "another account has that name, and the audit log tells people apart by it."
            yield Objection(
                place,
                message,
                Advice("Give another one with --name.", "Give a full name that no other account has."),
                field="name",
            )
        if owner.email and owner.email == account.email:
            message = "another account has that mail address."
            yield Objection(
                place,
                message,
                Advice("Give another one with --email.", "Give another address, or leave it blank."),
                field="email",
            )
    if owner.email:
        try:
            parse_address(owner.email)
        except InvalidText as fault:
            yield Objection(place, fault.message, fault.advice, field="email")


def _objections_to_roles(owner: Owner, roles: Sequence[str]) -> Iterator[Objection]:
    place, known = _subject(owner.login), {role.value for role in Role}
    if not roles or (unknown := sorted(set(roles) - known)):
        said = f"there is no role {', '.join(unknown)}." if roles else "it has no role."
        choices = ", ".join(role.value for role in Role)
        yield Objection(place, said, f"Choose from: {choices}.", field="roles")
        return
    given = {Role(role) for role in roles}
    if given & OF_AREA and given - OF_AREA:
        message = "nobody is on the authority's side and on the inspectorate's."
        yield Objection(place, message, "Give them two accounts, or leave out a role.", field="roles")
    yield from objections_to_links(place, owner, given)


def _in_row(roles: Sequence[str]) -> str:
    return " ".join(role.value for role in Role if role.value in roles)


def _kept(account: Account) -> dict[str, str | None]:
    return {
        "name": account.name,
        "roles": account.roles,
        "inspector": account.inspector_code,
        "area": account.area_code,
        "body": account.body_code,
    }


def _subject(login: str) -> str:
    return f"account {login}"
