"""What takes long to make and is wanted late: begun in processes of its own as soon as the tests are known.

Meanwhile the tests before it run. Whoever asks for one of these fixtures waits for what is left of it.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

FAST_SERVER = {
    # The recorder and the persister cost most of a short run's time, and no test looks at what they keep.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    # Every service writes, and a client that finds SQLite locked by one waits for seconds: only what tests need.
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "2",
}


class EarlyServer:
    """A Prefect server in a folder of its own, which wants ten seconds to make its tables."""

    fixture = "prefect_server"

    def __init__(self, folder: Path) -> None:
        from config.settings import PrefectSettings, child_environment
        from config.token import with_secret
        from flows.processes.children import Child
        from flows.processes.environment import server_environment
        from flows.processes.ports import listen
        from flows.processes.start_up import PREFECT_SERVER

        self.folder = folder
        socket = listen("server of the tests", "127.0.0.1", 0, "", asked_for=True)
        port = socket.getsockname()[1]
        self.settings = with_secret(PrefectSettings(port=port, home=folder), folder)
        environment = child_environment(server_environment(self.settings) | FAST_SERVER)
        environment["JARCYCLE_PREFECT_PORT"] = str(port)
        arguments = ["flows.processes.serve_app", PREFECT_SERVER]
        self.child = Child("Prefect server", arguments, environment, folder / "server.log", socket)

    @property
    def auth(self) -> str:
        """The 'user:password' it asks for."""
        assert self.settings.auth
        return self.settings.auth.get_secret_value()

    def stop(self) -> None:
        """End it, with all its children."""
        self.child.stop(5)


class EarlyYear:
    """A simulated year in a folder of its own (see tests/punctual_year.py)."""

    fixture = "punctual"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "tests.punctual_year", str(folder)]
        self.process = subprocess.Popen(command, cwd=Path(__file__).parents[1])

    def wait(self) -> Path:
        """The folder, once the year is over."""
        assert self.process.wait(900) == 0
        return self.folder

    def stop(self) -> None:
        """End it if it is still under way."""
        self.process.kill()
        self.process.wait()


class Early:
    """Whatever is under way."""

    def __init__(self) -> None:
        self._home = TemporaryDirectory(prefix="jarcycle-tests-")
        self._server: EarlyServer | None = None
        self._year: EarlyYear | None = None

    def begin(self, fixtures: Iterable[str]) -> None:
        """Begin what these fixtures will want."""
        wanted = set(fixtures)
        if EarlyServer.fixture in wanted:
            self.server()
        if EarlyYear.fixture in wanted:
            self.year()

    def server(self) -> EarlyServer:
        """The server, begun now if it was not before."""
        self._server = self._server or EarlyServer(self._folder("prefect"))
        return self._server

    def year(self) -> EarlyYear:
        """The year, likewise."""
        self._year = self._year or EarlyYear(self._folder("year"))
        return self._year

    def stop(self) -> None:
        """End everything and leave nothing behind."""
        for work in (self._server, self._year):
            if work is not None:
                work.stop()
        self._home.cleanup()

    def _folder(self, name: str) -> Path:
        folder = Path(self._home.name) / name
        folder.mkdir()
        return folder


EARLY = pytest.StashKey[Early]()
"""Where the session's configuration keeps it."""
