"""Ctrl-C while solving: the first asks, the second ends; the trace is told without flooding anybody."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from cli.commands import solving
from cli.shown.exit_codes import ExitCode
from cli.shown.interrupt import StopFlag, interruptible
from cli.shown.progress_line import Progress, in_words
from models import session
from scheduler.values.result import SolveParams, TracePoint
from services.bootstrap import now
from services.solves import solve_runs
from services.solves.solving import Asker, Solved
from tests import tables
from tests.builders import one_area
from tests.commands import Run
from tests.known import known


def patient(stop: StopFlag, number: signal.Signals = signal.SIGINT) -> str:
    """Works until it is asked to stop."""
    os.kill(os.getpid(), number)
    limit = time.monotonic() + 10
    while not stop() and time.monotonic() < limit:
        time.sleep(0.01)
    return "the best so far"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_lets_the_work_end_with_what_it_has(
    capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    assert interruptible(lambda stop: patient(stop, number)) == ("the best so far", True)
    assert signal.getsignal(number) is before
    assert "the best plan so far is kept" in capsys.readouterr().err


def test_without_a_signal_nothing_was_stopped() -> None:
    assert interruptible(lambda stop: stop()) == (False, False)


def test_the_second_ctrl_c_waits_for_nobody() -> None:
    def stubborn(_: StopFlag) -> None:
        for _try in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)
        time.sleep(60)

    began, before = time.monotonic(), signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interruptible(stubborn)
    assert time.monotonic() - began < 10
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_of_the_work_is_the_callers() -> None:
    def broken(_: StopFlag) -> None:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        interruptible(broken)


def test_a_stop_leaves_out_the_options_that_follow(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve_option(_engine: Engine, option: int, _params: SolveParams, asker: Asker, **_: Any) -> Solved:
        if option == 2:
            patient(known(asker.stop))
        result = tables.result_of(one_area(), None)
        return Solved(option, str(option), option, one_area(), result, was_stopped=option == 2)

    monkeypatch.setattr(solving, "solve_option", solve_option)
    answer = run("solve", "--option", "all", "--json")
    assert answer.code == ExitCode.INTERRUPTED
    assert [(found["option"], found["is_stopped"]) for found in answer.document] == [
        ("1", False),
        ("2", True),
    ]


def test_after_the_second_ctrl_c_no_solve_is_left_as_if_it_still_ran(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve_option(engine: Engine, option: int, _params: SolveParams, asker: Asker, **_: Any) -> None:
        with session(engine) as opened:
            solve_runs.begin(opened, str(option), "quick", "somebody else", now())
            solve_runs.begin(opened, str(option), "quick", asker.who, now())
        for _try in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)
        time.sleep(60)

    monkeypatch.setattr(solving, "solve_option", solve_option)
    answer = run("solve", "--as", "Ann", "--json")
    assert answer.code == ExitCode.INTERRUPTED
    assert answer.document["error"] == "interrupted"
    with session(draft, read_only=True) as opened:
        states = {found.started_by: found.state for found in solve_runs.latest(opened)}
    assert states == {"Ann": "failed", "somebody else": "running"}


def point(seconds: float, bound: int, incumbent: int | None = 100) -> TracePoint:
    return TracePoint(seconds=seconds, phase="dates", incumbent=incumbent, bound=bound)


def test_a_better_plan_is_told_at_once_and_a_better_bound_once_a_second(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listen = Progress("option 3")
    for own in (point(0.1, 50, None), point(0.2, 60), point(0.3, 70), point(0.4, 75, 90), point(1.5, 80, 90)):
        listen(own)
    lines = capsys.readouterr().err.splitlines()
    assert [line.split("bound ")[1].split()[0] for line in lines] == ["50", "60", "75", "80"]
    assert lines[0].startswith("option 3: dates        0.1 s  incumbent -  bound 50  gap -")
    assert in_words(point(1, 75)).endswith("gap 25.000 %")


def test_a_closed_stderr_does_not_end_a_solve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    closed = (tmp_path / "closed").open("w")
    closed.close()
    monkeypatch.setattr("sys.stderr", closed)
    with pytest.raises(ValueError, match="closed"):
        print("a word", file=closed)
    Progress("option 3")(point(0.1, 50))
