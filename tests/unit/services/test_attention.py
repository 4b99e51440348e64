"""What a person should look at, and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import Delivery, PlanVersion, session
from services import heartbeats
from services.messages.deliveries import days_of_messages, troubled
from services.shown.attention import concerns
from tests.tables import at, published

FRIDAY = date(2006, 1, 13)
MONDAY = FRIDAY + timedelta(days=3)


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    """A published programme in which everything ran on Friday."""
    published(engine)
    with session(engine) as found:
        for name in (heartbeats.TICK, heartbeats.REMIND):
            heartbeats.begin(found, name, FRIDAY, at(FRIDAY))
            heartbeats.end(found, name, FRIDAY, "done", at(FRIDAY))
        yield found


def message(state: str, day: date = FRIDAY) -> Delivery:
    name = f"<{state}-{day}@test>"
    return Delivery(
        message_id=name, as_of=day, channel="mail", recipient="a@b.c", subject="s", body="b", state=state
    )


def kinds(opened: Session, day: date) -> list[str]:
    opened.flush()
    return [concern.kind for concern in concerns(opened, day)]


@pytest.mark.parametrize("day", [FRIDAY, FRIDAY + timedelta(days=1), MONDAY])
def test_nothing_needs_attention_while_everything_runs(opened: Session, day: date) -> None:
    opened.add(message("sent"))
    assert kinds(opened, day) == []


def test_a_working_day_without_a_tick_does(opened: Session) -> None:
    assert kinds(opened, MONDAY + timedelta(days=1)) == ["no-tick", "no-remind"]


def test_a_bank_holiday_is_no_working_day(opened: Session) -> None:
    """Good Friday and Easter Monday 2006: the Thursday before is the last working day."""
    thursday, tuesday = date(2006, 4, 13), date(2006, 4, 18)
    for name in (heartbeats.TICK, heartbeats.REMIND):
        heartbeats.end(opened, name, thursday, "done", at(thursday))
    assert kinds(opened, tuesday) == []
    assert kinds(opened, tuesday + timedelta(days=1)) == ["no-tick", "no-remind"]


@pytest.mark.parametrize("state", ["unresolved", "failed"])
def test_a_message_that_only_a_person_can_judge_does(opened: Session, state: str) -> None:
    opened.add(message(state))
    assert kinds(opened, MONDAY) == [state]


@pytest.mark.parametrize("state", ["waiting", "claimed", "refused", "sent"])
def test_a_message_on_its_way_does_not(opened: Session, state: str) -> None:
    opened.add(message(state))
    assert kinds(opened, MONDAY) == []


def test_a_published_plan_made_from_old_facts_does(opened: Session) -> None:
    opened.get_one(PlanVersion, 1).is_stale = True
    assert kinds(opened, MONDAY) == ["stale-plan"]


def test_before_the_first_publication_nothing_can_be_missing(engine: Engine) -> None:
    with session(engine, read_only=True) as empty:
        assert concerns(empty, MONDAY) == []


def test_messages_are_counted_a_day_the_newest_first(opened: Session) -> None:
    opened.add_all([message("sent"), message("waiting"), message("unresolved"), message("sent", MONDAY)])
    opened.flush()
    days = days_of_messages(opened)
    assert [(day.day, day.messages, day.sent, day.waiting, day.trouble) for day in days] == [
        (MONDAY, 1, 1, 0, 0),
        (FRIDAY, 3, 1, 1, 1),
    ]
    assert [row.state for row in troubled(opened)] == ["unresolved"]
