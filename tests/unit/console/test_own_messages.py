"""An authority's own messages: those about its announced reviews, and never another word (R068)."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from models import Activity, Delivery, Reminder, Step, session
from services.casework.advancing import advance
from services.messages.outbox import send_due
from tests.fakes import FakeTransport
from tests.known import known
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import at
from tests.unit.console.conftest import Clock
from tests.york import sign, word

NOTICE = date(2005, 10, 10)
PAGE = "/areas/sheffield/messages"


@pytest.fixture
def clock() -> Clock:
    return Clock(day=NOTICE)


@pytest.fixture
def authority(published_console: TestClient, engine: Engine, clock: Clock) -> TestClient:
    """A director, after the notice of their review and the messages of the days after it."""
    with session(engine) as opened:
        sign(opened, "sheffield-jar", "notification", NOTICE)
    for days in range(0, 30, 3):
        day = NOTICE + timedelta(days=days)
        with session(engine) as opened:
            advance(opened, day, word(day))
        send_due(engine, day, partial(at, day), FakeTransport(), "jar@office.example", "http://localhost")
        clock.day = day
    secret = sign_in_as(engine, "authority", at=clock.at, area_code="sheffield")
    published_console.cookies.update(cookies_of(secret))
    return published_console


def sent_to(engine: Engine, recipient: str) -> list[str]:
    with session(engine, read_only=True) as opened:
        query = select(Delivery.body).where(col(Delivery.recipient) == recipient)
        return list(opened.exec(query))


def test_an_authority_reads_what_it_was_sent_and_what_comes(authority: TestClient, engine: Engine) -> None:
    page = authority.get(PAGE).text
    assert 'href="/areas/sheffield/messages"' in authority.get("/areas/sheffield").text
    theirs = sent_to(engine, "director@sheffield.example")
    assert theirs
    assert page.count("<details") >= len(theirs)
    assert "To come within four weeks" in page
    for other in ("To sheffield-0@", "To lead@", "Cheshire", "Wigan", "cheshire-jar"):
        assert other not in page


def test_a_message_that_also_speaks_of_another_area_is_left_out(
    authority: TestClient, engine: Engine
) -> None:
    before = authority.get(PAGE).text.count("<details")
    with session(engine) as opened:
        mine = select(Delivery.id).where(col(Delivery.recipient) == "director@sheffield.example")
        number = opened.exec(mine).first()
        other = opened.exec(select(Activity).where(Activity.code == "cheshire-jar")).one()
        row = known(opened.exec(select(Step).where(Step.activity_id == other.id)).first())
        opened.add(
            Reminder(
                activity_id=other.id or 0,
                step_id=row.id or 0,
                rule="before",
                occurrence=5,
                due_on=NOTICE,
                remind_on=NOTICE,
                recipient="director@sheffield.example",
                role="director",
                state="included",
                delivery_id=number,
            )
        )
    assert authority.get(PAGE).text.count("<details") == before - 1


def test_of_what_is_not_announced_nothing_is_read(
    authority: TestClient, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.framework.Framework.is_announced", lambda _self, _done: False)
    clock.day += timedelta(days=1)  # what was read before is kept for the day
    page = authority.get(PAGE).text
    assert "<details" not in page
    assert "To come within four weeks" not in page


def test_other_areas_messages_are_not_there(authority: TestClient) -> None:
    assert authority.get("/areas/cheshire/messages").status_code == 404
