"""`jarcycle up` as people start it: everything comes up, a second one is refused, Ctrl-C leaves nothing behind."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from config.settings import child_environment
from tests.ports import free_port
from tests.tables import published

pytestmark = pytest.mark.engine

READY_SECONDS = 150
STOP_SECONDS = 40
COMMAND = [sys.executable, "-c", "from cli.main import run; run()", "up", "--as-of", "2006-01-09"]


@pytest.fixture
def environment(database: Engine, home: Path) -> dict[str, str]:
    """A home with a small published programme, and ports of its own."""
    published(database)
    console = free_port()
    ports = {"JARCYCLE_CONSOLE_PORT": str(console), "JARCYCLE_PREFECT_PORT": str(free_port())}
    return child_environment({**ports, "JARCYCLE_HOME": str(home)})


@pytest.fixture
def up(environment: dict[str, str], home: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The command in a process group of its own, as a terminal would start it."""
    with (home / "said.txt").open("wb") as said:
        process = subprocess.Popen(COMMAND, env=environment, stderr=said, stdout=said, start_new_session=True)
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def said(home: Path) -> str:
    return (home / "said.txt").read_text()


def processes_of(home: Path) -> list[str]:
    """Command lines of all processes that live in a home, by their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"JARCYCLE_HOME={home}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended meanwhile, or is not ours
    return found


def open_to_others(home: Path) -> list[str]:
    """What somebody else could read of a home: Prefect's files, logs and messages are no exception."""
    ours = (path for path in (home, *home.rglob("*")) if path.name != "said.txt" and path.exists())
    return [str(path) for path in ours if path.stat().st_mode & 0o077]


def wait_for(process: "subprocess.Popen[bytes]", home: Path, words: str) -> None:
    limit = time.monotonic() + READY_SECONDS
    while words not in said(home):
        assert process.poll() is None, said(home)
        assert time.monotonic() < limit, said(home)
        time.sleep(0.2)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
def test_everything_comes_up_does_its_work_and_leaves_nothing_behind(
    up: "subprocess.Popen[bytes]", environment: dict[str, str], home: Path
) -> None:
    wait_for(up, home, "Press Ctrl-C")
    console, prefect = (re.search(rf"{name}: +(\S+)", said(home)) for name in ("Console", "Prefect"))
    assert console
    assert prefect
    with httpx.Client(trust_env=False, timeout=10) as client:
        assert "The programme" in client.get(console[1]).text
        assert "Prefect" in client.get(prefect[1]).text
        assert client.get(f"{console[1]}/health").json()["as_of"] == "2006-01-09"
        _wait_for_the_first_tick(client, console[1])

    second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode != 0
    assert f"already up in {home} (process {up.pid})" in second.stderr

    assert open_to_others(home) == []
    assert len(processes_of(home)) >= 4
    os.kill(up.pid, signal.SIGINT)
    assert up.wait(STOP_SECONDS) == 0, said(home)
    assert processes_of(home) == []
    assert "Traceback" not in said(home)


def _wait_for_the_first_tick(client: httpx.Client, console: str) -> None:
    """What was missed while nothing ran is done at once, not tomorrow at seven."""
    limit = time.monotonic() + 60
    while client.get(f"{console}/health").json()["status"] != "ok":
        assert time.monotonic() < limit
        time.sleep(0.3)
