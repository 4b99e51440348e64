"""The page Preparation: for the group of an area, and for nobody else (C17)."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import AuditEntry, session
from tests.preparing import AREA, STARTED_ON, start, write_framework
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

HERE = "/preparation"


def post(browser: TestClient, part: str, **fields: str):
    return browser.post(f"{HERE}/{part}", data=form(browser.cookies[COOKIE], **fields))


@pytest.fixture
def group(published_console: TestClient, home: Path, engine: Engine, clock: Clock) -> TestClient:
    """A browser of somebody of the group in Sheffield."""
    write_framework(home)
    clock.day = STARTED_ON
    secret = sign_in_as(engine, "preparation", at=clock.at, area_code=AREA)
    published_console.cookies.update(cookies_of(secret))
    return published_console


def test_a_group_starts_and_works_on_its_page_r166_r168_r193(group: TestClient, clock: Clock) -> None:
    assert "The group has not started yet" in group.get(HERE).text
    refused = post(group, "start", framework="ten-2009")
    assert (refused.status_code, "Name the service executive." in refused.text) == (422, True)
    started = post(group, "start", framework="ten-2009", reports_to="The executive").text
    assert "11 January 2010" in started
    member = {"name": "Nia Farr", "nominated_by": "Sheffield council", "email": "nia@council.example"}
    assert "(chair)" in post(group, "member", **member, position="AD", **{"is_chair-yes": "yes"}).text
    post(group, "lead", role="data", member="Nia Farr")
    post(group, "meeting", held_on="2010-01-11", decided="Name the leads")
    post(group, "mock", held_on="2010-01-08", made_by="Two heads", found="Files are thin")
    post(group, "task", name="Audit files", owner="Nia Farr", due_on="1 February 2010", mock="1")
    assert "Done, 11 January 2010" in post(group, "tasks/1").text
    said = {"descriptor": "Not safe", "evidence_held": "An audit", "action_needed": "Train"}
    page = post(group, "evaluation", judgement="safeguarding", grade="1", **said).text
    assert "The whole inspection would be 1" in page
    assert "No lead is named for: Communications" in page
    report = group.get(f"{HERE}/report").text
    assert ("To: The executive" in report, "11 January 2010: Name the leads" in report) == (True, True)


def test_only_the_group_has_the_page_in_its_menu(group: TestClient, engine: Engine, clock: Clock) -> None:
    assert f'href="{HERE}"' in group.get(f"/areas/{AREA}").text
    group.cookies.clear()
    group.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, area_code=AREA)))
    assert HERE not in group.get(f"/areas/{AREA}").text


def test_a_group_sees_nothing_of_the_group_of_another_area(
    group: TestClient, engine: Engine, clock: Clock
) -> None:
    with session(engine) as opened:
        start(opened)
    assert "Nia Farr" in group.get(HERE).text
    group.cookies.clear()
    other = sign_in_as(engine, "preparation", at=clock.at, area_code="cheshire", login="other")
    group.cookies.update(cookies_of(other))
    assert "The group has not started yet" in group.get(HERE).text
    assert group.get(f"{HERE}/member").status_code == 404


def test_who_is_also_of_the_inspectorate_does_not_get_in(
    group: TestClient, engine: Engine, clock: Clock
) -> None:
    """C17: 404, no hint; neither in the history nor in what it can be searched for."""
    with session(engine) as opened:
        start(opened)
    group.cookies.clear()
    both = sign_in_as(engine, "planner", "preparation", at=clock.at, area_code=AREA)
    group.cookies.update(cookies_of(both))
    assert group.get(HERE).status_code == 404
    for page in ("/history", "/history.csv", "/messages", f"/areas/{AREA}", f"/exports/area-{AREA}.csv"):
        assert "Nia Farr" not in group.get(page).text
    assert "start group" not in group.get("/history").text.casefold()
    assert group.get(f"{HERE}/nothing").status_code == 404


def test_a_form_or_a_task_that_is_none_is_not_there(group: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        start(opened, date(2010, 1, 11))
    assert group.get(f"{HERE}/nothing").status_code == 404
    assert group.get(f"{HERE}/tasks/7").status_code == 404


def test_the_feed_of_a_group_is_its_own_and_in_no_log_of_the_inspectorate(
    group: TestClient, engine: Engine, clock: Clock
) -> None:
    """C17: a calendar feed of the group; a planner can neither choose nor make it."""
    with session(engine) as opened:
        start(opened)
    page = group.post("/account/feeds", data=form(group.cookies[COOKIE], whose="preparation")).text
    (feed,) = re.findall(r"/feeds/[A-Za-z0-9_-]{43}\.ics", page)
    assert "20100222" in group.get(feed).text
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(AuditEntry).where(AuditEntry.action == "make feed")).all() == []
    group.cookies.clear()
    group.cookies.update(cookies_of(sign_in_as(engine, "planner", at=clock.at)))
    assert "preparation" not in group.get("/account/feeds").text
    refused = group.post("/account/feeds", data=form(group.cookies[COOKIE], whose="preparation"))
    assert (refused.status_code, "Choose whose calendar it is" in refused.text) == (422, True)
