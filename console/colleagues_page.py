"""`/account/colleagues`: an authority gives people of its own area accounts, and locks them again."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.forms import Form, Wrong, change, form_page, posted, wrong_of
from console.visitors import who_asks
from models import session
from services.accounts.keeping import OneTime
from services.accounts.owners import Owner
from services.accounts.roles import OF_AREA, ROLE_WORDS, Role, roles_of
from services.accounts.same_area import add_colleague, colleagues, lock_colleague
from services.audit import Word
from services.errors import ServiceError

router = APIRouter()

COLLEAGUES = "/account/colleagues"


@router.get(COLLEAGUES)
def of_area(request: Request) -> Response:
    """Who of the area may sign in, and a form for another one."""
    return _page(request, Form())


@router.post(COLLEAGUES)
def added(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Add one; the one-time password is shown this once."""
    who = who_asks(request)
    owner = Owner(form.text("new_login"), form.text("name"), form.text("email"))
    try:
        with session(context_of(request).engine) as opened:
            made = add_colleague(opened, who, owner, form.text("role"), _word(request))
    except ServiceError as error:
        return _page(request, form, wrong_of(error))
    return _page(request, Form(), made=made)


@router.post("/account/colleagues/{number}/lock")
def locked(request: Request, number: str, _form: Annotated[Form, Depends(posted)]) -> Response:
    """Lock one: they are signed out, and their feeds end."""
    who, account = who_asks(request), Form({"number": number}).number("number") or 0

    def do(opened: Session) -> str:
        return f"{lock_colleague(opened, who, account, _word(request)).name} can no longer sign in."

    return change(request, do, COLLEAGUES, lambda wrong: _page(request, Form(), wrong))


def _word(request: Request) -> Word:
    context = context_of(request)
    return Word(who_asks(request).name, context.now(), context.today())


def _page(
    request: Request, form: Form, wrong: list[Wrong] | None = None, made: OneTime | None = None
) -> Response:
    who = who_asks(request)
    with session(context_of(request).engine, read_only=True) as opened:
        found = colleagues(opened, who)
    values = {
        "title": "Colleagues who may sign in",
        "accounts": [(account, _roles(account.roles)) for account in found],
        "roles": [(role, ROLE_WORDS[role].capitalize()) for role in Role if role in OF_AREA],
        "made": made,
    }
    return form_page(request, "colleagues.html", values, form, wrong)


def _roles(text: str) -> str:
    return ", ".join(ROLE_WORDS[role] for role in Role if role in roles_of(text))
