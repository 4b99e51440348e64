"""Somebody says on a page what became of a message that failed, came back or may not have arrived."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import AuditEntry, Delivery, session
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock


def message(engine: Engine, state: str) -> int:
    """A message in some state."""
    with session(engine) as opened:
        row = Delivery(
            message_id=f"<{state}@example>",
            recipient="jane@york.example",
            subject="Dates",
            body="Dear Jane",
            as_of=FIELDWORK_IN_SHEFFIELD,
            channel="mail",
            state=state,
            error="mailbox full" if state == "failed" else "",
        )
        opened.add(row)
        opened.flush()
        return row.id or 0


@pytest.mark.parametrize(
    ("fate", "why", "state", "said"),
    [
        ("arrived", "she rang", "sent", "is known to have arrived"),
        ("bounced", "no such mailbox", "bounced", "is known to have come back"),
        ("again", "", "waiting", "goes out again with the next run"),
    ],
)
def test_what_became_of_a_message_is_said_on_its_page(
    console: TestClient, engine: Engine, fate: str, why: str, state: str, said: str
) -> None:
    number = message(engine, "unresolved")
    assert f'href="/messages/{number}/settle"' in console.get(f"/messages/{number}").text
    assert "What became of it" in console.get(f"/messages/{number}/settle").text
    body = form(console.cookies["jarcycle"], fate=fate, why=why)
    assert said in console.post(f"/messages/{number}/settle", data=body).text
    with session(engine, read_only=True) as opened:
        assert opened.get_one(Delivery, number).state == state
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "resolve delivery")).one()
        assert entry.why == why


@pytest.mark.parametrize(
    ("state", "fate", "advice"),
    [
        ("waiting", "arrived", "nobody needs to decide"),
        ("sent", "bounced", "Give what the returned message says."),
        ("failed", "", "Choose one."),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_can_be_done_in_the_console(
    console: TestClient, engine: Engine, state: str, fate: str, advice: str
) -> None:
    number = message(engine, state)
    answer = console.post(f"/messages/{number}/settle", data=form(console.cookies["jarcycle"], fate=fate))
    assert answer.status_code == 422
    assert advice in answer.text
    assert console.get("/messages/99/settle").status_code == 404


def test_only_who_looks_after_messages_settles_them(
    published_console: TestClient, engine: Engine, clock: Clock
) -> None:
    number = message(engine, "failed")
    published_console.cookies.update(cookies_of(sign_in_as(engine, "publisher", at=clock.at)))
    assert "/settle" not in published_console.get(f"/messages/{number}").text
    assert published_console.get(f"/messages/{number}/settle").status_code == 403
