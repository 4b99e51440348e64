"""`/accounts/new` and `/accounts/{number}/roles`: an operator adds an account, or gives one other roles."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.accounts_page import ACCOUNTS, account_address, line_of, one_account_page
from console.asking import Button, Field, Question, ask, boxes_of
from console.context import context_of
from console.desk import word_of
from console.forms import Form, change, posted, wrong_of
from models import session
from services.accounts import keeping
from services.accounts.account_lines import AccountLine, account_line
from services.accounts.owners import Owner
from services.accounts.roles import ROLE_WORDS, Role
from services.errors import ServiceError

router = APIRouter()

NEW = "/accounts/new"
ROLES = tuple((role.value, ROLE_WORDS[role].capitalize()) for role in Role)
LINKS = (
    Field("of_inspector", "Which inspector they are", "By name or code, for an inspector or a team leader."),
    Field("of_area", "Which area they are of", "By name or code, for an authority or its preparation group."),
    Field("of_body", "Which body they are of", "By name or code, for the role body."),
)


@router.get("/accounts/new")
def new_account(request: Request) -> Response:
    """Asks whose it will be."""
    return ask(request, _new())


@router.post("/accounts/new")
def added(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Add it; its one-time password is shown this once."""
    try:
        with session(context_of(request).engine) as opened:
            owner = _owner(form, form.text("new_login"), form.text("name"), form.text("email"))
            made = keeping.add_account(opened, owner, boxes_of(form, "roles", ROLES), word_of(request, form))
            opened.flush()
            line = account_line(keeping.find_account(opened, made.login))
    except ServiceError as error:
        return ask(request, _new(), form, wrong_of(error))
    return one_account_page(request, line, made=made)


@router.get("/accounts/{number}/roles")
def roles(request: Request, number: str) -> Response:
    """Asks what they are from now on."""
    line = line_of(request, number)
    return ask(request, _roles(line), Form({f"roles-{role}": "yes" for role in line.roles}))


@router.post("/accounts/{number}/roles")
def given(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Give it these roles in place of those it has; its feeds end."""
    line = line_of(request, number)

    def do(opened: Session) -> str:
        chosen = boxes_of(form, "roles", ROLES)
        owner = _owner(form, line.login, line.name)
        account = keeping.change_roles(opened, line.login, chosen, owner, word_of(request, form))
        return f"{account.name} is now: {account_line(account).roles_in_words}."

    address = account_address(line.number)
    return change(request, do, address, lambda wrong: ask(request, _roles(line), form, wrong))


def _owner(form: Form, login: str, name: str, email: str = "") -> Owner:
    inspector, area, body = (form.text(link.name) or None for link in LINKS)
    return Owner(login, name, email, inspector, area, body)


def _new() -> Question:
    fields = (
        Field("name", "Name", "As the history will call them."),
        Field("new_login", "User name", "Small letters, digits and . _ @ -"),
        Field("email", "Mail address", "Leave it blank if they have none."),
        Field("roles", "Roles", kind="boxes", choices=ROLES),
        *LINKS,
    )
    return Question("Add an account", NEW, ACCOUNTS, "Accounts", fields, (Button("Add the account"),))


def _roles(line: AccountLine) -> Question:
    address = account_address(line.number)
    facts = (("Roles so far", line.roles_in_words), ("Who or whose", ", ".join(line.whose) or "Nobody's"))
    fields = (
        Field("roles", "Roles", "They take the place of those so far.", "boxes", ROLES),
        *LINKS,
        Field("why", "Why", kind="words"),
    )
    title = f"Roles of {line.name}"
    return Question(
        title, f"{address}/roles", address, line.name, fields, (Button("Give these roles"),), facts
    )
