"""Child processes of `jarcycle up`: each in a process group of its own, with a log, ended with all its children."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from socket import socket as Socket  # noqa: N812

import httpx

from config.private import private_folder

LOG_LIMIT_BYTES = 5_000_000
TAIL_LINES = 12
POLL_SECONDS = 0.1


ANSWER_SECONDS = 2.0
NOT_ADMITTED = (401, 403)


class ChildFailed(Exception):
    """A child that ended by itself, or never became ready."""


class NotAdmitted(Exception):
    """A server that answers, and does not believe us."""


class Child:
    """A Python module run as a process of its own.

    Parameters
    ----------
    name
        What people call it: 'Prefect server'.
    arguments
        The module and its arguments, as after `python -m`.
    log
        File to which its output is appended; a file over `LOG_LIMIT_BYTES` is put aside first.
    socket
        Handed on as the last argument (its descriptor), and closed here.
    """

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        socket: Socket | None = None,
    ) -> None:
        self.name, self.log = name, log
        private_folder(log.parent)
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".old.log"))
        descriptors = [socket.fileno()] if socket else []
        with log.open("ab") as output, socket or nullcontext():
            # Own session: Ctrl-C in the terminal reaches only us, and we stop the children in order.
            # The pipe on standard input closes when we die, whatever killed us (see flows.processes.parent).
            self.process = subprocess.Popen(
                [sys.executable, "-m", *arguments, *map(str, descriptors)],
                pass_fds=descriptors,
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self.process.poll() is not None

    def failure(self) -> ChildFailed:
        """What to say when it ended unasked: its code and the last lines of its log."""
        code = self.process.poll()
        state = "does not answer" if code is None else f"ended with code {code}"
        return ChildFailed(f"The {self.name} {state}. Read its log, {self.log}:\n{self.tail()}")

    def tail(self) -> str:
        """The last lines of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])

    def stop(self, grace_seconds: float) -> None:
        """End it: asked first, killed after `grace_seconds`; nothing of its process group survives."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(grace_seconds)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


def wait_until_ready(
    url: str, child: Child, seconds: float, auth: str = "", check: Callable[[], None] = lambda: None
) -> None:
    """Wait until a child answers at an address.

    Parameters
    ----------
    auth
        'user:password', if the address asks for it.
    check
        Called all the while; whatever it raises ends the waiting.

    Raises
    ------
    ChildFailed
        If the child ends, or does not answer within `seconds`.
    NotAdmitted
        If the address asks for another `auth`.
    """
    user, _, password = auth.partition(":")
    limit = time.monotonic() + seconds
    with httpx.Client(
        auth=(user, password) if auth else None, timeout=ANSWER_SECONDS, trust_env=False
    ) as client:
        while not _answers(client, url):
            check()
            if child.has_ended or time.monotonic() > limit:
                raise child.failure()
            time.sleep(POLL_SECONDS)


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        answer = client.get(url)
    except httpx.HTTPError:
        return False
    if answer.status_code in NOT_ADMITTED:
        raise NotAdmitted(
            f"The server at {url} does not accept our sign-in. "
            "Set JARCYCLE_PREFECT_AUTH to the 'user:password' it asks for, then start again."
        )
    return answer.is_success
