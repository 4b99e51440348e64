"""`/sign-in` and `/sign-out`: a browser gets a secret of its own, and loses it."""

import logging
import re
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.forms import Form, Wrong, form_page, go_on, posted, wrong_of
from console.visitors import Visiting, give_cookie, new_secret, set_visiting, take_cookie, visiting_of
from models import session
from services.accounts.signing_in import Credentials, SignInRefused, TooManyTries, sign_in
from services.accounts.visits import end_visit

router = APIRouter()
logger = logging.getLogger(__name__)

OUR_PAGE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""An address on this server: nobody is sent elsewhere after they signed in."""


@router.get("/sign-in")
def page(request: Request, next: str = "") -> Response:
    """The form, for a browser that has a secret to bring back; whoever is signed in goes on."""
    visiting = visiting_of(request)
    if visiting.who is not None:
        return go_on(request, _safe(next))
    return sign_in_form(request, Form({"next": next}), [])


@router.post("/sign-in")
def signed_in(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Begin a visit under a new secret: one that somebody else may have given to the browser is worth nothing."""
    context, secret = context_of(request), new_secret()
    address = request.client.host if request.client else ""
    given = Credentials(form.values.get("login", ""), form.values.get("password", ""), address)
    try:
        who = sign_in(context.engine, given, secret, context.now())
    except (SignInRefused, TooManyTries) as error:
        logger.warning("a sign-in from %s failed: %s", address, type(error).__name__)
        answer = sign_in_form(request, form, wrong_of(error))
        answer.status_code = 429 if isinstance(error, TooManyTries) else 422
        return answer
    logger.info("%s signed in from %s", who.login, address)
    answer = go_on(request, _safe(form.text("next")))
    give_cookie(request, answer, secret)
    return answer


@router.post("/sign-out")
def signed_out(request: Request, _form: Annotated[Form, Depends(posted)]) -> Response:
    """End the visit of this browser."""
    with session(context_of(request).engine) as opened:
        end_visit(opened, visiting_of(request).secret)
    answer = go_on(request, "/sign-in")
    take_cookie(request, answer)
    return answer


def sign_in_form(request: Request, form: Form, wrong: list[Wrong]) -> Response:
    """The form, with a secret that the browser must bring back with it."""
    secret = visiting_of(request).secret or new_secret()
    set_visiting(request, Visiting(secret))
    provider = context_of(request).provider
    values = {
        "title": "Sign in",
        "next": form.text("next"),
        "provider": None if provider is None else provider.name,
    }
    answer = form_page(request, "sign_in.html", values, Form({"login": form.text("login")}), wrong)
    give_cookie(request, answer, secret)
    return answer


def _safe(address: str) -> str:
    return address if OUR_PAGE.fullmatch(address) else "/"
