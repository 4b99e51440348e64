"""`/accounts`: who may sign in, for operators; each account with what can be done about it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, form_page, posted
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.own_part import is_number
from console.rendering import render
from models import Account, session
from reports.words import date_in_words, plural
from services.accounts import keeping
from services.accounts.account_lines import STATES, AccountLine, account_line, lines_of_accounts
from services.accounts.keeping import OneTime
from services.accounts.roles import ROLE_WORDS
from services.audit import Word
from services.shown.history import history_answers

router = APIRouter()

ACCOUNTS = "/accounts"


def account_address(number: int) -> str:
    """The page of an account."""
    return f"{ACCOUNTS}/{number}"


def _last(line: AccountLine) -> Words:
    at = line.last_sign_in_at
    return Words("Never" if at is None else date_in_words(at.date()))


LISTING: Listing[AccountLine] = Listing(
    path=ACCOUNTS,
    name="Accounts",
    noun=("account", "accounts"),
    columns=(
        Column(
            "name",
            "Name",
            lambda line: Words(line.name, account_address(line.number)),
            lambda line: line.name,
        ),
        Column("login", "User name", lambda line: Words(line.login)),
        Column("email", "Mail address", lambda line: Words(line.email)),
        Column("roles", "Roles", lambda line: Words(line.roles_in_words)),
        Column("whose", "Who or whose", lambda line: Words(", ".join(line.whose))),
        Column("state", "State", lambda line: Words(STATES[line.state])),
        Column(
            "last",
            "Last sign-in",
            _last,
            lambda line: line.last_sign_in_at.date() if line.last_sign_in_at else None,
        ),
    ),
    filters=(
        Filter(
            "role",
            "Role",
            "All roles",
            lambda line: [(role.value, ROLE_WORDS[role].capitalize()) for role in line.roles],
        ),
        Filter("state", "State", "Any state", lambda line: [(line.state, STATES[line.state])]),
    ),
    found_by=lambda line: f"{line.name} {line.login} {line.email} {' '.join(line.whose)}",
    order="name",
    search_label="Name, user name or code",
)


@router.get("/accounts", response_class=HTMLResponse)
def all_accounts(request: Request) -> HTMLResponse:
    """Every account, searched and filtered as the address says."""
    lines = _lines(request)
    values = {
        "title": plural(len(lines), "account").capitalize(),
        "frame": frame(LISTING, asked_of(request, LISTING), lines),
    }
    return render(request, "accounts.html", values)


add_file(router, LISTING, lambda request: _lines(request))


@router.get("/accounts/{number}")
def one_account(request: Request, number: str) -> Response:
    """An account, and what can be done about it."""
    return one_account_page(request, line_of(request, number))


@router.post("/accounts/{number}/password")
def renewed(request: Request, number: str, _form: Annotated[Form, Depends(posted)]) -> Response:
    """Another one-time password, shown this once; whoever is signed in is signed out."""
    line = line_of(request, number)
    with session(context_of(request).engine) as opened:
        made = keeping.renew_password(opened, line.login, word_of(request, Form()))
    return one_account_page(request, line_of(request, number), made=made)


@router.post("/accounts/{number}/lock")
def locked(request: Request, number: str, _form: Annotated[Form, Depends(posted)]) -> Response:
    """Lock it: whoever is signed in is signed out, and its feeds end."""
    return _changed(request, number, keeping.lock, "{} can no longer sign in.")


@router.post("/accounts/{number}/unlock")
def unlocked(request: Request, number: str, _form: Annotated[Form, Depends(posted)]) -> Response:
    """Unlock it."""
    return _changed(request, number, keeping.unlock, "{} may sign in again.")


@router.get("/accounts/{number}/remove")
def removal(request: Request, number: str) -> Response:
    """Asks whether it is meant."""
    return ask(request, _removal(line_of(request, number)))


@router.post("/accounts/{number}/remove")
def removed(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Delete it; the history keeps what its owner did."""
    line = line_of(request, number)

    def do(opened: Session) -> str:
        keeping.remove(opened, line.login, word_of(request, form))
        return f"The account of {line.name} is removed."

    return change(request, do, ACCOUNTS, lambda wrong: ask(request, _removal(line), form, wrong))


def line_of(request: Request, number: str) -> AccountLine:
    """The account of a number; 404 if there is none."""
    with session(context_of(request).engine, read_only=True) as opened:
        account = opened.get(Account, int(number)) if is_number(number) else None
        if account is None:
            raise HTTPException(404, f"There is no account {number}. Go to the accounts.")
        return account_line(account)


def one_account_page(
    request: Request, line: AccountLine, wrong: list[Wrong] | None = None, made: OneTime | None = None
) -> Response:
    """The page of an account, with a one-time password that was just made."""
    values = {
        "title": line.name,
        "account": line,
        "state": STATES[line.state],
        "last": _last(line).text,
        "made": made,
        "has_done": line.name in kept(request, history_answers).people,
    }
    return form_page(request, "account_of.html", values, Form(), wrong)


def _changed(
    request: Request, number: str, do: Callable[[Session, str, Word], Account], told: str
) -> Response:
    line = line_of(request, number)

    def done(opened: Session) -> str:
        return told.format(do(opened, line.login, word_of(request, Form())).name)

    address = account_address(line.number)
    return change(request, done, address, lambda wrong: one_account_page(request, line, wrong))


def _lines(request: Request) -> list[AccountLine]:
    with session(context_of(request).engine, read_only=True) as opened:
        return lines_of_accounts(opened)


def _removal(line: AccountLine) -> Question:
    address = account_address(line.number)
    facts = (("User name", line.login), ("Roles", line.roles_in_words))
    fields = (Field("why", "Why", "It is kept in the history. You may leave it blank.", "words"),)
    return Question(
        f"Remove the account of {line.name}",
        f"{address}/remove",
        address,
        line.name,
        fields,
        (Button("Remove the account"),),
        facts,
    )
