"""Keyboard shortcuts: the letter of each page of the menu, `/keys`, which lists them, and the choice to have none."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.forms import Form, go_on, posted
from console.rendering import navigation_of, render
from console.shortcut_letters import COOKIE, OFF, ON, letter_of
from console.visitors import is_encrypted, who_asks

router = APIRouter()

ALONE = (
    ("?", "This list"),
    ("/", "The search field of the page"),
    ("[", "The page before, in a list of several pages"),
    ("]", "The next page, in a list of several pages"),
)
LASTS_SECONDS = 365 * 24 * 3600
"""How long a browser keeps the choice."""


@router.get("/keys", response_class=HTMLResponse)
def keys(request: Request) -> HTMLResponse:
    """The shortcuts of whoever asks: the pages are those of their own menu."""
    pages = [
        (letter_of(name), name, address)
        for address, name in navigation_of(who_asks(request))
        if letter_of(name)
    ]
    return render(request, "keys.html", {"title": "Keyboard shortcuts", "pages": pages, "alone": ALONE})


@router.post("/account/keys")
def choose(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Turn the shortcuts on or off in this browser."""
    choice = OFF if form.text("shortcuts") == OFF else ON
    answer = go_on(request, "/account", f"Keyboard shortcuts are turned {choice} in this browser.")
    if choice == OFF:
        answer.set_cookie(
            COOKIE, OFF, LASTS_SECONDS, httponly=True, samesite="lax", secure=is_encrypted(request)
        )
    else:
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer
