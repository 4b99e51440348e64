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

READY_SECONDS = 400
STOP_SECONDS = 120
COMMAND = [sys.executable, "-c", "from cli.main import run; run()", "up", "--as-of", "2006-01-09"]
SYNC = [*COMMAND[:3], "sync", "--as-of", "2006-01-09"]


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
    _only_the_owner_is_admitted(prefect[1], home)
    synced = subprocess.run(
        SYNC, env=without_port(environment), capture_output=True, text=True, timeout=120, check=False
    )
    assert "In step" in synced.stderr, synced.stderr
    with httpx.Client(trust_env=False, timeout=10) as client:
        _only_who_signs_in_sees_the_programme(client, console[1], home)
        assert "Prefect" in client.get(prefect[1]).text
        assert client.get(f"{console[1]}/health").json()["as_of"] == "2006-01-09"
        _wait_for_the_first_tick(client, console[1])

    second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode != 0
    assert f"already up in {home} (process {up.pid})" in second.stderr

    assert open_to_others(home) == []
    processes = processes_of(home)
    assert len(processes) >= 4
    assert [line for line in processes if secret_of(home) in line] == []
    os.kill(up.pid, signal.SIGINT)
    assert up.wait(STOP_SECONDS) == 0, said(home)
    assert processes_of(home) == []
    assert "Traceback" not in said(home)
    for written in (home / "said.txt", *(home / "logs").iterdir()):
        assert secret_of(home) not in written.read_text()


def secret_of(home: Path) -> str:
    """The password of Prefect's server."""
    return (home / "prefect.auth").read_text().strip().removeprefix("jarcycle:")


def without_port(environment: dict[str, str]) -> dict[str, str]:
    """As another terminal has it, which was not told where the server listens."""
    return {name: value for name, value in environment.items() if name != "JARCYCLE_PREFECT_PORT"}


def _only_the_owner_is_admitted(prefect: str, home: Path) -> None:
    """Other accounts and pages of others are not; the line that signs in is where `up` says."""
    assert f"with the line in {home / 'prefect.auth'}" in said(home)
    wanted = {"name": "of-a-stranger"}
    with httpx.Client(trust_env=False, timeout=10, base_url=f"{prefect}/api") as client:
        assert client.post("/flows/", json=wanted).status_code == 401
        assert client.post("/block_documents/filter", json={"include_secrets": True}).status_code == 401
        owner = ("jarcycle", secret_of(home))
        assert client.get("/version", auth=owner).status_code == 200
        assert (
            client.get("/version", auth=owner, headers={"Origin": "http://evil.example"}).status_code == 403
        )
        assert client.get("/version", auth=owner, headers={"Host": "evil.example"}).status_code == 400


def _only_who_signs_in_sees_the_programme(client: httpx.Client, console: str, home: Path) -> None:
    """With the password that `up` shows once; it must be replaced before anything is seen."""
    assert client.get(console).headers["Location"] == "/sign-in"
    one_time = re.search(r"as (\S+), one-time password (\S+)", said(home))
    assert one_time
    _send(client, console, "/sign-in", login=one_time[1], password=one_time[2])
    assert client.get(console).headers["Location"] == "/account/password"
    new = "a horse of four letters"
    assert _send(client, console, "/account/password", old=one_time[2], new=new, again=new) == "/"
    assert "The programme" in client.get(console).text
    assert new not in said(home)


def _send(client: httpx.Client, console: str, path: str, **fields: str) -> str:
    """Send the form of a page; gives where the answer leads."""
    token = re.search(r'name="form_token" value="(\w+)"', client.get(f"{console}{path}").text)
    assert token
    answer = client.post(f"{console}{path}", data={"form_token": token[1], **fields})
    return answer.headers["Location"]


def _wait_for_the_first_tick(client: httpx.Client, console: str) -> None:
    """What was missed while nothing ran is done at once, not tomorrow at seven."""
    limit = time.monotonic() + 60
    while client.get(f"{console}/health").json()["status"] != "ok":
        assert time.monotonic() < limit
        time.sleep(0.3)
