"""Every screen with the demonstration's data, as whoever sees most: sound, accessible and readable for everybody."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from console.app import create_app
from models import Area, session
from services.accounts.roles import OF_AREA
from tests.e2e.busy_programme import ENGLAND, people
from tests.e2e.looking import Looked, look
from tests.e2e.screens import PAGE_ROUTES, Screen, crawled, screens_of
from tests.e2e.serving import context_on, page_of, serving
from tests.engines import on_copy
from tests.unit.console.crawling import Crawled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Looks = Callable[[str], list[tuple[Screen, Looked]]]


@pytest.fixture(scope="module")
def engine(whole_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The whole programme, to be looked at."""
    path = tmp_path_factory.mktemp("screens") / "jarcycle.db"
    with on_copy(whole_file, path) as made:
        yield made


@pytest.fixture(scope="module")
def found(engine: Engine) -> dict[str, Crawled]:
    """What each person finds by following links."""
    return crawled(engine, ENGLAND)


@pytest.fixture(scope="module")
def looks(found: dict[str, Crawled], engine: Engine, browser: "Browser") -> Iterator[Looks]:
    """Looks at all screens of a route; each is looked at once, and for all tests."""
    screens, who = screens_of(found), people(engine)
    seen: dict[Screen, Looked] = {}
    pages: dict[str, Page] = {}
    with ExitStack() as stack:
        address = stack.enter_context(serving(create_app(context_on(engine, ENGLAND.today))))

        def looked(screen: Screen) -> Looked:
            if screen.login not in pages:
                secret = who[screen.login].signed_in(engine) if screen.login else ""
                pages[screen.login] = stack.enter_context(page_of(browser, address, secret))
            if screen not in seen:
                seen[screen] = look(pages[screen.login], address, screen.path)
            return seen[screen]

        yield lambda route: [(screen, looked(screen)) for screen in screens[route]]


def test_no_link_leads_to_an_error_or_to_what_somebody_may_not_see(
    found: dict[str, Crawled], engine: Engine
) -> None:
    """R068: an authority finds nothing of other areas by following links."""
    wrong = [
        f"{path} as {login}, linked from {source}: {number}"
        for login, pages in found.items()
        for path, (number, source) in pages.wrong.items()
        if source
    ]
    assert wrong == []
    with session(engine, read_only=True) as opened:
        names = {area.code: area.name for area in opened.exec(select(Area))}
    for person in people(engine).values():
        if set(person.roles) & OF_AREA:
            text = " ".join(found[person.login].pages.values())
            others = [name for code, name in names.items() if code != person.area_code and len(name) > 6]
            assert [name for name in others if re.search(rf"\b{re.escape(name)}\b", text)] == []


@pytest.mark.parametrize("route", PAGE_ROUTES)
def test_each_page_has_a_screen_that_a_link_leads_to_and_nothing_is_blocked_on_it(
    looks: Looks, route: str
) -> None:
    shown = looks(route)
    assert shown
    assert faults(shown, lambda looked: looked.complaints) == []


@pytest.mark.parametrize("route", PAGE_ROUTES)
def test_no_screen_has_a_fault_that_axe_can_find_or_a_chart_that_is_too_pale(
    looks: Looks, route: str
) -> None:
    assert faults(looks(route), lambda looked: looked.wide) == []


@pytest.mark.parametrize("route", PAGE_ROUTES)
def test_at_320_pixels_every_screen_can_be_used_and_does_not_scroll_sideways(
    looks: Looks, route: str
) -> None:
    assert faults(looks(route), lambda looked: looked.narrow) == []


@pytest.mark.parametrize("route", PAGE_ROUTES)
def test_every_dark_screen_has_enough_contrast(looks: Looks, route: str) -> None:
    assert faults(looks(route), lambda looked: looked.dark) == []


@pytest.mark.parametrize("route", PAGE_ROUTES)
def test_in_forced_colours_every_text_and_every_mark_stands_out(looks: Looks, route: str) -> None:
    assert faults(looks(route), lambda looked: looked.forced) == []


def faults(shown: list[tuple[Screen, Looked]], of: Callable[[Looked], tuple[str, ...]]) -> list[str]:
    """What is wrong with some screens, each fault with its screen."""
    return [f"{screen}: {fault}" for screen, looked in shown for fault in of(looked)]
