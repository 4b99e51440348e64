"""The hook of Prefect's automations: one mail to operations for each occasion, and none for strangers."""

import json

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Delivery, session
from tests.fakes import UNREACHABLE, FakeTransport
from tests.unit.console.conftest import TOKEN

KNOWS = {"Authorization": f"Bearer {TOKEN}"}
FAILED = {
    "kind": "failed",
    "subject": "Tick of 9 January 2006",
    "address": "http://127.0.0.1:4200/x",
    "event": "1",
}


def deliveries(engine: Engine) -> list[Delivery]:
    with session(engine, read_only=True) as opened:
        return list(opened.exec(select(Delivery)))


def test_a_failed_run_becomes_a_mail_to_operations_at_once(
    console: TestClient, engine: Engine, transport: FakeTransport
) -> None:
    answer = console.post("/hooks/prefect", json=FAILED, headers=KNOWS)
    assert (answer.status_code, answer.json()) == (202, {"queued": 1})
    [mail] = deliveries(engine)
    assert mail.recipient == "operations@ofsted.example"
    assert mail.subject == "A run failed: Tick of 9 January 2006"
    assert "http://127.0.0.1:4200/x" in mail.body
    assert [message["Message-ID"] for message in transport.messages] == [mail.message_id]
    assert mail.state == "sent"


def test_a_mail_that_nobody_takes_now_waits_for_the_next_run(
    console: TestClient, engine: Engine, transport: FakeTransport
) -> None:
    transport._endings = iter([UNREACHABLE])
    assert console.post("/hooks/prefect", json=FAILED, headers=KNOWS).status_code == 202
    assert deliveries(engine)[0].state == "waiting"


def test_the_same_occasion_is_told_once_and_another_again(console: TestClient, engine: Engine) -> None:
    for event in ("1", "1", "2"):
        console.post("/hooks/prefect", json={**FAILED, "event": event}, headers=KNOWS)
    assert len(deliveries(engine)) == 2


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}])
def test_who_does_not_know_the_token_makes_us_send_nothing(
    console: TestClient, engine: Engine, headers: dict[str, str]
) -> None:
    assert console.post("/hooks/prefect", json=FAILED, headers=headers).status_code == 401
    assert deliveries(engine) == []


@pytest.mark.parametrize("body", [b"no document", b"x" * 100_000, b"\xff", b""])
def test_what_a_stranger_says_is_not_even_read(console: TestClient, body: bytes) -> None:
    assert console.post("/hooks/prefect", content=body).status_code == 401


@pytest.mark.parametrize(("body", "code"), [(b"no document", 422), (b"\xff", 422), (b"x" * 100_000, 413)])
def test_a_report_that_is_none_is_refused(
    console: TestClient, engine: Engine, body: bytes, code: int
) -> None:
    assert console.post("/hooks/prefect", content=body, headers=KNOWS).status_code == code
    assert deliveries(engine) == []


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:9999", "null"])
def test_a_page_of_others_cannot_report_even_with_the_token(
    console: TestClient, engine: Engine, origin: str
) -> None:
    headers = {**KNOWS, "Origin": origin}
    assert console.post("/hooks/prefect", json=FAILED, headers=headers).status_code == 403
    assert deliveries(engine) == []


@pytest.mark.parametrize("wrong", [{"kind": "party"}, {"subject": "x" * 501}, {"extra": "field"}])
def test_a_report_that_makes_no_sense_is_refused(
    console: TestClient, engine: Engine, wrong: dict[str, str]
) -> None:
    assert console.post("/hooks/prefect", json={**FAILED, **wrong}, headers=KNOWS).status_code == 422
    assert deliveries(engine) == []


def test_a_name_with_line_breaks_stays_one_line_of_the_header(console: TestClient, engine: Engine) -> None:
    console.post(
        "/hooks/prefect", json={**FAILED, "subject": "a\r\nBcc: everybody@example.org"}, headers=KNOWS
    )
    assert deliveries(engine)[0].subject == "A run failed: a Bcc: everybody@example.org"


def test_without_a_contact_of_operations_nothing_is_queued(empty_console: TestClient) -> None:
    assert empty_console.post("/hooks/prefect", json=FAILED, headers=KNOWS).json() == {"queued": 0}


@pytest.mark.parametrize("place", ["subject", "address", "event"])
def test_half_a_letter_in_a_report_is_refused_and_is_no_fault_of_ours(
    console: TestClient, engine: Engine, place: str
) -> None:
    said = {**FAILED, place: "half of it"}
    body = json.dumps(said).replace("half of it", "\\ud800")
    answer = console.post("/hooks/prefect", content=body, headers=KNOWS)
    assert answer.status_code == 422
    assert deliveries(engine) == []
