"""Stand-ins for what lies outside: a transport that answers as told, and one in whose hands the process dies."""

import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from email.message import EmailMessage
from pathlib import Path

from services.messages.transports import Attempt, Ending, FolderTransport

SENT = Attempt(Ending.SENT)
REFUSED = Attempt(Ending.REFUSED, "550 no such mailbox")
DEFERRED = Attempt(Ending.DEFERRED, "450 4.7.1 too many messages")
UNREACHABLE = Attempt(Ending.UNREACHABLE, "nobody answers", is_last=True)
UNCLEAR = Attempt(Ending.UNCLEAR, "the line went dead")


class FakeTransport:
    """Answers with the given endings one after the other, then with SENT; remembers what it was given."""

    name = "fake"
    is_repeatable = False

    def __init__(self, *endings: Attempt) -> None:
        self._endings: Iterator[Attempt] = iter(endings)
        self.messages: list[EmailMessage] = []

    def line(self) -> AbstractContextManager["FakeTransport"]:
        return nullcontext(self)

    def deliver(self, message: EmailMessage) -> Attempt:
        self.messages.append(message)
        return next(self._endings, SENT)


class DeadlyTransport:
    """Kills the process that uses it: before the message is delivered, or just after."""

    def __init__(self, path: Path, after: bool, is_repeatable: bool = True) -> None:
        self._folder = FolderTransport(path)
        self._after = after
        self.is_repeatable = is_repeatable
        self.name = self._folder.name if is_repeatable else "smtp"

    def line(self) -> AbstractContextManager["DeadlyTransport"]:
        return nullcontext(self)

    def deliver(self, message: EmailMessage) -> Attempt:
        if self._after:
            self._folder.deliver(message)
        os.kill(os.getpid(), signal.SIGKILL)
        return SENT
