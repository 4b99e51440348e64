"""Reading and writing the files named on the command line; a written file is whole or not there at all."""

import os
from pathlib import Path

import click


def read_text(path: Path) -> str:
    """The text of a file; a missing or unreadable one is a usage error."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(
            f"{path} is not UTF-8 text ({error.reason}). Maybe it is another kind of file."
        ) from None
    except OSError as error:
        raise click.UsageError(
            f"{path} can't be read: {error.strerror}. Maybe the name is misspelt."
        ) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write beside the target, then rename: a full disk or a kill leaves what was there before."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise click.ClickException(
            f"{path} can't be written: {error.strerror}. Maybe the folder is missing or the disk is full."
        ) from None


def write_text(path: Path, content: str) -> None:
    """Text as UTF-8, written as `write_bytes` does."""
    write_bytes(path, content.encode())
