"""One transaction per use case: all or nothing, instants in UTC, foreign keys kept."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from models import Body, Heartbeat, Inspector, session

NOON = datetime(2006, 1, 9, 12, tzinfo=UTC)


def heartbeat(at: datetime) -> Heartbeat:
    return Heartbeat(name="tick", as_of=date(2006, 1, 9), began_at=at)


def test_what_is_written_in_a_session_is_there_afterwards(engine: Engine) -> None:
    with session(engine) as opened:
        opened.add(Body(code="ofsted", name="Ofsted"))
    with session(engine, read_only=True) as opened:
        assert [body.name for body in opened.exec(select(Body))] == ["Ofsted"]


def test_an_error_takes_everything_back(engine: Engine) -> None:
    with pytest.raises(RuntimeError), session(engine) as opened:  # noqa: PT012
        opened.add(Body(code="ofsted", name="Ofsted"))
        opened.flush()
        raise RuntimeError("half-way")
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Body)).all() == []


def test_a_session_for_reading_keeps_no_change(engine: Engine) -> None:
    with session(engine, read_only=True) as opened:
        opened.add(Body(code="ofsted", name="Ofsted"))
        opened.flush()
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Body)).all() == []


def test_an_instant_comes_back_in_utc(engine: Engine) -> None:
    with session(engine) as opened:
        opened.add(heartbeat(NOON.astimezone(timezone(timedelta(hours=5)))))
    with session(engine, read_only=True) as opened:
        began_at = opened.exec(select(Heartbeat)).one().began_at
    assert (began_at, began_at.tzinfo) == (NOON, UTC)


def test_an_instant_without_a_time_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="has no time zone"), session(engine) as opened:
        opened.add(heartbeat(NOON.replace(tzinfo=None)))


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine) -> None:
    stranger = Inspector(
        code="x", name="X", body_code="nobody", home_lat=52, home_lon=-1, max_reviews_per_year=4
    )
    with pytest.raises(IntegrityError), session(engine) as opened:
        opened.add(stranger)
