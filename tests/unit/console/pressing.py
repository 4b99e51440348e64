"""Pressing the buttons of the console: the forms of its pages, and what is sent with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
from starlette.testclient import TestClient

from console.access_table import ACCESS
from tests.signing_in import TOKEN_FIELD

SCRIPT = "<script>alert(1)</script>\"'"
ODD = {
    "long": "x" * 3_000,
    "script": SCRIPT,
    "formula": "=1+1",
    "number": "99999999999999999999",
    "negative": "-1",
    "nothing": "a\0b",
}
"""What people and machines type where something else is meant."""

HALF_A_LETTER = "%ED%A0%80"
UNTOUCHED = ("hidden", "submit", "button", "file")


@dataclass
class Control:
    """A field of a form, with the value it is drawn with; None: nothing is sent unless it is ticked."""

    name: str
    kind: str
    value: str | None


@dataclass
class DrawnForm:
    """A form of a page: where it goes, its fields, and its buttons by their words."""

    page: str
    method: str
    action: str
    is_upload: bool
    controls: list[Control] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def values(self) -> dict[str, str]:
        """What the browser sends if nobody touches it."""
        return {own.name: own.value for own in self.controls if own.value is not None and own.name}

    def filled(self, text: str) -> dict[str, str]:
        """The same with one text in all fields that people see."""
        return self.values() | {
            own.name: text for own in self.controls if own.kind not in UNTOUCHED and own.name
        }

    def everything(self) -> list[str]:
        """Names of all its fields, also of those that nobody sees."""
        return [own.name for own in self.controls if own.name]

    def route(self) -> str:
        """How the table of access calls where it goes."""
        return route_of(self.method, self.action)


class Forms(HTMLParser):
    """The forms of a page, the ids in it, those of them that take the focus, and the tags."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.forms: list[DrawnForm] = []
        self.ids: list[str] = []
        self.focused: list[str] = []
        self.tags: list[str] = []
        self._address, self._select, self._button, self._text = address, "", ("", ""), ""
        self._inside: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if "id" in has:
            self.ids.append(has["id"])
            is_field = tag in ("input", "select", "textarea") and has.get("type") != "hidden"
            self.focused += [has["id"]] if is_field or "tabindex" in has else []
        if tag == "form":
            action = has.get("action") or self._address
            kind = has.get("enctype", "") == "multipart/form-data"
            self.forms.append(DrawnForm(self._address, has.get("method", "get").upper(), action, kind))
        elif self.forms:
            self._control(tag, has)

    def _control(self, tag: str, has: dict[str, str]) -> None:
        drawn, name = self.forms[-1], has.get("name", "")
        if tag == "input":
            kind = has.get("type", "text")
            is_off = kind in ("checkbox", "radio") and "checked" not in has
            drawn.controls.append(Control(name, kind, None if is_off else has.get("value", "")))
        elif tag == "select":
            self._select = name
            drawn.controls.append(Control(name, "select", None))
        elif tag == "option" and self._select:
            chosen = drawn.controls[-1]
            if "selected" in has or chosen.value is None:
                chosen.value = has.get("value", "")
        elif tag in ("textarea", "button"):
            self._inside, self._text = tag, ""
            self._button = name, has.get("value", "")
            if tag == "textarea":
                drawn.controls.append(Control(name, tag, ""))

    def handle_data(self, data: str) -> None:
        self._text += data if self._inside else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == self._inside and self.forms:
            if tag == "textarea":
                self.forms[-1].controls[-1].value = self._text
            else:
                self.forms[-1].buttons[" ".join(self._text.split())] = self._button
            self._inside = None


def route_of(method: str, address: str) -> str:
    """The line of the table of access for an address: the one with the fewest parts that may be anything."""
    path = urlsplit(address).path
    names = [name for name in ACCESS if name.startswith(f"{method} ")]
    fitting = [name for name in names if re.fullmatch(_pattern(name.partition(" ")[2]), path)]
    return min(fitting, key=lambda name: (name.count("{"), name.count(":path"), -len(name)), default="")


def _pattern(path: str) -> str:
    parts = re.split(r"(\{[^}]*\})", path)
    return "".join(
        (".+" if part.endswith(":path}") else "[^/]+") if part.startswith("{") else re.escape(part)
        for part in parts
    )


@dataclass(frozen=True)
class Press:
    """A button that was pressed, with what was sent and what came of it."""

    form: DrawnForm
    button: str
    sent: str
    status: int
    address: str
    text: str
    kind: str
    has_changed: bool

    def __str__(self) -> str:
        return f"{self.status} for '{self.button}' ({self.sent}) of {self.form.page} to {self.form.action}"


def bodies(form: DrawnForm, is_odd: bool) -> Iterator[tuple[str, str, str]]:
    """Each button with what is sent: as it is drawn, or else blank and odd; and its body but for the token."""
    for button, (name, value) in form.buttons.items():
        more = {name: value} if name else {}
        if not is_odd:
            yield button, "as drawn", urlencode({**form.values(), **more})
            continue
        yield button, "blank", urlencode({**form.filled(""), **more})
        for what, text in ODD.items():
            yield button, what, urlencode({**form.filled(text), **more})
        half = dict.fromkeys(form.filled(""), HALF_A_LETTER)
        yield button, "half a letter", "&".join(f"{quote_plus(key)}={text}" for key, text in half.items())
        yield button, "another's", urlencode({**dict.fromkeys(form.everything(), SCRIPT), **more})
        yield button, "no field", urlencode(more)


def send(browser: TestClient, form: DrawnForm, body: str, token: str) -> httpx.Response:
    """Send it as a browser does, and follow to where it leads."""
    if form.is_upload:
        files = [("files", ("inspectors.csv", body.encode()))]
        return browser.post(form.action, data={TOKEN_FIELD: token}, files=files)  # type: ignore[return-value]
    pairs = "&".join(pair for pair in body.split("&") if pair and not pair.startswith(f"{TOKEN_FIELD}="))
    content = f"{pairs}&{TOKEN_FIELD}={token}" if pairs else f"{TOKEN_FIELD}={token}"
    told = {"Content-Type": "application/x-www-form-urlencoded"}
    return browser.post(form.action, content=content, headers=told)  # type: ignore[return-value]
