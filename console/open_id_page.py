"""`/sign-in/openid`: the way to a provider of OpenID Connect, and back."""

import logging

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.context import context_of
from console.forms import Form, go_on, wrong_of
from console.sign_in_page import sign_in_form
from console.visitors import give_cookie, new_secret, visiting_of
from services.accounts.open_id import (
    Attempt,
    NotVouchedFor,
    Provider,
    mail_address,
    sign_in_by_address,
    where_to_ask,
)
from services.errors import Objection

router = APIRouter()
logger = logging.getLogger(__name__)

BACK = "/sign-in/openid/back"


@router.get("/sign-in/openid")
def there(request: Request) -> Response:
    """To the provider, under a new secret: what comes back is for this try alone."""
    secret = new_secret()
    try:
        address = where_to_ask(_provider(request), _attempt(request, secret))
    except NotVouchedFor as error:
        return sign_in_form(request, Form(), wrong_of(error))
    answer = RedirectResponse(address, 303)
    give_cookie(request, answer, secret)
    return answer


@router.get(BACK)
def back(request: Request, state: str = "", code: str = "") -> Response:
    """A visit begins if the provider vouches for somebody's mail address and an account has it."""
    context, before, secret = context_of(request), visiting_of(request), new_secret()
    provider = _provider(request)
    try:
        if not before.secret or before.who is not None:
            raise NotVouchedFor([Objection("sign in", "this browser had asked for nothing.", "Try again.")])
        address = mail_address(provider, _attempt(request, before.secret), state, code, context.now())
        who = sign_in_by_address(context.engine, address, secret, context.now())
    except NotVouchedFor as error:
        logger.warning("a sign-in by OpenID Connect failed: %s", error)
        return sign_in_form(request, Form(), wrong_of(error))
    logger.info("%s signed in by OpenID Connect", who.login)
    answer = go_on(request, "/")
    give_cookie(request, answer, secret)
    return answer


def _provider(request: Request) -> Provider:
    provider = context_of(request).provider
    if provider is None:
        raise HTTPException(404, "There is no other sign-in here. Use your user name and password.")
    return provider


def _attempt(request: Request, secret: str) -> Attempt:
    here = context_of(request).public_address or str(request.base_url).rstrip("/")
    return Attempt(secret, f"{here}{BACK}")
