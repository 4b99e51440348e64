"""A run for a wrong day is refused where that day cannot be, and can be taken back while nothing was sent."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, AuditEntry, Delivery, Evidence, Reminder, Step, session
from services import audit, heartbeats
from services.audit import Word
from services.casework.advancing import ADVANCE, advance
from services.casework.plausible_days import refuse_implausible
from services.casework.undone_runs import UndoneRun, undo_run
from services.casework.waiver_reasons import WaiverReason
from services.errors import Refused
from services.messages.outbox import send_due
from services.messages.transports import FolderTransport
from tests import tables
from tests.known import known
from tests.people import sign as signs

TODAY, FAR, LOST = date(2005, 10, 17), date(2006, 3, 6), date(2026, 11, 29)
"""The day it is, a mistyped one, and that of a clock that was lost."""

SHEFFIELD = "sheffield-jar"


def at(day: date) -> datetime:
    return tables.at(day)


def run(engine: Engine, day: date) -> None:
    with session(engine) as opened:
        heartbeats.begin(opened, heartbeats.TICK, day, at(day))
        advance(opened, day, Word("tick", at(day), day))
        heartbeats.end(opened, heartbeats.TICK, day, "", at(day))


def refusal(engine: Engine, day: date) -> str:
    """Why a run for a day is refused; empty if it is not."""
    with session(engine, read_only=True) as opened:
        try:
            refuse_implausible(opened, day)
        except Refused as refused:
            return str(refused)
    return ""


def take_back(engine: Engine, today: date = TODAY) -> UndoneRun:
    with session(engine) as opened:
        return undo_run(opened, Word("Ann", at(today), today, "the clock was lost"))


def everything(engine: Engine) -> dict[str, list[object]]:
    """What a run may change."""
    with session(engine, read_only=True) as opened:
        return {
            "steps": [
                (row.id, row.state, row.actual_on) for row in opened.exec(select(Step).order_by(Step.id))
            ],
            "activities": [
                (row.code, row.state) for row in opened.exec(select(Activity).order_by(Activity.code))
            ],
            "reminders": sorted(
                (row.step_id, row.rule, row.occurrence, row.due_on, row.recipient, row.state)
                for row in opened.exec(select(Reminder).where(Reminder.state == "planned"))
            ),
            "requests": sorted((row.name, row.area_code) for row in opened.exec(select(Evidence))),
        }


@pytest.fixture
def programme(engine: Engine) -> Engine:
    tables.published(engine)
    run(engine, TODAY)
    return engine


def test_the_log_tells_which_steps_a_run_moved_and_how_they_were(programme: Engine) -> None:
    run(programme, date(2006, 1, 16))
    with session(programme, read_only=True) as opened:
        query = select(AuditEntry).where(AuditEntry.action == ADVANCE, AuditEntry.subject == SHEFFIELD)
        entry = known(opened.exec(query.order_by(col(AuditEntry.id).desc())).first())
    before, after = json.loads(entry.before or ""), json.loads(entry.after or "")
    assert (entry.who, entry.why, after["as_of"]) == ("tick", "their day had come", "2006-01-16")
    moved = {name: (kept["state"], after["steps"][name]["state"]) for name, kept in before["steps"].items()}
    assert moved["notification"] == ("awaiting_sign_off", "overdue")
    assert all(was != now for was, now in moved.values())


def test_a_run_that_moves_nothing_writes_nothing(programme: Engine) -> None:
    def count() -> int:
        with session(programme, read_only=True) as opened:
            return len(opened.exec(select(AuditEntry)).all())

    before = count()
    run(programme, TODAY)
    assert count() == before


def test_a_day_years_after_all_that_has_happened_is_refused(programme: Engine) -> None:
    words = refusal(programme, LOST)
    assert words.startswith("29 November 2026: it is more than a year after 17 October 2005")
    assert words.endswith("add --force.")


def test_a_day_within_a_year_is_taken(programme: Engine) -> None:
    assert refusal(programme, TODAY + timedelta(days=366)) == ""
    assert refusal(programme, TODAY + timedelta(days=367)) != ""


def test_a_day_years_before_what_has_happened_is_refused(programme: Engine) -> None:
    """Its messages would bear that day, and be used up."""
    assert refusal(programme, TODAY - timedelta(days=366)) == ""
    words = refusal(programme, date(1950, 10, 17))
    assert words.startswith("17 October 1950: it is more than a year before 17 October 2005")


def test_a_programme_in_which_nothing_can_move_may_be_left_alone_for_years(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    assert refusal(engine, LOST) == ""


def test_a_run_is_taken_back_as_if_it_had_not_been(programme: Engine) -> None:
    before = everything(programme)
    run(programme, FAR)
    far = everything(programme)
    assert far != before
    undone = take_back(programme)
    assert undone.as_of == FAR
    assert undone.steps
    assert undone.reminders > 20
    assert everything(programme) == before
    with session(programme, read_only=True) as opened:
        assert known(heartbeats.last(opened, heartbeats.TICK)).as_of == TODAY
    assert refusal(programme, LOST) != ""
    run(programme, TODAY)
    assert everything(programme) == before


def test_runs_are_taken_back_one_after_the_other(programme: Engine) -> None:
    before = everything(programme)
    run(programme, date(2006, 1, 16))
    between = everything(programme)
    run(programme, date(2006, 3, 13))
    assert take_back(programme, date(2006, 1, 16)).as_of == date(2006, 3, 13)
    assert everything(programme)["steps"] == between["steps"]
    assert take_back(programme).as_of == date(2006, 1, 16)
    assert everything(programme)["steps"] == before["steps"]


def test_waiting_messages_of_the_run_are_taken_back_too(programme: Engine, tmp_path: Path) -> None:
    before = everything(programme)
    run(programme, FAR)
    (tmp_path / "mailbox").write_text("in the way")  # nothing can be delivered
    send_due(programme, FAR, lambda: at(FAR), FolderTransport(tmp_path / "mailbox"))
    take_back(programme)
    assert everything(programme)["steps"] == before["steps"]
    with session(programme, read_only=True) as opened:
        assert not opened.exec(select(Delivery).where(Delivery.as_of == FAR)).all()


def test_what_people_have_read_is_not_taken_back(programme: Engine, tmp_path: Path) -> None:
    run(programme, FAR)
    send_due(programme, FAR, lambda: at(FAR), FolderTransport(tmp_path / "mailbox"))
    before = everything(programme)
    with pytest.raises(Refused) as refused:
        take_back(programme)
    assert "has gone out" in str(refused.value)
    assert everything(programme) == before


def test_a_word_that_came_after_the_run_is_taken_back_first(programme: Engine) -> None:
    run(programme, date(2006, 1, 16))
    with session(programme) as opened:
        step = opened.exec(
            select(Step).join(Activity).where(Activity.code == SHEFFIELD, Step.step_id == "notification")
        ).one()
        signs(opened, step.id or 0, date(2006, 1, 6), Word("Ann", at(TODAY), date(2006, 1, 16), "late"),
                 waiver=WaiverReason("short_notice"))  # fmt: skip
    with pytest.raises(Refused) as refused:
        take_back(programme)
    assert "'sign off' of sheffield-jar notification came after the run" in str(refused.value)


def test_taking_back_needs_a_reason_and_a_run(engine: Engine) -> None:
    tables.published(engine)
    with session(engine) as opened, pytest.raises(Refused, match="needs a reason"):
        undo_run(opened, Word("Ann", at(TODAY), TODAY))
    with session(engine) as opened, pytest.raises(Refused, match="no run has moved"):
        undo_run(opened, Word("Ann", at(TODAY), TODAY, "why not"))


def test_the_log_tells_that_a_run_was_taken_back(programme: Engine) -> None:
    run(programme, FAR)
    take_back(programme)
    with session(programme, read_only=True) as opened:
        entry = audit.entries(opened, SHEFFIELD)[0]
    assert (entry.action, entry.who, entry.why) == ("undo run", "Ann", "the clock was lost")
    assert entry.at == datetime(2005, 10, 17, 9, tzinfo=UTC)
