"""`/health` for a monitor outside: ok, starting, stale, or broken."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from config.clock import read_clock
from models import session
from services import heartbeats
from tests.damages import DAMAGES, damage
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
    engine.dispose()
    Path(engine.url.database or "").write_bytes(b"another kind of file " * 1000)
    answer = console.get("/health")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_database_is_named_with_advice_here_and_on_every_page(
    console: TestClient, engine: Engine, kind: str
) -> None:
    engine.dispose()
    damage(Path(engine.url.database or ""), kind)
    answer = console.get("/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["database"]) == (
        503,
        "broken",
        "damaged",
    )
    assert "Restore a backup" in answer.json()["advice"]
    needs_it = ("/",) if kind == "one table" else ("/", "/due", "/plans", "/plans/1", "/exports/plan-1.csv")
    for address in () if kind == "no version" else needs_it:
        page = console.get(address)
        assert page.status_code == 503
        assert "Restore a backup" in page.text


def test_a_damaged_clock_is_named_with_advice_here_and_on_pages(
    console: TestClient, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "clock.json").write_text("{")
    monkeypatch.setattr(type(clock), "day", property(lambda _: read_clock(tmp_path).today(clock.at)))
    answer = console.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "broken")
    assert "jarcycle up --as-of" in answer.json()["advice"]
    page = console.get("/")
    assert page.status_code == 503
    assert "jarcycle up --as-of" in page.text
