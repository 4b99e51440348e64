"""The console in a real browser: accessible, readable without a mouse, without JavaScript and on a narrow screen."""

import hashlib
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/areas?region=North+West",
    "/areas/cheshire",
    "/people",
    "/people/cheshire-0",
    "/load",
    "/load/work?from=soon",
    "/due",
    "/actions",
    "/plans",
    "/plans/1",
    "/messages",
    "/messages/coming",
    "/history",
    "/nothing-here",
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def page(browser: "Browser", address: str) -> Iterator["Page"]:
    """A page that records whatever the policy blocked and whatever failed."""
    context = browser.new_context(base_url=address, java_script_enabled=True)
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    context.close()


def test_axe_is_the_recorded_one() -> None:
    [record] = tomllib.loads((AXE.parent / "VENDOR.toml").read_text())["axe-core"]["files"]
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == record["sha256"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_fault_that_axe_can_find(page: "Page", path: str) -> None:
    page.goto(path)
    # Evaluated by the debugger, so that the page's own policy (no script at all) stays as it is.
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    assert [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]
    ] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_blocked_and_nothing_comes_from_outside(page: "Page", path: str, address: str) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    assert [text for text in complaints if "404" not in text] == []
    assert all(url.startswith(address) for url in asked)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: "Page") -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")


def test_from_the_programme_to_an_area_and_to_what_is_due_by_keyboard(page: "Page") -> None:
    page.goto("/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Cheshire":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/cheshire")
    assert "Cheshire" in page.inner_text("h1")
    page.get_by_role("link", name="What is due").press("Enter")
    page.wait_for_url("**/due")
    assert "late" in page.inner_text("h1")


@pytest.mark.parametrize("path", PAGES)
def test_at_320_pixels_the_page_itself_does_not_scroll_sideways(page: "Page", path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    "path", ["/", "/due", "/areas", "/areas/cheshire", "/people", "/load", "/plans", "/history", "/messages"]
)
def test_links_are_24_pixels_high_unless_they_stand_within_a_sentence(page: "Page", path: str) -> None:
    page.goto(path)
    heights = page.evaluate(
        """() => [...document.querySelectorAll('main td a, main th a, main li a')]
            .map(link => [link.textContent.trim().slice(0, 40), link.getBoundingClientRect().height])"""
    )
    assert heights
    assert [found for found in heights if found[1] < 24] == []


def test_everything_is_there_without_javascript(browser: "Browser", address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    assert page.locator(".jc-gantt table tbody tr").count() >= 6
    page.get_by_role("link", name="26 weeks").click()
    assert "weeks=26" in page.url
    context.close()


def test_an_area_prints_without_the_menu(page: "Page") -> None:
    page.goto("/areas/cheshire")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_file_can_be_saved(page: "Page") -> None:
    page.goto("/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save for Excel").click()
    assert download.value.suggested_filename == "plan-1.xlsx"


def test_a_filter_is_set_by_its_form_and_taken_away_by_its_tag(page: "Page") -> None:
    page.goto("/areas")
    page.get_by_label("Region").select_option("North West")
    page.get_by_role("button", name="Show").click()
    assert "region=North+West" in page.url
    assert page.locator("tbody tr").count() == 3
    page.get_by_role("link", name="Remove the filter Region: North West").click()
    assert page.locator("tbody tr").count() == 6


def test_a_heading_sorts_and_a_stretch_of_load_leads_to_its_work(page: "Page") -> None:
    page.goto("/areas")
    page.get_by_role("link", name="Area", exact=True).click()
    assert page.get_by_role("columnheader", name="Area").get_attribute("aria-sort") == "descending"
    page.goto("/load")
    page.locator(".jc-strip a").first.click()
    page.wait_for_url("**/load/work?**")
    assert page.locator("tbody tr").count() >= 1
    page.locator("tbody td a").first.click()
    page.wait_for_url("**/people/**")
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar feed", exact=True).click()
    assert download.value.suggested_filename.endswith(".ics")
