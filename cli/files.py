"""Reading and writing the files named on the command line; a written file is whole or not there at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cli.shown.errors import WrongUsage
from config.text_files import decoded
from config.whole_files import write_whole
from scheduler.values.errors import InvalidProblem


def read_text(path: Path) -> str:
    """The text of a file, with or without a byte order mark; a missing or unreadable one is a usage error."""
    try:
        return decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise WrongUsage(
            f"{path} is not UTF-8 text ({error.reason}). Save it as UTF-8, or name another file."
        ) from None
    except OSError as error:
        raise WrongUsage(
            f"{path} can't be read: {error.strerror}. Check its name and its permissions."
        ) from None


@contextmanager
def named(name: Path | str) -> Iterator[None]:
    """Let every finding about a document begin with the name of its file, or of what else it is."""
    try:
        yield
    except InvalidProblem as error:
        raise InvalidProblem(
            tuple(replace(finding, place=f"{name}: {finding.place}") for finding in error.findings)
        ) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write beside the target, then rename: a full disk or a kill leaves what was there before.

    What is no plain file (`/dev/stdout`, a pipe) is written to directly.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            write_whole(path.resolve(), content)
    except OSError as error:
        raise OSError(error.errno, f"can't be written: {error.strerror}", str(path)) from None


def write_text(path: Path, content: str) -> None:
    """Text as UTF-8, written as `write_bytes` does."""
    write_bytes(path, content.encode())


def require_writable(path: Path) -> None:
    """Find out before hours of work that their result could not be written; a usage error says so."""
    folder = path.resolve().parent
    if path.is_dir():
        raise WrongUsage(f"{path} is a folder. Name a file in it.")
    if not folder.is_dir():
        raise WrongUsage(f"{path} can't be written: there is no folder {folder}. Check the spelling.")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise WrongUsage(f"{path} can't be written: it is read-only for you. Choose another folder.")
