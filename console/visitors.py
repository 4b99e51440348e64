"""Who asks: the visit behind the cookie of a request, looked up once before anything else is done with it."""

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from config.guard import App, Message, Receive, Send
from console.context import Context, context_of
from models import session
from services.accounts.roles import OF_INSPECTORATE
from services.accounts.visits import SignedIn, is_seen_long_ago, see, visitor
from services.shown.shown_plan import Audience

COOKIE = "jarcycle"
UNASKED = ("/static/", "/health", "/hooks/", "/gantt.css", "/feeds/", "/published/")
"""Beginnings of addresses that are the same for everybody: whose visit it is is not looked up."""

_KEY = "jarcycle.visit"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Visiting:
    """What the cookie of a request says: its secret (blank: none), and who is signed in with it."""

    secret: str = ""
    who: SignedIn | None = None
    trouble: SQLAlchemyError | None = None
    """The database could not be asked."""


class Visitors:
    """An ASGI application in front of the pages: `visiting_of` says afterwards who asks."""

    def __init__(self, app: App, context: Context) -> None:
        self._app, self._context = app, context

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Look the visit up, then pass the request on."""
        if scope["type"] == "http" and not scope["path"].startswith(UNASKED):
            secret = HTTPConnection(scope).cookies.get(COOKIE, "")
            if _SECRET.fullmatch(secret):
                scope[_KEY] = await run_in_threadpool(_looked_up, self._context, secret)
        await self._app(scope, receive, send)


def visiting_of(request: Request) -> Visiting:
    """What the cookie of a request says."""
    found = request.scope.get(_KEY, Visiting())
    assert isinstance(found, Visiting)
    return found


def set_visiting(request: Request, visiting: Visiting) -> None:
    """A page gives the browser a secret, which its own form must already bring back."""
    request.scope[_KEY] = visiting


def who_asks(request: Request) -> SignedIn:
    """Who is signed in, behind a page that asks for it (see `console.access`)."""
    who = visiting_of(request).who
    assert who is not None
    return who


def audience_of(who: SignedIn) -> Audience:
    """For whom pages and files are made: nothing that is not announced is for an authority (R068)."""
    return Audience.INSPECTORATE if who.is_one_of(OF_INSPECTORATE) else Audience.AUTHORITY


def form_token(secret: str) -> str:
    """What every form of a browser must bring back: pages of others can neither read nor guess it.

    It looks different each time: the length of a compressed page tells nothing of it.
    """
    mask = secrets.token_bytes(sha256().digest_size)
    return (mask + _masked(mask, _form_key(secret))).hex()


def is_form_token(secret: str, text: str) -> bool:
    """Whether a text is a token of a browser's forms."""
    try:
        token = bytes.fromhex(text)
    except ValueError:
        return False
    mask, masked = token[: len(token) // 2], token[len(token) // 2 :]
    key = _form_key(secret)
    return len(mask) == len(masked) == len(key) and hmac.compare_digest(_masked(mask, masked), key)


def _form_key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"form", sha256).digest()


def _masked(mask: bytes, key: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(mask, key, strict=True))


def new_secret() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def give_cookie(request: Request, answer: Response, secret: str) -> None:
    """Let the browser keep a secret: no script reads it, no page of others sends it along with a form."""
    answer.set_cookie(COOKIE, secret, path="/", httponly=True, samesite="lax", secure=is_encrypted(request))


def take_cookie(request: Request, answer: Response) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=is_encrypted(request))


def is_encrypted(request: Request) -> bool:
    """Whether it came over https, or to the public address that is one."""
    public = urlsplit(context_of(request).public_address)
    is_public = public.scheme == "https" and request.url.hostname == public.hostname
    return is_public or request.url.scheme == "https"


def _looked_up(context: Context, secret: str) -> Visiting:
    at = context.now()
    try:
        with session(context.engine, read_only=True) as opened:
            who = visitor(opened, secret, at, context.lasting)
            is_stale = who is not None and is_seen_long_ago(opened, secret, at)
        if is_stale:
            with session(context.engine) as opened:
                see(opened, secret, at)
    except SQLAlchemyError as trouble:
        return Visiting(trouble=trouble)
    return Visiting(secret, who)
