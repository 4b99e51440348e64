"""`account`: who may sign in to the console, and as what."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import Account, session
from reports.words import date_in_words
from services.accounts import keeping
from services.accounts.account_lines import AccountLine, account_line
from services.accounts.keeping import OneTime
from services.accounts.owners import Owner
from services.accounts.roles import Role
from services.bootstrap import open_database

COLUMNS = ("login", "name", "roles", "who or whose", "state", "last sign-in")

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Its login, or its owner's name.")]
Roles = Annotated[
    list[str],
    typer.Option("--role", metavar="ROLE", help=f"One of {', '.join(Role)}; repeat it for more."),
]
Inspector = Annotated[
    str | None, typer.Option(metavar="NAME", help="The inspector who the person is, by code or name.")
]
OfArea = Annotated[
    str | None, typer.Option("--area", metavar="AREA", help="The area of the person, by name or code.")
]
Body = Annotated[str | None, typer.Option(metavar="CODE", help="The body of the person.")]


def add(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="What the person types to sign in.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="The person's name, as in the audit log.")],
    role: Roles,
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="Their mail address.")] = "",
    inspector: Inspector = None,
    area: OfArea = None,
    body: Body = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Add an account; its one-time password is shown this once."""
    word = arguments.word(who, None)
    with session(open_database()) as opened:
        owner = Owner(login, name, email, inspector, area, body)
        made = keeping.add_account(opened, owner, role, word)
    _show(made, as_json)


def list_(as_json: arguments.Json = False) -> None:
    """List every account; passwords are kept as hashes only."""
    with session(open_database(), read_only=True) as opened:
        accounts = keeping.list_accounts(opened)
    if as_json:
        print_json([account.model_dump(exclude={"id", "password_hash"}) for account in accounts])
    elif accounts:
        print_table("Accounts", COLUMNS, map(_row, map(account_line, accounts)))
    else:
        say("There are no accounts. Add one with: jarcycle account add LOGIN --name NAME --role ROLE")


@changing()
def roles(
    login: Login,
    role: Roles,
    inspector: Inspector = None,
    area: OfArea = None,
    body: Body = None,
    *,
    asked: Asked,
) -> None:
    """Give an account these roles in place of those it has; its calendar feeds end."""

    def change(opened: Session) -> Account:
        owner = Owner(login, login, "", inspector, area, body)
        return keeping.change_roles(opened, login, role, owner, asked.word)

    _tell(asked.changed(change), "has new roles", asked)


def password(login: Login, as_json: arguments.Json = False, who: arguments.As = None) -> None:
    """Replace the password by a one-time one, shown this once; whoever is signed in is signed out."""
    word = arguments.word(who, None)
    with session(open_database()) as opened:
        made = keeping.renew_password(opened, login, word)
    _show(made, as_json)


@changing()
def lock(login: Login, *, asked: Asked) -> None:
    """Lock an account: nobody signs in with it, and whoever has is signed out."""
    _tell(asked.changed(lambda opened: keeping.lock(opened, login, asked.word)), "is locked", asked)


@changing()
def unlock(login: Login, *, asked: Asked) -> None:
    """Unlock an account."""
    _tell(asked.changed(lambda opened: keeping.unlock(opened, login, asked.word)), "is unlocked", asked)


@changing()
def remove(login: Login, *, asked: Asked) -> None:
    """Remove an account; the audit log keeps what its owner did."""
    _tell(asked.changed(lambda opened: keeping.remove(opened, login, asked.word)), "is removed", asked)


def _show(made: OneTime, as_json: bool) -> None:
    if as_json:
        print_json({"login": made.login, "one_time_password": made.password})
        return
    say(f"{made.login} signs in with the one-time password {made.password}")
    say("It is shown this once, is good for seven days, and is replaced at the first sign-in.")


def _tell(account: Account, words: str, asked: Asked) -> None:
    if asked.as_json:
        print_json({"login": account.login, "roles": account.roles.split(), "is_locked": account.is_locked})
    else:
        say(f"{account.login} {words}.")


def _row(line: AccountLine) -> tuple[str, ...]:
    last = line.last_sign_in_at
    return (
        line.login,
        line.name,
        line.roles_in_words,
        ", ".join(line.whose),
        line.state,
        "never" if last is None else date_in_words(last.date()),
    )
