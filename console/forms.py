"""Pages that change something: the form that came, one transaction, and then another page that says what was done.

A page is a pair of routes. GET draws the form with `form_page`; POST takes `Form` by `Depends(posted)`, and gives its
change to `change`, which goes on with a banner, or shows the form again with everything that was wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from config.day_forms import parse_day
from config.findings import InvalidText
from console.access_table import MOST_BYTES
from console.context import context_of
from console.notices import leave_notice
from console.rendering import render
from console.visitors import is_form_token, visiting_of
from models import session
from scheduler.values.errors import WithFindings
from services.doors import on_page
from services.errors import AlreadySo, Objection, Refused

TOKEN = "form_token"
URLENCODED = "application/x-www-form-urlencoded"
MOST_FIELDS = 200


@dataclass(frozen=True)
class Form:
    """What somebody typed, by the names of the fields."""

    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field without spaces around it; blank where it was left out."""
        return self.values.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """A day as people type it; None where it was left blank. Refused if it cannot be understood."""
        if not (text := self.text(name)):
            return None
        try:
            return parse_day(text)
        except InvalidText as fault:
            raise Refused([Objection("day", fault.message, fault.advice, field=name)]) from None

    def number(self, name: str) -> int | None:
        """A whole number that a page of ours put there; None if it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True)
class Wrong:
    """One line of the summary of errors, and the field to which it leads (blank: none)."""

    text: str
    field: str = ""


def leading_to(names: Iterable[str], wrong: Iterable[Wrong]) -> list[Wrong]:
    """The same lines, of which none leads to a field that is not drawn."""
    drawn = set(names)
    return [line if line.field in drawn else Wrong(line.text) for line in wrong]


async def posted(request: Request) -> Form:
    """The form of a request that may be read; 403 unless it brings back the token of our own page."""
    if not request.headers.get("Content-Type", "").startswith(URLENCODED):
        raise HTTPException(415, "This page takes forms of its own only. Go back, and send its form.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"A form has {MOST_BYTES:,} bytes at most. Shorten what you typed.")
    try:
        text = body.decode("ascii", "replace")
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(413, f"A form has {MOST_FIELDS} fields at most.") from None
    values = {name: value.replace("\0", "\ufffd") for name, value in pairs}
    require_token(request, values.pop(TOKEN, ""))
    return Form(values)


def require_token(request: Request, token: str) -> None:
    """403 unless a form brings back the token of our own page, which pages of others can neither read nor guess."""
    secret = visiting_of(request).secret
    if not secret or not is_form_token(secret, token):
        advice = "Go back, load the page again, and send the form once more. Cookies must be allowed."
        raise HTTPException(403, f"This form is too old, or it is not from our page. {advice}")


def form_page(
    request: Request, template: str, values: Mapping[str, Any], form: Form, wrong: list[Wrong] | None = None
) -> Response:
    """A page with a form: as somebody typed it, with a summary of what is wrong."""
    found = wrong or []
    more = {
        "form": form.values,
        "wrong": found,
        "wrong_by_field": {line.field: line.text for line in reversed(found)},
    }
    return render(request, template, {**values, **more}, 422 if found else 200)


def change(
    request: Request,
    do: Callable[[Session], str],
    then: str,
    again: Callable[[list[Wrong]], Response],
    with_places: bool = False,
) -> Response:
    """Do it in one transaction, then go on to the page `then` with the sentence that `do` returns.

    What is refused changes nothing, and is told by `again`; what is so already is told on the page `then`.
    """
    try:
        with session(context_of(request).engine) as opened:
            said = do(opened)
    except AlreadySo as known:
        return go_on(request, then, f"{known.on_page()} Nothing is changed.")
    except WithFindings as error:
        return again(wrong_of(error, with_places))
    return go_on(request, then, said)


def wrong_of(error: WithFindings, with_places: bool = False) -> list[Wrong]:
    """The findings of an error as lines of a page; `with_places` where they are about several things."""
    return [_wrong(finding, with_places) for finding in error.findings]


def go_on(request: Request, address: str, notice: str = "") -> Response:
    """To another page of ours (303), with a banner that is shown there once."""
    answer = RedirectResponse(address, 303)
    leave_notice(request, answer, notice)
    return answer


def _wrong(finding: Any, with_place: bool) -> Wrong:
    about, place = getattr(finding, "field", ""), getattr(finding, "place", "")
    advice = on_page(getattr(finding, "advice", ""))
    message = str(getattr(finding, "message", finding))
    if with_place and place and not about:
        return Wrong(f"{place}: {message} {advice}".strip())
    return Wrong(f"{message[:1].upper()}{message[1:]} {advice}".strip(), about)


def chosen(form: Form, name: str, what: str) -> str:
    """What was chosen in a field; Refused if nothing was."""
    if not (text := form.text(name)):
        raise Refused([Objection(name, f"no {what} is chosen.", "Choose one.", field=name)])
    return text
