"""The banner after a change: said once on the next page, and only to the browser that made the change."""

import hmac
from hashlib import sha256
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from console.visitors import is_encrypted, visiting_of

COOKIE = "jarcycle-notice"
MOST_LETTERS, LASTS_SECONDS = 600, 60


def leave_notice(request: Request, answer: Response, text: str) -> None:
    """Have a sentence told on the next page."""
    secret = visiting_of(request).secret
    if not secret or not text:
        return
    short = text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]} ..."
    value = f"{_seal(secret, short)}.{quote(short, safe='')}"
    is_safe = is_encrypted(request)
    answer.set_cookie(COOKIE, value, LASTS_SECONDS, httponly=True, samesite="lax", secure=is_safe)


def notice_of(request: Request) -> str:
    """The sentence that was left for this browser; blank if there is none, or it is not ours."""
    seal, _point, quoted = request.cookies.get(COOKIE, "").partition(".")
    text, secret = unquote(quoted), visiting_of(request).secret
    is_ours = bool(secret) and hmac.compare_digest(seal.encode(), _seal(secret, text).encode())
    return text if is_ours else ""


def forget_notice(answer: Response) -> None:
    """It was told."""
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")


def _seal(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), f"notice {text}".encode("utf-8", "replace"), sha256).hexdigest()
