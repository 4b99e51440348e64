"""All buttons of the console, found on its pages, and pressing them in a browser with what people would type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.access_table import ACCESS
from tests.e2e.screens import SEERS
from tests.unit.console.crawling import Crawled
from tests.unit.console.pressing import UNTOUCHED, Forms

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

AFTER = {"POST /data": "POST /data/import", "POST /plans/store": "POST /plans/store/keep"}
"""Forms that are there only after another was sent: they are pressed on the page that follows."""

NO_BUTTONS = {"POST /hooks/prefect", "POST /sign-in", *AFTER.values()}
"""What Prefect sends, what nobody presses who is signed in (it has tests of its own), and what comes after."""

POST_ROUTES = tuple(name for name in ACCESS if name.startswith("POST ") and name not in NO_BUTTONS)

DAY, PERIOD = "12 December 2005", ("5 June 2006", "9 June 2006")
TYPED = {
    "area": "Wigan",
    "activity": "wigan-jar",
    "inspector": "wigan-1",
    "by": "Ofsted",
    "code": "wigan",
    "email": "new.person@council.example",
    "first": PERIOD[0],
    "first_day": PERIOD[0],
    "from_week": PERIOD[0],
    "last": PERIOD[1],
    "last_day": PERIOD[1],
    "login": "newcomer",
    "new_login": "newcomer",
    "moving": "",
    "name": "New Comer",
    "not_before": "4 December 2006",
    "number": "1",
    "percent": "0",
    "reference": "SCR/2005/3",
    "source": "the council's letter",
    "version": "1",
    "weeks": "1",
    "within": "60",
}
"""What people type, by the name of the field; else a day where a day is asked for, or a few words."""

WORDS = "agreed with the council"


@dataclass(frozen=True)
class Button:
    """A button of a form: who sees it where, the form's place among those of its page, its route and its words.

    `asks` tells whether the form has fields that people fill in.
    """

    login: str
    path: str
    place: int
    route: str
    words: str
    asks: bool = True

    def __str__(self) -> str:
        return f"'{self.words}' of {self.path} as {self.login}"


def buttons_of(found: Mapping[str, Crawled]) -> dict[str, list[Button]]:
    """One button of each kind, by route: the first that is found with the same words and fields."""
    buttons: dict[str, list[Button]] = {}
    known = set()
    for login in SEERS:
        for path, text in found[login].pages.items():
            for place, form in enumerate(Forms(text, path).forms if text else ()):
                for words in form.buttons if form.method == "POST" else ():
                    key = form.route(), words, *sorted({control.name for control in form.controls})
                    if key not in known:
                        known.add(key)
                        kinds = {control.kind for control in form.controls}
                        asks = any(kind == "file" or kind not in UNTOUCHED for kind in kinds)
                        button = Button(login, path, place, form.route(), words, asks)
                        buttons.setdefault(form.route(), []).append(button)
    return buttons


@dataclass(frozen=True)
class Answer:
    """The page that a press led to: its number, headings of the first level, and ways on from it."""

    number: int
    headings: int
    ways_on: int
    text: str

    def faults(self) -> Iterator[str]:
        """What is wrong with it as an answer to anybody."""
        if self.number >= 500 or self.number in (400, 403, 404, 405, 413, 415):
            yield f"answered {self.number}: {self.text[:200]}"
        if self.headings != 1:
            yield f"{self.headings} headings of the first level"
        if not self.ways_on:
            yield "no way on"


Files = Mapping[str, Path]
"""The file that is sent with the forms of a route."""


def press(page: "Page", button: Button, files: Files | None = None) -> Answer:
    """Fill the form in, with the file of its route, and press; without files all of it is left blank."""
    form = page.locator("form").nth(button.place).element_handle()
    for field in form.query_selector_all("input, select, textarea"):
        _fill(field, None if files is None else (files, button.route))
    found = (
        one for one in form.query_selector_all("button") if " ".join(one.inner_text().split()) == button.words
    )
    with page.expect_navigation() as going:
        next(found).click()
    main = page.locator("main")
    return Answer(
        going.value.status if going.value else 0,
        page.locator("h1").count(),
        main.locator("a, button").count(),
        main.inner_text(),
    )


def _fill(field: "ElementHandle", given: tuple[Files, str] | None) -> None:
    name, kind = field.get_attribute("name") or "", field.get_attribute("type") or ""
    if kind in ("hidden", "submit") or not field.evaluate("field => field.labels.length"):
        return  # nobody sees it, such as the user name that a keeper of passwords looks for
    if kind == "file":
        field.set_input_files([] if given is None else [given[0][given[1]]])
    elif kind in ("checkbox", "radio"):
        _tick(field, given is not None)
    elif field.evaluate("field => field.tagName") == "SELECT":
        options = field.evaluate("field => [...field.options].map(option => option.value)")
        values = [value for value in options if value]
        field.select_option("" if given is None or not values else values[0])
    else:
        field.fill("" if given is None else _typed(field, name, kind))


def _tick(field: "ElementHandle", is_ticked: bool) -> None:
    """The box itself is drawn by its label."""
    if field.is_checked() != is_ticked:
        field.evaluate("field => field.labels[0].click()")


def _typed(field: "ElementHandle", name: str, kind: str) -> str:
    if kind == "password":
        return "a horse of four letters"
    asks = field.evaluate(
        "field => field.labels[0].textContent + (document.getElementById(field.name + '-hint')?.textContent || '')"
    )
    return TYPED.get(name, DAY if "2006" in asks or "day" in name else WORDS)
