"""`/health` for a monitor outside: ok, starting, stale, or broken."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services import heartbeats
from tests.unit.console.conftest import Clock

FRIDAY = date(2006, 1, 13)


def ticked(engine: Engine, day: date, clock: Clock) -> None:
    with session(engine) as opened:
        heartbeats.begin(opened, heartbeats.TICK, day, clock.at)
        heartbeats.end(opened, heartbeats.TICK, day, "1 change", clock.at + timedelta(seconds=3))


def test_before_the_first_tick_the_state_is_starting(console: TestClient) -> None:
    answer = console.get("/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["last_tick"]) == (
        200,
        "starting",
        None,
    )


@pytest.mark.parametrize("days_later", [0, 1, 2, 3])
def test_a_tick_on_friday_is_fresh_until_monday(
    console: TestClient, engine: Engine, clock: Clock, days_later: int
) -> None:
    clock.day = FRIDAY + timedelta(days=days_later)
    ticked(engine, FRIDAY, clock)
    assert console.get("/health").json()["status"] == "ok"


def test_a_working_day_without_a_tick_is_stale(console: TestClient, engine: Engine, clock: Clock) -> None:
    clock.day = FRIDAY + timedelta(days=4)
    ticked(engine, FRIDAY, clock)
    answer = console.get("/health").json()
    assert answer["status"] == "stale"
    assert answer["last_tick"]["as_of"] == "2006-01-13"


def test_a_tick_under_way_does_not_hide_the_last_one(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    clock.day = FRIDAY
    ticked(engine, FRIDAY, clock)
    with session(engine) as opened:
        heartbeats.begin(opened, heartbeats.TICK, FRIDAY, clock.at + timedelta(minutes=1))
    assert console.get("/health").json()["status"] == "ok"


def test_a_database_that_does_not_answer_is_503(console: TestClient, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE heartbeat RENAME TO gone")
    answer = console.get("/health")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
