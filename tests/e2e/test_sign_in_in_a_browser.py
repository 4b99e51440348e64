"""From the one-time password to a step that is signed off and undone, with a real browser and by keyboard."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from console.visitors import COOKIE
from models import session
from services.accounts.keeping import add_account
from services.accounts.owners import Owner
from services.audit import Word
from services.naming.steps import find_step_of
from tests.e2e.conftest import TODAY
from tests.e2e.looking import axe_faults
from tests.signing_in import sign_in_as

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, SetCookieParam

pytestmark = pytest.mark.browser

CHOSEN = "a horse of four letters"


@pytest.fixture
def stranger(browser: "Browser", address: str) -> Iterator["Page"]:
    """A page of a browser in which nobody is signed in, without JavaScript."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


@pytest.fixture
def page(browser: "Browser", address: str, planner: list["SetCookieParam"]) -> Iterator["Page"]:
    """A page of a planner who is signed in."""
    context = browser.new_context(base_url=address)
    context.add_cookies(planner)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def faults(page: "Page") -> list[str]:
    """What axe finds."""
    return list(axe_faults(page))


def test_a_newcomer_signs_in_chooses_a_password_and_signs_out_by_keyboard(
    stranger: "Page", console_engine: Engine
) -> None:
    with session(console_engine) as opened:
        word = Word("Olga", datetime.now(UTC), TODAY)
        password = add_account(opened, Owner("newcomer", "New Comer"), ["planner"], word).password
    stranger.goto("/due")
    stranger.get_by_label("User name").fill("newcomer")
    stranger.get_by_label("Password").fill("wrong")
    stranger.keyboard.press("Enter")
    assert "do not match an account" in stranger.get_by_role("alert").inner_text()
    assert stranger.get_by_label("User name").input_value() == "newcomer"
    stranger.get_by_label("Password").fill(password)
    stranger.keyboard.press("Enter")
    stranger.wait_for_url("**/account/password")
    stranger.get_by_label("Password so far").fill(password)
    for label in ("New password", "New password again"):
        stranger.get_by_label(label, exact=True).fill(CHOSEN)
    stranger.keyboard.press("Enter")
    assert "Your password is changed" in stranger.get_by_role("alert").inner_text()
    stranger.get_by_role("button", name="Sign out").press("Enter")
    stranger.wait_for_url("**/sign-in")
    stranger.goto("/due")
    stranger.wait_for_url("**/sign-in?next=%2Fdue")
    stranger.get_by_label("User name").fill("newcomer")
    stranger.get_by_label("Password").fill(CHOSEN)
    stranger.get_by_role("button", name="Sign in").click()
    stranger.wait_for_url("**/due")
    stranger.get_by_role("link", name="New Comer").click()
    stranger.get_by_role("button", name="Sign out everywhere").click()
    stranger.wait_for_url("**/sign-in")


def test_a_step_is_signed_off_corrected_and_undone(page: "Page", console_engine: Engine) -> None:
    with session(console_engine, read_only=True) as opened:
        number = find_step_of(opened, "cheshire-jar", "notification").id
    page.goto("/areas/cheshire")
    page.locator(f'a[href="/steps/{number}/sign-off"]').first.click()
    page.get_by_role("button", name="Sign off").click()
    assert "There is a problem" in page.get_by_role("alert").inner_text()
    assert faults(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "on_behalf_of"
    page.get_by_label("On behalf of").select_option("lead_inspectorate")
    page.get_by_label("Why on their behalf").fill("they telephoned")
    page.get_by_label("Waiver", exact=True).select_option("short_notice")
    page.get_by_role("button", name="Sign off").click()
    page.wait_for_url("**/areas/cheshire")
    assert "is signed off for" in page.get_by_role("alert").inner_text()
    assert faults(page) == []
    page.locator(f'a[href="/steps/{number}/record"]').first.click()
    page.get_by_label("Day on which it happened").fill("3 October 2005")
    page.get_by_label("Why").fill("the date of the letter")
    page.get_by_role("button", name="Record").click()
    page.wait_for_url("**/areas/cheshire")
    for _ in range(2):
        page.locator(f'a[href="/steps/{number}/undo"]').first.click()
        page.get_by_label("Why").fill("it was a test")
        page.get_by_role("button", name="Undo").click()
        page.wait_for_url("**/areas/cheshire")
        assert "is as it was before" in page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("path", ["/sign-in", "/nothing-here"])
def test_what_a_stranger_sees_has_no_fault_that_axe_can_find(
    browser: "Browser", address: str, path: str
) -> None:
    page = browser.new_page(base_url=address)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert faults(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.context.close()


def test_a_calendar_feed_is_made_read_and_revoked(page: "Page") -> None:
    page.goto("/areas/cheshire")
    page.get_by_role("link", name="Calendar feed").click()
    page.get_by_role("button", name="Make the feed").click()
    address = page.get_by_role("status").locator("code").inner_text()
    assert faults(page) == []
    calendar = page.request.get(address)
    assert "BEGIN:VCALENDAR" in calendar.text()
    page.get_by_role("button", name="Revoke the feed of area cheshire").click()
    assert "The feed is revoked" in page.get_by_role("alert").inner_text()
    assert page.request.get(address).status == 404


def test_an_authority_adds_a_colleague_and_locks_them(
    browser: "Browser", address: str, console_engine: Engine
) -> None:
    director = {"area_code": "cheshire", "login": "dee", "name": "Dee Rector"}
    secret = sign_in_as(console_engine, "authority", **director)
    page = browser.new_page(base_url=address)
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": address}])
    page.goto("/")
    page.get_by_role("link", name="Dee Rector").click()
    page.get_by_role("link", name="Colleagues who may sign in").click()
    page.get_by_label("Name", exact=True).fill("Col League")
    page.get_by_label("User name").fill("col")
    page.get_by_label("Role").select_option("preparation")
    page.get_by_role("button", name="Add the colleague").click()
    assert "one-time password" in page.get_by_role("status").inner_text()
    assert faults(page) == []
    page.get_by_role("button", name="Lock the account of Col League").click()
    assert "Col League can no longer sign in" in page.get_by_role("alert").inner_text()
    page.context.close()
