"""The parts of `jarcycle up` that need no Prefect: the lock, ports and children."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from flows.processes.children import Child
from flows.processes.lock import FILE, AlreadyRunning, HomeLock, NotUp, prefect_of
from flows.processes.ports import PortBusy, listen


def test_a_second_start_in_the_same_home_is_refused_and_names_the_first(tmp_path: Path) -> None:
    with HomeLock(tmp_path), pytest.raises(AlreadyRunning, match=str(os.getpid())), HomeLock(tmp_path):
        pass


def test_after_the_first_has_ended_a_second_may_start(tmp_path: Path) -> None:
    with HomeLock(tmp_path):
        pass
    with HomeLock(tmp_path):
        assert (tmp_path / FILE).read_text().strip() == str(os.getpid())


def test_a_pid_file_left_by_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    script = (
        "import os, signal, pathlib\nfrom flows.processes.lock import HomeLock\n"
        f"HomeLock(pathlib.Path({str(tmp_path)!r})).__enter__()\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script], check=False)
    assert (tmp_path / FILE).read_text().strip() != ""
    with HomeLock(tmp_path):
        assert (tmp_path / FILE).read_text().strip() == str(os.getpid())


def test_commands_of_a_home_find_its_prefect_server_while_it_is_up_and_only_then(tmp_path: Path) -> None:
    with pytest.raises(NotUp, match="jarcycle up"):
        prefect_of(tmp_path)
    with HomeLock(tmp_path) as lock:
        with pytest.raises(NotUp):
            prefect_of(tmp_path)
        lock.tell("127.0.0.1", 4201)
        assert prefect_of(tmp_path) == ("127.0.0.1", 4201)
        with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}\)"), HomeLock(tmp_path):
            pass
    with pytest.raises(NotUp):
        prefect_of(tmp_path)


def test_the_server_of_a_process_that_was_killed_is_not_found(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("1\n127.0.0.1\n4201\n")
    with pytest.raises(NotUp):
        prefect_of(tmp_path)


@pytest.fixture
def busy_port() -> "object":
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_busy_port_that_was_asked_for_is_refused_with_its_variable(busy_port: int) -> None:
    with pytest.raises(PortBusy, match="JARCYCLE_CONSOLE_PORT"):
        listen("console", "127.0.0.1", busy_port, "JARCYCLE_CONSOLE_PORT", asked_for=True)


def test_a_busy_default_port_gives_way_to_a_free_one(busy_port: int) -> None:
    with listen("console", "127.0.0.1", busy_port, "JARCYCLE_CONSOLE_PORT", asked_for=False) as socket:
        assert busy_port < socket.getsockname()[1] <= busy_port + 20


def test_nobody_else_gets_a_port_between_its_choice_and_the_start_of_its_server() -> None:
    with (
        listen("Prefect server", "127.0.0.1", 0, "X", asked_for=True) as held,
        pytest.raises(PortBusy),
    ):
        listen("another account's", "127.0.0.1", held.getsockname()[1], "X", asked_for=True)


SERVING = """
import socket, sys
held = socket.socket(fileno=int(sys.argv[1]))
held.accept()[0].sendall(b"served")
"""


def test_a_child_serves_on_the_socket_that_its_parent_listens_on(tmp_path: Path) -> None:
    (tmp_path / "serving.py").write_text(SERVING)
    held = listen("child", "127.0.0.1", 0, "X", asked_for=True)
    port = held.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    child = Child("serving", ["serving"], environment, tmp_path / "child.log", held)
    assert held.fileno() == -1  # closed here: it ends with the child
    with socket.create_connection(("127.0.0.1", port), timeout=30) as asking:
        assert asking.recv(10) == b"served"
    child.stop(5)


STUBBORN = """
import signal, subprocess, sys, time, pathlib
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
print("last words", flush=True)
time.sleep(60)
"""


def start(tmp_path: Path, name: str, code: str) -> Child:
    (tmp_path / f"{name}.py").write_text(textwrap.dedent(code))
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.getcwd()}"}
    return Child(name, [name, str(tmp_path / "pid")], environment, tmp_path / "logs" / f"{name}.log")


def wait_until(condition: "object", seconds: float = 10) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def lives(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def test_a_stubborn_child_is_killed_with_all_its_own_children(tmp_path: Path) -> None:
    child = start(tmp_path, "stubborn", STUBBORN)
    assert wait_until((tmp_path / "pid").exists)
    assert wait_until(lambda: (tmp_path / "pid").read_text())
    grandchild = int((tmp_path / "pid").read_text())
    child.stop(grace_seconds=0.2)
    assert child.has_ended
    assert wait_until(lambda: not lives(grandchild))


def test_a_child_that_crashed_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    child = start(tmp_path, "crashing", "raise SystemExit('the disk is full')")
    assert wait_until(lambda: child.has_ended)
    assert "code 1" in str(child.failure())
    assert "the disk is full" in str(child.failure())
    child.stop(0.1)


PARENT = """
import os, pathlib, sys, time
from flows.processes.children import Child
child = Child("faithful", ["faithful", sys.argv[1]], os.environ, pathlib.Path(sys.argv[1] + ".log"))
pathlib.Path(sys.argv[1]).write_text(str(child.process.pid))
time.sleep(60)
"""


def test_children_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "faithful.py").write_text(
        "from flows.processes.parent import end_with_parent\nimport time\nend_with_parent()\ntime.sleep(60)\n"
    )
    parent = start(tmp_path, "parent", PARENT)
    assert wait_until((tmp_path / "pid").exists)
    assert wait_until(lambda: (tmp_path / "pid").read_text())
    child = int((tmp_path / "pid").read_text())
    os.kill(parent.process.pid, signal.SIGKILL)
    assert wait_until(lambda: not lives(child))
    parent.stop(0.1)
