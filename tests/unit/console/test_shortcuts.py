"""Keyboard shortcuts: each page of the menu has a letter, `/keys` lists them, an account may have none (WCAG 2.1.4)."""

from collections import Counter

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.rendering import NAVIGATION, OF_AREA_NAVIGATION
from console.shortcut_letters import letter_of
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock


@pytest.mark.parametrize("menu", [NAVIGATION, OF_AREA_NAVIGATION])
def test_each_page_of_a_menu_has_a_letter_of_its_own(menu: tuple[tuple[str, str], ...]) -> None:
    letters = Counter(letter_of(name) for _address, name in menu)
    assert "" not in letters
    assert "g" not in letters  # it begins each of them
    assert set(letters.values()) == {1}


def test_the_page_of_keys_lists_the_pages_that_one_may_open(
    stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    for role, there, not_there in (("planner", "/data", "/accounts"), ("operator", "/accounts", "/data")):
        stranger.cookies.clear()
        stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, login=role)))
        table = stranger.get("/keys").text.partition("<main")[2]
        assert f'href="{there}"' in table
        assert f'href="{not_there}"' not in table


def test_shortcuts_are_turned_off_and_on_again_for_an_account(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    secret = console.cookies["jarcycle"]
    assert " data-shortcuts" in console.get("/account").text
    page = console.post("/account/keys", data=form(secret, shortcuts="off"))
    assert "Keyboard shortcuts are turned off" in page.text
    assert " data-shortcuts" not in page.text
    assert "turned off for your account" in console.get("/keys").text
    console.cookies.clear()
    other = sign_in_as(engine, "planner", at=clock.at)  # the same account
    console.cookies.update(cookies_of(other))
    assert " data-shortcuts" not in console.get("/account").text
    body = form(other, shortcuts="on")
    assert " data-shortcuts" in console.post("/account/keys", data=body).text


def test_whatever_does_not_turn_them_off_leaves_them_on(console: TestClient) -> None:
    answer = console.post("/account/keys", data=form(console.cookies["jarcycle"], shortcuts="maybe"))
    assert "Keyboard shortcuts are turned on" in answer.text


def test_nobody_gets_the_script_before_they_sign_in(stranger: TestClient, console: TestClient) -> None:
    assert "/static/jarcycle.js" in console.get("/account").text
    stranger.cookies.clear()
    assert "<script" not in stranger.get("/sign-in").text
