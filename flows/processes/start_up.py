"""`jarcycle up`: Prefect's server, the runner and the console as children, started in order and stopped together."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from socket import socket as Socket  # noqa: N812
from types import FrameType
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from config.clock import Clock, write_clock
from config.settings import (
    ConsoleSettings,
    HomeSettings,
    PrefectSettings,
    child_environment,
    console_settings,
    database_settings,
    home_settings,
    prefect_settings,
)
from config.token import PREFECT_FILE, hook_token, with_secret
from flows.processes.children import Child, wait_until_ready
from flows.processes.environment import prefect_environment, server_environment, use_prefect
from flows.processes.lock import HomeLock, prefect_of
from flows.processes.ports import listen
from models import session
from models.opening import DamagedDatabase
from services.bootstrap import home_here, now, open_engine
from services.solves import solve_runs

if TYPE_CHECKING:
    from flows.synchronising import Synced

PREFECT_SERVER = "flows.processes.prefect_server:create"
CONSOLE = "console.app:create_from_environment"
READY_SECONDS = 120.0
POLL_SECONDS = 0.2
SERVER = "Prefect server"
STOP_SECONDS = {"runner": 6.0, "console": 5.0, SERVER: 6.0}
DATABASE_AND_MAIL = ("JARCYCLE_DATABASE_URL", "JARCYCLE_SMTP_PASSWORD")
SOLVE_SECONDS = 8.0
LOOK_SECONDS = 60.0
"""So often it is looked for solves that give no sign of life any more."""

Say = Callable[[str], None]
"""Gets each word for the person who started it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Addresses:
    """Where everything is, once it is up."""

    console: str
    prefect: str
    prefect_auth_file: str | None = None
    """The file whose one line signs in to Prefect's pages; None if the operator chose the secret, or the server."""


class Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C or SIGTERM)."""


def run_up(
    *,
    as_of: date | None = None,
    say: Say = lambda _: None,
    when_up: Callable[[Addresses], None] = lambda _: None,
) -> None:
    """Start everything, then stay until Ctrl-C or SIGTERM, and stop everything that was started.

    Parameters
    ----------
    as_of
        The programme's day from now on (a demo of the past); without it the home folder's clock goes on as
        it was, in a new home with the real day.
    when_up
        Called once with the addresses, when runs can be made; it may take its time.

    Raises
    ------
    AlreadyRunning, PortBusy, DamagedSecret, ChildFailed, NotAdmitted
        With advice; everything that was started is stopped.
    """
    home = home_settings()
    with HomeLock(home.home) as lock, _Signals() as signals:
        if as_of is not None:
            write_clock(home.home, Clock.showing(as_of, now()))
        with suppress(Stopped):
            up = _Up(home, say, signals)
            lock.tell(up.prefect.host, up.prefect.port)
            up.run(when_up)


class _Signals:
    """Turns SIGINT and SIGTERM into a flag, and where nothing can be lost by it into `Stopped` at once."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.at_once = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> "_Signals":
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked.set()
        if self.at_once:
            self.at_once = False
            raise Stopped

    def check(self) -> None:
        """Raise `Stopped` if somebody asked for it."""
        if self.asked.is_set():
            raise Stopped


