"""The row of a solve, and the audit log."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from models import session
from services import audit
from services.errors import NotFound, Refused
from services.solves import solve_runs

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)


def test_a_solve_shows_its_progress_and_its_end(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        solve_runs.progress(opened, number, "dates", 1200, None)
        running = solve_runs.latest(opened)[0].model_dump()
        assert solve_runs.count_running(opened) == 1
        solve_runs.end(opened, number, "out_of_time", None, "no plan in 30 s", AT)
        ended = solve_runs.latest(opened)[0]
        assert solve_runs.count_running(opened) == 0
    assert (running["state"], running["phase"], running["incumbent"], running["bound"]) == (
        "running", "dates", 1200, None,
    )  # fmt: skip
    assert (ended.state, ended.message, ended.ended_at) == ("out_of_time", "no plan in 30 s", AT)


def test_a_stop_request_is_seen_by_another_process(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
    with session(engine) as opened:
        assert not solve_runs.is_stop_requested(opened, number)
        solve_runs.request_stop(opened, number)
    with session(engine, read_only=True) as opened:
        assert solve_runs.is_stop_requested(opened, number)


def test_an_ended_solve_is_not_stopped(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        solve_runs.end(opened, number, "done", None, "", AT)
        solve_runs.request_stop(opened, number)
        assert not solve_runs.is_stop_requested(opened, number)


def test_a_solve_cannot_end_as_running(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        with pytest.raises(Refused, match="'running' is no end"):
            solve_runs.end(opened, number, "running", None, "", AT)
        with pytest.raises(NotFound, match="no such solve"):
            solve_runs.end(opened, number + 1, "done", None, "", AT)


def test_the_audit_log_tells_the_newest_change_first(engine: Engine) -> None:
    with session(engine) as opened:
        audit.record(opened, "planner", AT, "publish", "plan 1", after={"on": date(2005, 8, 1), "at": AT})
        audit.record(opened, "leader", AT, "sign off", "380-jar set_up", before=None, why="done")
        found = audit.entries(opened)
        assert [(entry.who, entry.subject) for entry in found] == [
            ("leader", "380-jar set_up"),
            ("planner", "plan 1"),
        ]
        assert json.loads(found[1].after or "") == {"on": "2005-08-01", "at": "2005-08-01T09:00:00+00:00"}
        assert [entry.who for entry in audit.entries(opened, action="publish")] == ["planner"]
        assert [entry.who for entry in audit.entries(opened, subject="380-jar set_up")] == ["leader"]
