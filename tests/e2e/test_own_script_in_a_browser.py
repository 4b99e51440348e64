"""Our own script in a real browser: shortcuts by keyboard, and parts of pages that follow what is under way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import PlanVersion, ReplanRequest, session
from scheduler.events.kinds import ClosedWeeks
from scheduler.values.value import WeekSpan
from services.solves import asked_replans, solve_runs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, SetCookieParam

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: "Browser", address: str, planner: list["SetCookieParam"]) -> Iterator["Page"]:
    context = browser.new_context(base_url=address)
    context.add_cookies(planner)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()


def test_g_and_a_letter_lead_to_a_page_and_a_question_mark_to_the_list(page: "Page") -> None:
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/areas")
    page.keyboard.press("?")
    page.wait_for_url("**/keys")
    assert page.get_by_role("heading", level=1).inner_text() == "Keyboard shortcuts"


def test_a_letter_alone_and_keys_with_control_lead_nowhere(page: "Page") -> None:
    page.goto("/areas")
    page.keyboard.press("d")
    page.keyboard.press("Control+g")
    page.keyboard.press("d")
    page.keyboard.press("g")
    page.keyboard.press("x")
    page.keyboard.press("d")
    page.wait_for_timeout(300)
    assert page.url.endswith("/areas")


def test_a_slash_leads_to_the_search_and_what_is_typed_there_is_text(page: "Page") -> None:
    page.goto("/areas")
    page.keyboard.press("/")
    page.keyboard.type("gd?/")
    assert page.get_by_label("Name or number").input_value() == "gd?/"
    assert page.url.endswith("/areas")


def test_shortcuts_that_are_turned_off_do_nothing(page: "Page") -> None:
    page.goto("/account")
    page.get_by_role("button", name="Turn shortcuts off").click()
    assert "turned off" in page.get_by_role("alert").inner_text()
    page.goto("/areas")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url.endswith("/areas")
    assert page.evaluate("document.activeElement === document.body")


def another_draft(opened: Session) -> int:
    """A copy of the first plan, as a solve would store it."""
    row = opened.get_one(PlanVersion, 1)
    copy = PlanVersion(**{**row.model_dump(exclude={"version"}), "status": "draft"})
    opened.add(copy)
    opened.flush()
    return copy.version or 0


def test_a_solve_is_followed_to_its_end_while_the_page_and_the_focus_stay(
    page: "Page", console_engine: Engine
) -> None:
    at = datetime.now(UTC)
    with session(console_engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "Ann", at)
    page.goto(f"/plans?follow={number}")
    page.evaluate("window.isSamePage = true")
    page.get_by_role("button", name=f"of solve {number}").focus()
    with session(console_engine) as opened:
        solve_runs.progress(opened, number, "dates", 987_654, 123)
    page.get_by_text("987,654").wait_for()
    assert page.evaluate("document.activeElement.id") == f"stop-{number}"
    before = page.locator("#plans-table tbody tr").count()
    with session(console_engine) as opened:
        plan = another_draft(opened)
        solve_runs.end(opened, number, "done", plan, "", at)
    page.get_by_role("link", name=f"Look at plan {plan}").wait_for()
    assert page.locator("#plans-table tbody tr").count() == before + 1
    assert page.get_by_role("heading", level=1).inner_text().startswith(f"{before + 1} plans")
    assert page.locator("#solves [role=status]").inner_text().startswith("No solve is under way.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2_500)
    assert asked == []
    assert page.evaluate("window.isSamePage")


def test_the_answer_to_a_replan_comes_to_the_page(page: "Page", console_engine: Engine) -> None:
    event = ClosedWeeks(area="luton", weeks=WeekSpan(first=1, end=2), reason="flood")
    with session(console_engine) as opened:
        row = ReplanRequest(
            plan_version=1,
            event=event.model_dump_json(),
            seconds=1,
            asked_by="Ann Lee",
            asked_at=datetime.now(UTC),
        )
        opened.add(row)
        opened.flush()
        number = row.id
    page.goto(f"/replans/{number}")
    assert "Prefect is looking for plans" in page.locator("#replan [role=status]").inner_text()
    page.evaluate("window.isSamePage = true")
    with session(console_engine) as opened:
        row = opened.get_one(ReplanRequest, number)
        row.state, row.message, row.ended_at = asked_replans.NOTHING, "No plan keeps it.", datetime.now(UTC)
    page.get_by_text("No plan keeps it.").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "No plan to choose"
    assert page.title() == "No plan to choose – jarcycle"
    assert page.evaluate("window.isSamePage")


def test_without_javascript_the_page_comes_again_by_itself(
    browser: "Browser", address: str, planner: list["SetCookieParam"], console_engine: Engine
) -> None:
    at = datetime.now(UTC)
    with session(console_engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "Ann", at)
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.add_cookies(planner)
    page = context.new_page()
    page.goto(f"/plans?follow={number}")
    with session(console_engine) as opened:
        solve_runs.end(opened, number, "done", 1, "", at)
    page.locator("#solves [role=status]", has_text="No solve is under way.").wait_for(timeout=30_000)
    page.get_by_role("link", name="Keyboard shortcuts").click()
    page.wait_for_url("**/keys")
    assert page.get_by_role("heading", level=1).inner_text() == "Keyboard shortcuts"
    context.close()
