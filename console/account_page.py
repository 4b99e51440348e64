"""`/account`: one's own account, a new password, and the end of every visit."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from console.access import PASSWORD, SIGN_IN
from console.context import context_of
from console.forms import Form, form_page, go_on, posted, wrong_of
from console.rendering import render
from console.visitors import take_cookie, visiting_of, who_asks
from models import session
from services.accounts.own_account import choose_password
from services.accounts.roles import ROLE_WORDS, Role
from services.accounts.visits import end_visits
from services.audit import Word
from services.errors import Refused

router = APIRouter()


@router.get("/account")
def account(request: Request) -> Response:
    """Who one is here."""
    who = who_asks(request)
    roles = [ROLE_WORDS[role] for role in Role if role in who.roles]
    return render(request, "account.html", {"title": who.name, "roles": roles})


@router.get(PASSWORD)
def password(request: Request) -> Response:
    """The form for another password."""
    return _form(request)


@router.post(PASSWORD)
def changed(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Replace it; every other browser of the account is signed out."""
    context, who = context_of(request), who_asks(request)
    old, new, again = (form.values.get(name, "") for name in ("old", "new", "again"))
    word = Word(who.name, context.now(), context.today())
    try:
        choose_password(context.engine, who, (old, new, again), word, visiting_of(request).secret)
    except Refused as error:
        return form_page(request, "password.html", {"title": _title(request)}, Form(), wrong_of(error))
    return go_on(request, "/", "Your password is changed. Every other browser is signed out.")


@router.post("/account/sign-out-everywhere")
def signed_out_everywhere(request: Request, _form: Annotated[Form, Depends(posted)]) -> Response:
    """End every visit of the account, this one included."""
    with session(context_of(request).engine) as opened:
        end_visits(opened, who_asks(request).account_id)
    answer = go_on(request, SIGN_IN)
    take_cookie(request, answer)
    return answer


def _form(request: Request) -> Response:
    return form_page(request, "password.html", {"title": _title(request)}, Form())


def _title(request: Request) -> str:
    return "Choose a password" if who_asks(request).must_change else "Change your password"
