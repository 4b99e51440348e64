"""How a message leaves the house: by the mail server of the settings, or as a file in the mailbox folder.

A transport says honestly how an attempt ended, because only a definite refusal may be tried again.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from config.private import private_folder
from config.whole_files import PRIVATE, write_whole


class Ending(StrEnum):
    """How an attempt ended.

    SENT: the other side has it. REFUSED: it has not, and will not take it. DEFERRED: it has not, and may take it
    later. UNREACHABLE: nobody was there at all, so nothing was tried. UNCLEAR: it may have it or not; only a person
    can tell.
    """

    SENT = "sent"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNREACHABLE = "unreachable"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Attempt:
    """The end of one attempt, with the other side's words; `is_last` if it takes nothing more for now."""

    ending: Ending
    message: str = ""
    is_last: bool = False


class Line(Protocol):
    """A way out that is open: one connection for many messages."""

    def deliver(self, message: EmailMessage) -> Attempt:
        """Try once; never raises for what the other side does."""
        ...


class Transport(Protocol):
    """Delivers messages. `name` stays the same for the same kind of place.

    `is_repeatable` promises that delivering a message of the same Message-ID again leaves one message, so that an
    attempt whose end nobody saw may simply be made again.
    """

    name: str
    is_repeatable: bool

    def line(self) -> AbstractContextManager[Line]:
        """Open a way out; nothing is asked of the other side before the first message."""
        ...


class FolderTransport:
    """Writes each message into a folder, exactly once: the file's name is the Message-ID's.

    The text goes to a temporary file first, reaches the disk, and is then renamed, which happens as a whole or
    not at all. A file that is there already is a message that was delivered. `sync` sees to it that a file is on
    the disk, so that not even a power cut loses what was called delivered.
    """

    name = "folder"
    is_repeatable = True

    def __init__(self, path: Path, sync: Callable[[int], None] = os.fsync) -> None:
        self._path, self._sync = path, sync

    def path_of(self, message_id: str) -> Path:
        """Where the message of that Message-ID lies."""
        return self._path / f"{hashlib.sha256(message_id.encode()).hexdigest()[:40]}.eml"

    def line(self) -> AbstractContextManager[Line]:
        """The folder itself: there is nothing to open."""
        return nullcontext(self)

    def deliver(self, message: EmailMessage) -> Attempt:
        """Write the file, if it is not there yet."""
        target = self.path_of(str(message["Message-ID"]))
        if target.exists():
            return Attempt(Ending.SENT, "it was already in the folder")
        try:
            private_folder(self._path)
            write_whole(target, message.as_bytes(policy=SMTP), PRIVATE, self._sync)
        except OSError as error:
            return Attempt(
                Ending.UNREACHABLE, f"{self._path}: {error.strerror}. Check that the disk is not full."
            )
        return Attempt(Ending.SENT)
