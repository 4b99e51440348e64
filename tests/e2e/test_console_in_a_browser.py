"""The console in a real browser: accessible, readable without a mouse, without JavaScript and on a narrow screen."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import AXE
from tests.e2e.looking import look

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, SetCookieParam

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: "Browser", address: str, planner: list["SetCookieParam"]) -> Iterator["Page"]:
    """A page of a planner who is signed in."""
    context = browser.new_context(base_url=address, java_script_enabled=True)
    context.add_cookies(planner)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def test_axe_is_the_recorded_one() -> None:
    [record] = tomllib.loads((AXE.parent / "VENDOR.toml").read_text())["axe-core"]["files"]
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == record["sha256"]


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


def test_everything_is_there_without_javascript(
    browser: "Browser", address: str, planner: list["SetCookieParam"]
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.add_cookies(planner)
    page = context.new_page()
    page.goto("/")
    assert page.locator(".jc-gantt table tbody tr").count() >= 6
    page.get_by_label("Weeks", exact=True).select_option("26")
    page.get_by_label("Rows", exact=True).select_option("leader")
    page.get_by_role("button", name="Show").click()
    assert "weeks=26" in page.url
    assert "by=leader" in page.url
    context.close()


def test_forced_colours_are_the_readers_own_and_signs_stay_apart(
    browser: "Browser", address: str, planner: list["SetCookieParam"]
) -> None:
    context = browser.new_context(base_url=address, forced_colors="active", color_scheme="dark")
    context.add_cookies(planner)
    page = context.new_page()
    page.goto("/")
    fills = page.evaluate(
        """() => ['t1', 't3', 'jc-n'].map(name => {
            const style = getComputedStyle(document.querySelector(`main .${name}`));
            return [style.fill, style.stroke]; })"""
    )
    assert fills[0] != fills[1]
    assert all("rgb" in colour or colour == "none" for pair in fills for colour in pair)
    ground = page.evaluate("getComputedStyle(document.querySelector('.jc-gantt td svg')).backgroundColor")
    assert ground == page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()


def test_while_the_name_of_a_row_has_the_focus_its_picture_is_put_in_words(page: "Page") -> None:
    page.goto("/")
    shown = """() => getComputedStyle(
        document.querySelector('.jc-gantt tbody tr:has(a) div[role=img]'), '::after').display"""
    assert page.evaluate(shown) == "none"
    page.locator(".jc-gantt tbody tr a").first.focus()
    assert page.evaluate(shown) == "block"


def test_the_pointer_gets_the_words_of_each_bar_and_diamond(page: "Page") -> None:
    page.goto("/?weeks=156")
    missing = page.evaluate(
        """() => [...document.querySelectorAll(
            '.jc-gantt td svg :is(.t1, .t2, .t3, .p, .l, .m):not(:has(> title))')].map(mark => mark.outerHTML)"""
    )
    assert missing == []


def test_a_dot_says_its_words_with_the_focus_and_leads_to_its_area(page: "Page") -> None:
    page.goto("/map")
    dot = page.locator(".jc-map__dot").first
    assert not dot.locator(".jc-map__words").is_visible()
    dot.focus()
    assert dot.locator(".jc-map__words").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/*")


def test_dots_are_targets_of_24_pixels_or_have_the_room(page: "Page") -> None:
    page.goto("/map")
    middles = page.evaluate(
        """() => [...document.querySelectorAll('.jc-map__dot circle')].map(dot => {
            const box = dot.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })"""
    )
    for index, (x, y) in enumerate(middles):
        assert all(abs(x - a) ** 2 + abs(y - b) ** 2 >= 23.4**2 for a, b in middles[:index])


@pytest.mark.parametrize(("paper", "width"), [("a4", 842), ("a3", 1191)])
def test_a_chart_prints_on_its_paper_without_the_form(
    page: "Page", tmp_path: Path, paper: str, width: int
) -> None:
    page.goto(f"/plans/1?paper={paper}")
    page.emulate_media(media="print")
    assert not page.locator("form.jc-look").is_visible()
    assert page.locator(".jc-gantt__key").is_visible()
    file = tmp_path / "plan.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+)", file.read_bytes())
    assert {round(float(box)) for box in boxes} <= {width - 1, width}
    assert boxes


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


def test_an_address_that_is_not_understood_is_a_page_that_everybody_can_read(
    page: "Page", address: str
) -> None:
    looked = look(page, address, "/?stage=siesta")
    assert looked.number == 400
    assert [*looked.complaints, *looked.wide, *looked.narrow, *looked.dark, *looked.forced] == []


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
