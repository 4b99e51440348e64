"""Pages of a programme in which nothing is yet, and pages that refuse: each readable, each with a way on."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from console.app import create_app
from console.rendering import NAVIGATION
from tests.e2e.busy_programme import PROGRAMME_ROLES
from tests.e2e.looking import Looked, look, looked_at
from tests.e2e.serving import context_on, page_of, serving
from tests.engines import on_copy
from tests.signing_in import sign_in_as
from tests.tables import PLANNED_ON

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EMPTY = (
    *(path for path, _name in NAVIGATION),
    "/offers",
    "/messages/coming",
    "/messages/occasions",
    "/plans/compare",
    "/plans/store",
    "/solves/new",
    "/events/new",
    "/load/work",
)
REFUSED = {
    "/nothing-here": 404,
    "/plans/99": 404,
    "/areas/atlantis": 404,
    "/steps/99999": 404,
    "/account/colleagues": 403,
}


@pytest.fixture(scope="module")
def engine(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty database."""
    path = tmp_path_factory.mktemp("empty") / "jarcycle.db"
    with on_copy(migrated_file, path) as made:
        yield made


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    """Where a console over it listens."""
    with serving(create_app(context_on(engine, PLANNED_ON))) as found:
        yield found


@pytest.fixture(scope="module")
def page(engine: Engine, address: str, browser: "Browser") -> Iterator["Page"]:
    """A page of somebody with all roles of the programme, save those of a person in it."""
    roles = [role for role in PROGRAMME_ROLES if role not in ("inspector", "team_leader")]
    with page_of(browser, address, sign_in_as(engine, *roles)) as found:
        yield found


def faults(page: "Page", looked: Looked) -> list[str]:
    """What is wrong with a page that is there."""
    found = [*looked.complaints, *looked.wide, *looked.narrow, *looked.dark, *looked.forced]
    return found if page.locator("main a, header a").count() else [*found, "no way on"]


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_programme_has_a_page_that_says_what_to_do(page: "Page", address: str, path: str) -> None:
    looked = look(page, address, path)
    assert (looked.number, faults(page, looked)) == (200, [])


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_refused_is_a_page_that_everybody_can_read(page: "Page", address: str, path: str) -> None:
    looked = look(page, address, path)
    assert (looked.number, faults(page, looked)) == (REFUSED[path], [])


def test_a_form_that_is_too_old_is_told_as_a_page(page: "Page", address: str) -> None:
    page.goto(f"{address}/solves/new")
    page.locator("main input[name=form_token]").evaluate("field => { field.value = 'x'; }")
    page.get_by_role("button", name="Start").click()
    assert "too old" in page.inner_text("main")
    assert faults(page, looked_at(page, 403)) == []


def test_a_sign_in_that_is_refused_says_so_and_can_be_read(browser: "Browser", address: str) -> None:
    with page_of(browser, address) as page:
        page.goto("/sign-in")
        page.get_by_label("User name").fill("nobody")
        page.get_by_label("Password").fill("nothing")
        page.get_by_role("button", name="Sign in").click()
        assert "do not match" in page.get_by_role("alert").inner_text()
        assert faults(page, looked_at(page, 422)) == []
