"""The command as a process of its own: signals, pipes and full disks are the operating system's affair."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.shown.exit_codes import ExitCode
from models import PlanVersion, SolveRun, session
from scheduler.checking.checker import SHORTAGE_RULES, check
from services.bootstrap import open_database
from services.plans.plan_store import load_plan
from tests.known import known

COMMAND = (sys.executable, "-c", "from cli.main import run; run()")
PATIENCE_SECONDS = 120
INTO_BRANCH_AND_CUT_SECONDS = 5
"""After its first plan a national solve spends most of its time in SCIP, which once took Ctrl-C for itself."""


def started(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True)


def wait_for_a_plan(process: subprocess.Popen[str]) -> None:
    """Read its progress until it tells of a first plan."""
    limit = time.monotonic() + PATIENCE_SECONDS
    for line in known(process.stderr):
        assert time.monotonic() < limit
        if "incumbent" in line and "incumbent -" not in line:
            return
    pytest.fail("it ended without telling of a plan")


def test_a_national_solve_that_is_interrupted_keeps_its_best_plan(home: Path, example_file: Path) -> None:
    (home / "jarcycle.db").write_bytes(example_file.read_bytes())
    process = started("solve", "--option", "all", "--profile", "proof", "--json")
    wait_for_a_plan(process)
    time.sleep(INTO_BRANCH_AND_CUT_SECONDS)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == ExitCode.INTERRUPTED, err
    assert "the best plan so far is kept" in err
    (answer,) = json.loads(out)  # the other options were left out
    assert (answer["option"], answer["is_stopped"], answer["plan"]) == ("1", True, 1)
    with session(open_database(), read_only=True) as opened:
        stored = load_plan(opened, 1)
        row, run = opened.get_one(PlanVersion, 1), opened.get_one(SolveRun, 1)
    assert {found.rule for found in check(stored.problem, stored.plan)} <= SHORTAGE_RULES
    assert (row.status, row.date_cost) == ("draft", answer["cost"])
    assert (run.state, run.plan_version) == ("stopped", 1)


def test_a_reader_who_has_read_enough_is_no_error(home: Path) -> None:
    process = started("schema", "problem")
    known(process.stdout).close()
    assert process.wait(PATIENCE_SECONDS) == ExitCode.DONE
    assert known(process.stderr).read() == ""


def test_a_full_disk_under_stdout_is_told_in_one_line(home: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        process = started("schema", "plan", stdout=full)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        os.close(full)
    assert process.returncode == ExitCode.UNEXPECTED
    assert err.splitlines() == ["jarcycle: No space left on device. Make room on the disk."]
