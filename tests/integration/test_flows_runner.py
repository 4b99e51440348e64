"""A real runner on a real server: a cron makes runs, runs are done, and a kill in the midst of one loses nothing."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from queue import Queue

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.schedules import Cron
from prefect.settings import get_current_settings
from sqlalchemy import Engine
from sqlmodel import col, select

from config.clock import Clock, write_clock
from config.settings import child_environment
from console.hooks import Report
from flows.automations import upsert_automations
from flows.processes.children import Child
from flows.synchronising import ABANDONED, catch_up, prepare
from flows.tick_flow import tick
from flows.watch_flow import watch
from models import Heartbeat, Reminder, SolveRun, Step, make_engine, session
from services import heartbeats
from services.bootstrap import now
from services.casework import advancing
from services.solves import solve_runs
from services.solves.solve_runs import SILENT, WITHOUT_PLAN
from tests.known import known
from tests.tables import MONDAYS, published

pytestmark = pytest.mark.engine

LATE_DAY = MONDAYS["cheshire"]
TRIGGERS_SECONDS = 2.0
"""After so long the server's triggers know of a new automation."""


@flow(name="cron-of-a-test")
def every_minute() -> None:
    pass


@flow(name="failing-of-a-test", flow_run_name='Failing "with quotes"')
def failing() -> None:
    raise ValueError("boom")


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


def runs_of(deployment: str) -> list[FlowRun]:
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(deployment).id
        return client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[found])))


@pytest.fixture
def programme(prefect_server: str, database: Engine, home: Path) -> Engine:
    published(database)
    write_clock(home, Clock.showing(LATE_DAY, now()))
    return database


@pytest.fixture
def runner(programme: Engine, home: Path) -> Iterator[Child]:
    settings = get_current_settings().to_environment_variables(exclude_unset=True)
    environment = child_environment({**settings, "PREFECT_RUNNER_POLL_FREQUENCY": "1"})
    child = Child("runner", ["flows.processes.runner"], environment, home / "runner.log")
    yield child
    child.stop(5)


def test_a_cron_makes_runs(prefect_server: str) -> None:
    """With the newest SQLAlchemy none would ever be made, while everything looks healthy: hence the locked versions."""
    every_minute.to_deployment("minutely", schedule=Cron("* * * * *", timezone="Europe/London")).apply()
    assert wait_until(lambda: bool(runs_of("cron-of-a-test/minutely")), 20)
    starts = sorted(
        run.expected_start_time for run in runs_of("cron-of-a-test/minutely") if run.expected_start_time
    )
    assert all(later - earlier == timedelta(minutes=1) for earlier, later in pairwise(starts))
    with get_client(sync_client=True) as client:
        client.delete_deployment(client.read_deployment_by_name("cron-of-a-test/minutely").id)


def test_a_killed_runner_loses_nothing_and_the_next_tick_does_the_rest(
    programme: Engine, runner: Child, tmp_path: Path
) -> None:
    assert wait_until(lambda: _is_served())
    assert len(catch_up()) == 2
    assert wait_until(lambda: _has_begun(programme)), runner.tail()
    os.killpg(runner.process.pid, signal.SIGKILL)
    runner.process.wait()
    prepare("http://127.0.0.1:1/hooks/prefect", "token", server_is_ours=True)
    ended = [run for run in runs_of("tick/tick") if run.state and run.state.type is StateType.CRASHED]
    assert all(run.state and run.state.message == ABANDONED for run in ended)
    tick(LATE_DAY)
    assert _facts(programme) == _facts(_undisturbed(tmp_path))
    with session(programme, read_only=True) as opened:
        beat = opened.get_one(Heartbeat, "tick")
    assert beat.as_of == LATE_DAY
    assert known(beat.ended_at) >= beat.began_at


def test_a_run_that_fails_and_a_concern_reach_the_console_s_hook(programme: Engine) -> None:
    received: Queue[tuple[str, dict[str, str]]] = Queue()
    with session(programme) as opened:
        for work in (heartbeats.TICK, heartbeats.REMIND):
            heartbeats.end(opened, work, LATE_DAY - timedelta(weeks=1), "", now())
    with _listening(received) as address:
        upsert_automations(f"{address}/hooks/prefect", "secret")
        assert upsert_automations(f"{address}/hooks/prefect", "secret") == [
            "jarcycle: a run failed",
            "jarcycle: a run is late",
            "jarcycle: something needs attention",
            "jarcycle: no tick has run",
        ]
        time.sleep(TRIGGERS_SECONDS)
        watch(LATE_DAY)
        with pytest.raises(ValueError, match="boom"):
            failing()
        said = {report["kind"]: (token, report) for token, report in _first(received, 3)}
    assert said["attention"][0] == "Bearer secret"
    assert "did not run" in said["attention"][1]["subject"]
    assert said["failed"][1]["subject"] == 'Failing "with quotes"'
    assert "/runs/flow-run/" in said["failed"][1]["address"]
    for _token, report in said.values():
        Report(**report)  # type: ignore[arg-type]


def test_a_solve_that_a_power_cut_ended_is_not_shown_as_running_for_ever(programme: Engine) -> None:
    with session(programme) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", now() - SILENT)
    prepare("http://127.0.0.1:1/hooks/prefect", "token", server_is_ours=True)
    with session(programme, read_only=True) as opened:
        run = opened.get_one(SolveRun, number)
    assert (run.state, run.message) == ("failed", WITHOUT_PLAN)


def test_a_start_leaves_the_solves_of_other_processes_alone(programme: Engine) -> None:
    with session(programme) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", now())
    prepare("http://127.0.0.1:1/hooks/prefect", "token", server_is_ours=True)
    with session(programme, read_only=True) as opened:
        assert opened.get_one(SolveRun, number).state == "running"


@contextmanager
def _listening(received: "Queue[tuple[str, dict[str, str]]]") -> Iterator[str]:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.put((self.headers["Authorization"], json.loads(body)))
            self.send_response(202)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def _first(received: "Queue[tuple[str, dict[str, str]]]", count: int) -> list[tuple[str, dict[str, str]]]:
    return [received.get(timeout=120) for _ in range(count)]


def _is_served() -> bool:
    from flows.synchronising import is_served

    return is_served(now() - timedelta(seconds=30))


def _has_begun(engine: Engine) -> bool:
    with session(engine, read_only=True) as opened:
        return opened.get(Heartbeat, "tick") is not None


def _undisturbed(tmp_path: Path) -> Engine:
    """The same programme, brought to the same day without any accident."""
    engine = make_engine(f"sqlite:///{tmp_path / 'undisturbed.db'}")
    from models import upgrade

    upgrade(engine)
    published(engine)
    with session(engine) as opened:
        advancing.advance(opened, LATE_DAY)
    return engine


def _facts(engine: Engine) -> tuple[list[object], list[object]]:
    with session(engine, read_only=True) as opened:
        steps = opened.exec(select(Step).order_by(col(Step.id))).all()
        reminders = opened.exec(select(Reminder).order_by(col(Reminder.step_id), col(Reminder.id))).all()
        return (
            [(step.activity_id, step.step_id, step.state, step.revision) for step in steps],
            sorted(
                (row.step_id, row.rule, row.occurrence, row.due_on, row.recipient, row.remind_on)
                for row in reminders
            ),
        )
