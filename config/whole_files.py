"""Files that are written whole or not at all: a full disk, a kill or a power cut leaves what was there before."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

Sync = Callable[[int], None]
"""Puts what was written to an open file onto the disk: `os.fsync`, unless a test wants to know."""


PRIVATE = 0o600
"""Rights of a file that only its owner may read."""


def write_whole(path: Path, content: bytes, rights: int | None = None, sync: Sync | None = None) -> None:
    """Put a file in the place of what is there: written beside it, put onto the disk, then renamed.

    Parameters
    ----------
    rights
        Those of the file; without them one that is replaced keeps its own, and a new one has what the umask leaves.
    """
    with _beside(path, content, sync) as partial:
        with suppress(FileNotFoundError):
            partial.chmod(path.stat().st_mode & 0o777 if rights is None else rights)
        partial.replace(path)
    _sync_folder(path.parent, sync)


def create_whole(path: Path, content: bytes, sync: Sync | None = None) -> bool:
    """Make a private file unless there is one; False if somebody else was first, whose file stays."""
    with _beside(path, content, sync) as partial:
        partial.chmod(PRIVATE)
        is_first = put_in_place(partial, path)
    if is_first:
        _sync_folder(path.parent, sync)
    return is_first


def put_in_place(partial: Path, path: Path) -> bool:
    """Give a finished file its name unless there is one; False if there is, which stays."""
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    except OSError:
        partial.replace(path)  # a file system without hard links
    return True


@contextmanager
def _beside(path: Path, content: bytes, sync: Sync | None) -> Iterator[Path]:
    partial = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            (sync or os.fsync)(file.fileno())
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _sync_folder(folder: Path, sync: Sync | None) -> None:
    # Without this a power cut may forget the new name.
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # who may write into a folder but not list it has done what can be done
    try:
        (sync or os.fsync)(handle)
    finally:
        os.close(handle)
