"""Folders and files that nobody but their owner can read: a programme holds people's names, absences and addresses."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077
"""The rights of everybody but the owner."""

STATE = (
    "jarcycle.db*",
    "databases.json",
    "clock.json",
    "*.token",
    "*.auth",
    "up.pid",
    "mailbox",
    "prefect",
    "logs",
    "prepared",
)
"""What jarcycle itself puts into a home folder; a home made by an earlier version may have it open to others."""


def start_private() -> None:
    """What every entry point does first: whatever this process and its children make is their owner's alone."""
    os.umask(OTHERS)


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can enter, if it is missing.

    One that is there already and is the user's own is closed to others, with what jarcycle keeps in it. A folder
    such as /tmp, in which everybody may write, is left as it is: it is no home of ours alone.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = path.resolve()
    found = folder.stat()
    if found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX:
        for kept in (folder, *(path for pattern in STATE for path in folder.glob(pattern))):
            _close(kept)
    return path


def _close(path: Path) -> None:
    """Take the rights of others; what belongs to somebody else, or has gone meanwhile, stays as it is."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS and not path.is_symlink():
            path.chmod(mode & ~OTHERS)
