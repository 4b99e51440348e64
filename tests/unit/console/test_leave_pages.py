"""Leave is entered and withdrawn by planners and by inspectors for themselves; places that clash lead to stand-ins."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Leave, session
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PATH = "/people/cheshire-1/leave"
TYPED = {"first": "6 March 2006", "last": "10 March 2006"}
DAYS = {**TYPED, "looked_at": "yes"}


@pytest.mark.parametrize("role", ["planner", "inspector", "team_leader"])
def test_leave_is_entered_shown_with_its_clashes_and_withdrawn(
    published_console: TestClient, engine: Engine, clock: Clock, role: str
) -> None:
    secret = sign_in_as(engine, role, at=clock.at, inspector_code="cheshire-1")
    published_console.cookies.update(cookies_of(secret))
    assert f'href="{PATH}"' in published_console.get("/people/cheshire-1").text
    text = published_console.post(f"{PATH}/new", data=form(secret, **DAYS)).text
    assert "is entered. They have a place then in cheshire-jar." in text
    stand_ins = "/plans/published/place?code=cheshire-jar&amp;place=cheshire-1"
    assert (stand_ins in text) == (role == "planner")
    if role == "planner":
        assert published_console.get(stand_ins.replace("&amp;", "&")).status_code == 200
    assert "Nothing is changed" in published_console.post(f"{PATH}/new", data=form(secret, **DAYS)).text
    answer = published_console.post(f"{PATH}/withdraw", data=form(secret, first="2006-03-06"))
    assert "is withdrawn." in answer.text
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Leave)).all() == []


def test_what_leave_would_mean_is_shown_before_it_is_stored(console: TestClient, engine: Engine) -> None:
    secret = console.cookies["jarcycle"]
    page = console.post(f"{PATH}/new", data=form(secret, **TYPED))
    assert page.status_code == 200
    assert "What leave of" in page.text
    assert "6 to 10 March 2006" in page.text
    assert "cheshire-jar. Could stand in, the nearest first:" in page.text
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Leave)).all() == []
    free = console.post(f"{PATH}/new", data=form(secret, first="3 January 2007", percent="50")).text
    assert "<li>None.</li>" in free
    assert "50 per cent" in free
    assert "is entered" in console.post(f"{PATH}/new", data=form(secret, **DAYS)).text
    assert "is known. Nothing is changed." in console.post(f"{PATH}/new", data=form(secret, **TYPED)).text
    overlap = console.post(f"{PATH}/new", data=form(secret, first="10 March 2006"))
    assert overlap.status_code == 422
    assert "Withdraw that first." in overlap.text


def test_nobody_but_a_planner_enters_leave_of_others(
    published_console: TestClient, engine: Engine, clock: Clock
) -> None:
    secret = sign_in_as(engine, "inspector", at=clock.at, inspector_code="sheffield-1")
    published_console.cookies.update(cookies_of(secret))
    assert published_console.get(PATH).status_code == 404
    assert published_console.post(f"{PATH}/new", data=form(secret, **DAYS)).status_code == 404
    assert PATH not in published_console.get("/people/cheshire-1").text


def test_whatever_is_wrong_is_told_at_its_field(console: TestClient) -> None:
    fields = form(console.cookies["jarcycle"], first="", percent="many")
    answer = console.post(f"{PATH}/new", data=fields)
    assert answer.status_code == 422
    assert '<a href="#first">' in answer.text
    assert '<a href="#percent">' in answer.text
