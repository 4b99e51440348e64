"""Calendar feeds: read by whoever knows the address, as their account may see them now, until they are revoked."""

import re

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import AuditEntry, Feed, session
from services.accounts.keeping import lock
from services.audit import Word
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

ADDRESS = re.compile(r"http://localhost(/feeds/[\w-]{43}\.ics)")


def make(console: TestClient, whose: str, code: str):
    data = form(console.cookies[COOKIE], whose=whose, code=code)
    return console.post("/account/feeds", data=data)


def address(console: TestClient, whose: str = "area", code: str = "Sheffield") -> str:
    return ADDRESS.findall(make(console, whose, code).text)[0]


@pytest.mark.parametrize(
    ("whose", "code"),
    [
        ("area", "Sheffield"),
        ("inspector", "sheffield-1"),
        ("leader", "sheffield-0"),
        ("body", "csci"),
    ],
)
def test_a_feed_is_read_without_a_sign_in(console: TestClient, whose: str, code: str) -> None:
    found = address(console, whose, code)
    console.cookies.clear()
    answer = console.get(found)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "Sheffield: JAR fieldwork" in answer.text.replace("\r\n ", "")


def test_the_address_is_shown_once_and_kept_as_a_hash_only(console: TestClient, engine: Engine) -> None:
    found = address(console)
    secret = found.removeprefix("/feeds/").removesuffix(".ics")
    page = console.get("/account/feeds").text
    assert "sheffield" in page
    assert secret not in page
    with session(engine, read_only=True) as opened:
        [feed] = opened.exec(select(Feed)).all()
        entries = opened.exec(select(AuditEntry).where(AuditEntry.action == "make feed")).all()
    assert secret not in feed.secret_hash
    assert [secret in f"{entry.after}" for entry in entries] == [False]


@pytest.mark.parametrize("way", ["revoked", "made again", "locked", "unknown"])
def test_a_feed_that_has_ended_answers_nobody(
    console: TestClient, engine: Engine, clock: Clock, way: str
) -> None:
    sign_in_as(engine, "operator", at=clock.at)
    found = address(console)
    assert console.get(found).status_code == 200
    if way == "revoked":
        number = re.findall(r"/account/feeds/(\d+)/revoke", console.get("/account/feeds").text)[0]
        answer = console.post(f"/account/feeds/{number}/revoke", data=form(console.cookies[COOKIE]))
        assert "The feed is revoked" in answer.text
    elif way == "made again":
        assert console.get(address(console)).status_code == 200
    elif way == "locked":
        with session(engine) as opened:
            lock(opened, "planner", Word("Olga", clock.at, clock.day))
    else:
        found = found.replace(found[10:20], "0123456789")
    assert console.get(found).status_code == 404


def test_nobody_revokes_a_feed_of_others(console: TestClient, engine: Engine, clock: Clock) -> None:
    found = address(console)
    number = re.findall(r"/account/feeds/(\d+)/revoke", console.get("/account/feeds").text)[0]
    secret = sign_in_as(engine, "viewer", at=clock.at)
    console.cookies.clear()
    console.cookies.update(cookies_of(secret))
    for which in (number, "x", "9" * 30):
        answer = console.post(f"/account/feeds/{which}/revoke", data=form(secret))
        assert answer.status_code == 422
    assert console.get(found).status_code == 200


def test_an_authority_makes_a_feed_of_its_own_area_and_of_nothing_else(
    console: TestClient, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R068: and it never shows what is not announced."""
    console.cookies.clear()
    console.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, area_code="sheffield")))
    for whose, code in (("area", "cheshire"), ("inspector", "sheffield-1"), ("body", "csci")):
        answer = make(console, whose, code)
        assert answer.status_code == 422
        assert "Your account sees the calendar of its own area only." in answer.text
    found = address(console, "area", "sheffield")
    assert "Analysis" in console.get(found).text
    monkeypatch.setattr("config.framework.Framework.is_announced", lambda _self, _done: False)
    assert "Analysis" not in console.get(found).text


@pytest.mark.parametrize(
    ("whose", "code"),
    [("", "sheffield"), ("planet", "sheffield"), ("area", "atlantis"), ("inspector", ""), ("body", "none")],
)
def test_a_calendar_that_there_is_not_has_no_feed(
    console: TestClient, engine: Engine, whose: str, code: str
) -> None:
    answer = make(console, whose, code)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Feed)).all() == []
