"""A look at a screen as different people see it: at once by axe, on a narrow or dark screen, in their own colours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.e2e.chart_faults import chart_faults
from tests.e2e.conftest import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
"""320 pixels are what is left of 1280 at 400 per cent."""

AXE_RUN = """([tags, rules]) => axe.run(document, {runOnly: tags, rules, resultTypes: ['violations']})"""


@dataclass(frozen=True)
class Looked:
    """What is wrong with a screen, by how it is looked at; `number` is how it was answered."""

    number: int
    complaints: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    dark: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()


def axe_faults(page: "Page", *, only: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> Iterator[str]:
    """What axe finds: by all rules, by a few of them, or by all but a few."""
    if not page.evaluate("'axe' in window"):
        # Evaluated by the debugger, so that the page's own policy (no script but ours) stays as it is.
        page.evaluate(AXE.read_text())
    wanted = [list(only) or TAGS, {name: {"enabled": False} for name in but}]
    for fault in page.evaluate(AXE_RUN, wanted)["violations"]:
        for node in fault["nodes"][:3]:
            yield f"{fault['id']}: {node['html'][:120]}"


def look(page: "Page", address: str, path: str) -> Looked:
    """Go to a screen and look at it in every way."""
    complaints: list[str] = []
    with _heard(page, address, complaints):
        answer = page.goto(f"{address}{path}")
    number = answer.status if answer else 0
    # A page that is refused is answered with its number, which the browser tells as an error, too.
    said = tuple(text for text in complaints if number < 400 or f"status of {number}" not in text)
    return looked_at(page, number, said)


def looked_at(page: "Page", number: int, complaints: tuple[str, ...] = ()) -> Looked:
    """Look in every way at a screen that is there, answered with that number."""
    wide = (*_headings(page), *axe_faults(page), *chart_faults(page))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    narrow = (*_sideways(page), *axe_faults(page, but=("color-contrast",)))
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    dark = (*axe_faults(page, only=("color-contrast",)), *chart_faults(page))
    forced: list[str] = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
        forced += (f"{scheme}: {fault}" for fault in chart_faults(page))
    page.emulate_media(color_scheme="light", forced_colors="none")
    return Looked(number, complaints, wide, narrow, dark, tuple(forced))


@contextmanager
def _heard(page: "Page", address: str, complaints: list[str]) -> Iterator[None]:
    """Whatever the browser says against a page: of its script, its policy, what is not there or asked of others."""

    def said(message: object) -> None:
        complaints.append(str(getattr(message, "text", message)))

    def asked(request: "Request") -> None:
        if not request.url.startswith(address):
            complaints.append(f"asks {request.url}")

    page.on("console", said)
    page.on("pageerror", said)
    page.on("request", asked)
    yield
    page.remove_listener("console", said)
    page.remove_listener("pageerror", said)
    page.remove_listener("request", asked)


def _headings(page: "Page") -> Iterator[str]:
    count = page.locator("h1").count()
    if count != 1:
        yield f"{count} headings of the first level"


def _sideways(page: "Page") -> Iterator[str]:
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > NARROW["width"]:
        yield f"the page is {width} pixels wide"
