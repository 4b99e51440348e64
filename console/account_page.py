"""`/account`: one's own account, what one did last, a new password, and the end of every visit."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from console.access import PASSWORD, SIGN_IN, may
from console.context import context_of
from console.forms import Form, form_page, go_on, posted, wrong_of
from console.keeping import kept
from console.moments import in_england
from console.programme_page import area_address
from console.rendering import render
from console.visitors import take_cookie, visiting_of, who_asks
from models import session
from services.accounts.own_account import choose_password
from services.accounts.roles import ROLE_WORDS, Role
from services.accounts.visits import SignedIn, end_visits
from services.audit import Word
from services.errors import Refused
from services.shown.own_changes import OwnChange, last_changes_of

router = APIRouter()


@router.get("/account")
def account(request: Request) -> Response:
    """Who one is here, and what one did last."""
    who = who_asks(request)
    roles = [ROLE_WORDS[role] for role in Role if role in who.roles]
    values = {"title": who.name, "roles": roles, "changes": list(_changes(request, who))}
    return render(request, "account.html", values)


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


def _changes(request: Request, who: SignedIn) -> Iterator[tuple[OwnChange, str, str, tuple[str, str] | None]]:
    """What somebody did last: when, where that is, and what takes it back, with the words of the link."""
    for change in kept(request, last_changes_of, who.name):
        yield change, in_england(change.line.at), _about(who, change), _back(who, change)


def _about(who: SignedIn, change: OwnChange) -> str:
    """The page of what was changed; blank where somebody may see none."""
    line = change.line
    if change.step is not None and may(who, "GET", "/steps/{number}"):
        return f"/steps/{change.step}"
    if line.area_code and may(who, "GET", "/areas/{code:path}"):
        return area_address(line.area_code)
    return f"/plans/{line.plan}" if line.plan is not None and may(who, "GET", "/plans/{version}") else ""


def _back(who: SignedIn, change: OwnChange) -> tuple[str, str] | None:
    """Where a change is taken back."""
    if change.is_word and change.step is not None and may(who, "GET", "/steps/{number}/undo"):
        return f"/steps/{change.step}/undo", "Undo"
    if change.made_from is not None and may(who, "GET", "/plans/{version}"):
        return f"/plans/{change.made_from}", f"Back to plan {change.made_from}"
    if change.replaced is not None and may(who, "GET", "/plans/{version}/publish"):
        return f"/plans/{change.replaced}/publish", f"Publish plan {change.replaced} again"
    return None


def _form(request: Request) -> Response:
    return form_page(request, "password.html", {"title": _title(request)}, Form())


def _title(request: Request) -> str:
    return "Choose a password" if who_asks(request).must_change else "Change your password"
