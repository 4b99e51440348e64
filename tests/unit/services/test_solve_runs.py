"""The row of a solve, and the audit log."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from models import session
from services import audit
from services.errors import NotFound, Refused
from services.solves import solve_runs
from tests.tables import fill

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)


def test_a_solve_shows_its_progress_and_its_end(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        solve_runs.progress(opened, number, "dates", 1200, None)
        running = solve_runs.latest(opened)[0].model_dump()
        solve_runs.end(opened, number, "out_of_time", None, "no plan in 30 s", AT)
        ended = solve_runs.latest(opened)[0]
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


def test_a_home_knows_the_solves_of_its_flows_from_all_others(engine: Engine) -> None:
    with session(engine) as opened:
        ours = solve_runs.begin(opened, "3", "quick", "planner", AT, "here:/home")
        others = [solve_runs.begin(opened, "3", "quick", "planner", AT, home) for home in ("there:/home", "")]
    with session(engine, read_only=True) as opened:
        assert solve_runs.running(opened, "here:/home") == [ours]
        assert solve_runs.running(opened) == [ours, *others]


def test_an_ended_solve_is_not_stopped(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        solve_runs.end(opened, number, "done", None, "", AT)
        solve_runs.request_stop(opened, number)
        assert not solve_runs.is_stop_requested(opened, number)


def test_a_solve_cannot_end_as_running(engine: Engine) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        with pytest.raises(Refused, match="'running' is not how a solve ends"):
            solve_runs.end(opened, number, "running", None, "", AT)
        with pytest.raises(NotFound, match="no such solve"):
            solve_runs.end(opened, number + 1, "done", None, "", AT)


def test_the_audit_log_tells_the_newest_change_first(engine: Engine) -> None:
    with session(engine) as opened:
        audit.record(opened, "planner", AT, "publish", "plan 1", after={"on": date(2005, 8, 1), "at": AT})
        audit.record(opened, "leader", AT, "sign off", "380-jar set_up", before=None, why="done")
        found = audit.log(opened, audit.LogFilter())
        assert [(entry.who, entry.subject) for entry in found] == [
            ("leader", "380-jar set_up"),
            ("planner", "plan 1"),
        ]
        assert json.loads(found[1].after or "") == {"on": "2005-08-01", "at": "2005-08-01T09:00:00+00:00"}
        assert [entry.who for entry in audit.entries(opened, "380-jar set_up")] == ["leader"]


@pytest.fixture
def logged(engine: Engine) -> Engine:
    """Four entries: a plan that moved Wigan, a word about Sheffield, evidence of Wigan, and a later import."""
    with session(engine) as opened:
        fill(opened)
        dates = {"dates": {"wigan-jar analysis": date(2006, 5, 15)}}
        audit.record(opened, "Ann", AT, "publish", "plan 1", before=dates, after=dates)
        audit.record(opened, "Bob", AT, "sign off", "sheffield-jar notification")
        audit.record(opened, "Ann", AT + timedelta(days=1), "receive evidence", "wigan plans")
        audit.record(opened, "Bob", AT + timedelta(days=2), "import", "facts", after={"digest": "0"})
    return engine


def subjects(engine: Engine, **given: Any) -> list[str]:
    with session(engine, read_only=True) as opened:
        return [entry.subject for entry in audit.log(opened, audit.LogFilter(**given))]


def test_the_log_of_an_area_has_its_steps_its_evidence_and_the_plans_that_moved_it(logged: Engine) -> None:
    assert subjects(logged, area="wigan") == ["wigan plans", "plan 1"]
    assert subjects(logged, area="sheffield") == ["sheffield-jar notification"]
    assert subjects(logged, area="cheshire") == []


def test_the_log_of_a_person_is_theirs_alone_and_an_unknown_one_is_told_who_is_there(logged: Engine) -> None:
    assert subjects(logged, person="ann") == ["wigan plans", "plan 1"]
    with pytest.raises(NotFound, match="Those in the log are: Ann, Bob"):
        subjects(logged, person="Zacharias")


def test_the_log_of_days_has_both_ends(logged: Engine) -> None:
    assert subjects(logged, first=date(2005, 8, 2), last=date(2005, 8, 2)) == ["wigan plans"]
    assert subjects(logged, first=date(2005, 8, 2)) == ["facts", "wigan plans"]
    assert subjects(logged, last=date(2005, 7, 31)) == []
