"""A step that comes into a timetable later is told by itself, and so is one that takes place no more, each once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from models import session
from tests.told import (
    DIRECTOR,
    INSPECTOR,
    NOTICE,
    events_of,
    give_notice,
    publish_york,
    send,
    step_of,
    text_of,
)

DAY = NOTICE + timedelta(days=3)
MEETING = "sheffield-jar-discussion@jarcycle.invalid"


@pytest.fixture
def york(engine: Engine) -> Engine:
    """York has had its notice."""
    publish_york(engine)
    return engine


def put(engine: Engine, state: str, step_id: str = "discussion") -> None:
    """A grade, a scope or another text of the framework brings a step or takes it away."""
    with session(engine) as opened:
        step_of(opened, step_id).state = state


def notified(engine: Engine) -> None:
    give_notice(engine)
    send(engine, NOTICE)


def test_a_step_that_comes_later_is_told_once(york: Engine) -> None:
    put(york, "superseded")
    notified(york)
    put(york, "planned")
    found = send(york, DAY)
    text = text_of(found[DIRECTOR])
    assert "- Meeting with officers, members and the local strategic partnership: 25 August 2006\n" in text
    assert "  This is new." in text
    assert "Why: what is known of it now asks for other steps than before." in text
    assert set(events_of(found[DIRECTOR])) == {MEETING}
    assert INSPECTOR not in found  # whom it does not concern
    assert DIRECTOR not in send(york, DAY + timedelta(days=1))


def test_a_step_that_takes_place_no_more_is_told_once(york: Engine) -> None:
    notified(york)
    put(york, "superseded")
    found = send(york, DAY)
    text = text_of(found[DIRECTOR])
    assert "local strategic partnership: takes place no more\n  Before: 25 August 2006." in text
    assert "is new" not in text
    assert events_of(found[DIRECTOR])[MEETING][2] == "CANCELLED"
    assert DIRECTOR not in send(york, DAY + timedelta(days=1))


def test_a_step_that_comes_back_is_new_again(york: Engine) -> None:
    notified(york)
    put(york, "superseded")
    send(york, DAY)
    put(york, "planned")
    assert "  This is new." in text_of(send(york, DAY + timedelta(days=1))[DIRECTOR])


def test_a_step_that_went_and_came_back_before_anybody_heard_is_not_told(york: Engine) -> None:
    notified(york)
    put(york, "superseded")
    put(york, "planned")
    assert DIRECTOR not in send(york, DAY)


def test_what_is_done_when_it_goes_has_taken_place(york: Engine) -> None:
    notified(york)
    with session(york) as opened:
        step = step_of(opened, "discussion")
        step.state, step.actual_on = "superseded", date(2006, 2, 12)
    assert DIRECTOR not in send(york, DAY)