class _Up:
    """The children of one `up`, in the order of their start."""

    def __init__(self, home: HomeSettings, say: Say, signals: _Signals) -> None:
        self._home, self._say, self._signals = home, say, signals
        chosen = prefect_settings()
        guarded = with_secret(chosen, home.home)
        self._auth_file = str(home.home / PREFECT_FILE) if guarded is not chosen else None
        self._token = hook_token(home.home)
        self._console, self._console_socket = _listen_for_console(console_settings())
        self.prefect, self._prefect_socket = _listen_for_prefect(guarded)
        self._environments = _environments(home, self._console, self.prefect)
        self._children: list[Child] = []

    def run(self, when_up: Callable[[Addresses], None]) -> None:
        """Start, say so, stay; whatever happens, stop."""
        with ExitStack() as stack:
            stack.callback(self._stop)
            self._start()
            self._signals.at_once = True
            self._signals.check()
            when_up(Addresses(self._console.public_address, self.prefect.public_address, self._auth_file))
            self._signals.at_once = False
            self._stay()

    def _start(self) -> None:
        began = time.monotonic()
        server = None
        if self._prefect_socket is not None:
            self._say("Starting the Prefect server ...")
            server = self._child(SERVER, ["flows.processes.serve_app", PREFECT_SERVER], self._prefect_socket)
        console = self._child("console", ["flows.processes.serve_app", CONSOLE], self._console_socket)
        self._wait(f"{self.prefect.api}/ready", server or console, self.prefect)
        # Being ready is told to everybody, this only to those whom the server believes.
        self._wait(f"{self.prefect.api}/version", server or console, self.prefect)
        self._wait(f"{self._console.address}/health", console, None)
        use_prefect(self.prefect)
        from flows.synchronising import catch_up, prepare

        prepare(f"{self._console.address}/hooks/prefect", self._token, server is not None)
        self._wait_for_runner(self._child("runner", ["flows.processes.runner"]))
        catch_up()
        logger.info("up after %.1f s", time.monotonic() - began)

    def _child(self, name: str, arguments: list[str], socket: Socket | None = None) -> Child:
        log = self._home.home / "logs" / f"{name.lower().replace(' ', '-')}.log"
        child = Child(name, arguments, self._environments[name], log, socket)
        self._children.append(child)
        return child

    def _wait(self, url: str, child: Child, prefect: PrefectSettings | None) -> None:
        auth = prefect.auth.get_secret_value() if prefect and prefect.auth else ""
        wait_until_ready(url, child, READY_SECONDS, auth, self._signals.check)

    def _wait_for_runner(self, runner: Child) -> None:
        from flows.synchronising import is_served

        began, limit = now(), time.monotonic() + READY_SECONDS
        while not is_served(began):
            self._signals.check()
            if runner.has_ended or time.monotonic() > limit:
                raise runner.failure()
            time.sleep(POLL_SECONDS)

    def _stay(self) -> None:
        looked = time.monotonic()
        while not self._signals.asked.wait(0.5):
            for child in self._children:
                if child.has_ended:
                    raise child.failure()
            if time.monotonic() - looked > LOOK_SECONDS:
                looked = time.monotonic()
                _look_for_lost_solves()

    def _stop(self) -> None:
        if self._children:
            self._say("Stopping ...")
        if any(child.name == "runner" for child in self._children):
            stop_solves()
        # The runner first: it tells the server how its runs ended.
        for child in reversed(self._children):
            child.stop(STOP_SECONDS[child.name])


def sync_now(as_of: date | None = None) -> "Synced":
    """Make Prefect's objects what the database says, on the server of the settings; see `flows.synchronising.sync`.

    Raises
    ------
    NotUp
        If that server is the one of `jarcycle up`, which does not run.
    """
    home, settings = home_settings().home, prefect_settings()
    if settings.is_ours:
        host, port = prefect_of(home)
        settings = settings.model_copy(update={"host": host, "port": port})
    use_prefect(with_secret(settings, home))
    from flows.synchronising import sync

    return sync(f"{console_settings().address}/hooks/prefect", hook_token(home), as_of)


def _look_for_lost_solves() -> None:
    from flows.synchronising import end_lost_solves

    try:
        for number in end_lost_solves():
            logger.warning("solve %s stopped giving signs of life; what it had found is kept", number)
    except (SQLAlchemyError, DamagedDatabase) as error:
        logger.warning("could not look for lost solves: %s", error)


def stop_solves() -> None:
    """Ask every solve that our flows run to keep its best plan, and give it `SOLVE_SECONDS` to do so.

    Others that share the database go on: those of commands, and of the flows of another home.
    """
    try:
        engine, limit = open_engine(), time.monotonic() + SOLVE_SECONDS
    except DamagedDatabase as fault:
        logger.error("%s", fault)  # nobody can solve in it, and the children must be stopped all the same
        return
    while time.monotonic() < limit:
        with session(engine) as opened:
            running = solve_runs.running(opened, home_here())
            for number in running:
                solve_runs.request_stop(opened, number)
        if not running:
            return
        time.sleep(POLL_SECONDS)


def _listen_for_console(settings: ConsoleSettings) -> tuple[ConsoleSettings, Socket]:
    asked_for = "port" in settings.model_fields_set
    socket = listen("console", settings.host, settings.port, "JARCYCLE_CONSOLE_PORT", asked_for)
    return settings.model_copy(update={"port": socket.getsockname()[1]}), socket


def _listen_for_prefect(settings: PrefectSettings) -> tuple[PrefectSettings, Socket | None]:
    if not settings.is_ours:
        return settings, None
    asked_for = "port" in settings.model_fields_set
    socket = listen(SERVER, settings.host, settings.port, "JARCYCLE_PREFECT_PORT", asked_for)
    return settings.model_copy(update={"port": socket.getsockname()[1]}), socket


def _environments(
    home: HomeSettings, console: ConsoleSettings, prefect: PrefectSettings
) -> dict[str, Mapping[str, str]]:
    """What the children find: the same settings as ours, with everything that was chosen meanwhile.

    Each gets the secrets that it needs and no other.
    """
    chosen = {
        "JARCYCLE_HOME": str(home.home),
        "JARCYCLE_DATABASE_URL": database_settings().url,
        "JARCYCLE_CONSOLE_PORT": str(console.port),
        "JARCYCLE_PREFECT_PORT": str(prefect.port),
    }
    return {
        SERVER: child_environment({**chosen, **server_environment(prefect)}, without=DATABASE_AND_MAIL),
        "console": child_environment(chosen),
        "runner": child_environment({**chosen, **prefect_environment(prefect)}),
    }
