"""Keyboard shortcuts: the letter of each page of the menu, `/keys`, which lists them, and the choice to have none."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.forms import Form, change, go_on, posted
from console.rendering import navigation_of, render
from console.shortcut_letters import letter_of
from console.visitors import who_asks
from services.accounts.own_account import choose_shortcuts

router = APIRouter()

ALONE = (
    ("?", "This list"),
    ("/", "The search field of the page"),
    ("[", "The page before, in a list of several pages"),
    ("]", "The next page, in a list of several pages"),
)
OFF = "off"


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
    """Turn the shortcuts on or off for one's account; single letters can be in the way of speech input (WCAG 2.1.4)."""
    are_on = form.text("shortcuts") != OFF

    def do(opened: Session) -> str:
        choose_shortcuts(opened, who_asks(request), are_on)
        return f"Keyboard shortcuts are turned {'on' if are_on else 'off'} for your account."

    return change(request, do, "/account", lambda wrong: go_on(request, "/account", wrong[0].text))
