"""What I did last: one's own entries of the log, each with the page that takes it back."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Activity, Step, session
from services.audit import Word, record_word
from tests.signing_in import cookies_of, sign_in_as
from tests.unit.console.conftest import Clock

AUTUMN = date(2005, 9, 5)


@pytest.fixture
def secret(console: TestClient, engine: Engine, clock: Clock) -> str:
    """A planner who may publish, before anything has begun."""
    clock.day = AUTUMN
    secret = sign_in_as(engine, "planner", "publisher", at=clock.at)
    console.cookies.update(cookies_of(secret))
    return secret


def step_of(engine: Engine, code: str, step: str) -> int:
    with session(engine, read_only=True) as opened:
        query = select(Step.id).join(Activity).where(Activity.code == code, Step.step_id == step)
        return opened.exec(query).one() or 0


def test_nothing_was_done_yet(console: TestClient, secret: str) -> None:
    page = console.get("/account").text
    assert "You have not changed anything yet." in page
    assert 'href="/account#last">What I did last<' in page


def test_a_step_a_draft_and_a_publication_lead_to_what_takes_them_back(
    console: TestClient, engine: Engine, secret: str, clock: Clock
) -> None:
    number = step_of(engine, "wigan-jar", "fieldwork")
    word = Word("Pat planner-publisher", clock.at, clock.day, "said <so>")
    with session(engine) as opened:
        record_word(opened, word, "record actual date", "wigan-jar fieldwork")
        record_word(opened, word, "change by hand", "plan 3", before={"plan": 1}, after={"plan": 3})
        record_word(opened, word, "publish", "plan 3", before={"plan": 2}, after={"plan": 3})
        record_word(opened, word, "publish", "plan 1", before={"plan": None}, after={"plan": 1})
        record_word(opened, Word("Pat", clock.at, clock.day), "judge", "wigan-jar")
    page = console.get("/account").text
    assert f'href="/steps/{number}/undo">Undo<' in page
    assert f'href="/steps/{number}">Wigan: ' in page
    assert 'href="/plans/1">Back to plan 1<' in page
    assert 'href="/plans/2/publish">Publish plan 2 again<' in page
    assert 'href="/plans/3">Plan 3<' in page
    assert "plan None" not in page.lower()
    assert "Judge" not in page, "of somebody else"
    assert "said &lt;so&gt;" in page
    assert console.get("/history?person=Pat%20planner-publisher").status_code == 200


def test_the_last_ten_are_shown_and_no_link_that_one_may_not_follow(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    console.cookies.update(cookies_of(sign_in_as(engine, "inspector", at=clock.at)))
    with session(engine) as opened:
        for number in range(12):
            word = Word("Pat inspector", clock.at, clock.day, f"reason {number:02}")
            record_word(opened, word, "publish", "plan 1", before={"plan": 1})
    page = console.get("/account").text
    assert [f"reason {number:02}" in page for number in range(12)] == [False] * 2 + [True] * 10
    assert "/plans/1/publish" not in page
