"""Files that are written whole or not at all: a full disk, a kill or a power cut leaves what was there before."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

Sync = Callable[[int], None]
"""Puts what was written to an open file onto the disk."""


def write_whole(path: Path, content: bytes, sync: Sync = os.fsync) -> None:
    """Put a file in the place of what is there: written beside it, put onto the disk, then renamed.

    A file that is replaced keeps its rights; a new one has those that the umask leaves.
    """
    with _beside(path, content, sync) as partial:
        with suppress(FileNotFoundError):
            partial.chmod(path.stat().st_mode & 0o777)
        partial.replace(path)
    _sync_folder(path.parent, sync)


def create_whole(path: Path, content: bytes, sync: Sync = os.fsync) -> bool:
    """Make a private file unless there is one; False if somebody else was first, whose file stays."""
    with _beside(path, content, sync) as partial:
        partial.chmod(0o600)
        try:
            os.link(partial, path)
        except FileExistsError:
            return False
    _sync_folder(path.parent, sync)
    return True


@contextmanager
def _beside(path: Path, content: bytes, sync: Sync) -> Iterator[Path]:
    partial = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            sync(file.fileno())
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _sync_folder(folder: Path, sync: Sync) -> None:
    # Without this a power cut may forget the new name.
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # who may write into a folder but not list it has done what can be done
    try:
        sync(handle)
    finally:
        os.close(handle)
