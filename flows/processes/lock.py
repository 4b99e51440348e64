"""One `jarcycle up` per home folder: a lock that the operating system frees when its holder dies, however it died."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import IO

from config.private import private_folder

FILE = "up.pid"


class AlreadyRunning(Exception):
    """Another process holds the home folder."""


class NotUp(Exception):
    """No process holds the home folder."""


class HomeLock:
    """Holds `up.pid` in a home folder while the context is open; a file left by a dead process is taken over.

    The file names the process, and then where its Prefect server listens.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / FILE
        self._file: IO[str] | None = None

    def __enter__(self) -> "HomeLock":
        private_folder(self.path.parent)
        file = self.path.open("a+", encoding="utf-8", errors="replace")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.readline().strip() or "unknown"
            file.close()
            raise AlreadyRunning(
                f"jarcycle is already up in {self.path.parent} (process {holder}). "
                "Use it, stop it with Ctrl-C, or set JARCYCLE_HOME to another folder."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file
        return self

    def tell(self, host: str, port: int) -> None:
        """Let other commands of this home find the Prefect server."""
        assert self._file is not None
        self._file.write(f"{host}\n{port}\n")
        self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            # Never unlinked: two newcomers could then lock two files of the same name.
            self._file.truncate(0)
            self._file.close()


def prefect_of(home: Path) -> tuple[str, int]:
    """Host and port of the Prefect server that `jarcycle up` runs for a home.

    A server that merely listens where ours would may be another account's, and must not be shown our secret.

    Raises
    ------
    NotUp
        If `jarcycle up` does not run in that home, or has not come so far.
    """
    try:
        with (home / FILE).open(encoding="utf-8") as file:
            if not _is_held(file):
                raise NotUp(f"jarcycle is not up in {home}. Start it with: jarcycle up")
            _, host, port = file.read().split()
            return host, int(port)
    except (FileNotFoundError, ValueError):
        raise NotUp(f"jarcycle is not up in {home}. Start it with: jarcycle up") from None


def _is_held(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
