"""How a message leaves the house: by the mail server of the settings, or as a file in the mailbox folder.

A transport says honestly how an attempt ended, because only a definite refusal may be tried again.
"""

import hashlib
import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from config.private import private_folder
from config.settings import HomeSettings, MailSettings
from config.whole_files import PRIVATE, write_whole


class Ending(StrEnum):
    """How an attempt ended.

    SENT: the other side has it. REFUSED: it definitely has not, and said so. UNREACHABLE: nobody was there at
    all, so nothing was tried. UNCLEAR: it may have it or not; only a person can tell.
    """

    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Attempt:
    """The end of one attempt, with the other side's words."""

    ending: Ending
    message: str = ""


class Transport(Protocol):
    """Delivers messages. `name` stays the same for the same kind of place.

    `is_repeatable` promises that delivering a message of the same Message-ID again leaves one message, so that an
    attempt whose end nobody saw may simply be made again.
    """

    name: str
    is_repeatable: bool

    def deliver(self, message: EmailMessage) -> Attempt:
        """Try once; never raises for what the other side does."""
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


@dataclass(frozen=True)
class SmtpTransport:
    """Hands each message to a mail server, over a connection of its own."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    starttls: bool = True
    timeout_seconds: float = 30.0

    name = "smtp"
    is_repeatable = False

    def deliver(self, message: EmailMessage) -> Attempt:
        """Try once. What goes wrong before the text is handed over is definite, what comes after it is not."""
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Ending.UNREACHABLE, f"{self.host}:{self.port}: {_words(error)}")
        try:
            return self._hand_over(server, message)
        finally:
            _leave(server)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> Attempt:
        try:
            server.ehlo_or_helo_if_needed()
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if self.user is not None:
                server.login(self.user, self.password or "")
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Ending.UNREACHABLE, f"{self.host}:{self.port}: {_words(error)}")
        try:
            _envelope(server, message)
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Ending.REFUSED, _words(error))
        try:
            code, answer = server.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:
            return Attempt(Ending.REFUSED, _words(error))
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(
                Ending.UNCLEAR, f"the connection ended before the server's answer: {_words(error)}"
            )
        answered = f"{code} {answer.decode(errors='replace')}"
        return Attempt(Ending.SENT if code == 250 else Ending.REFUSED, answered)


def _envelope(server: smtplib.SMTP, message: EmailMessage) -> None:
    sender, recipient = str(message["From"]), str(message["To"])
    for code, answer in (server.mail(sender), server.rcpt(recipient)):
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, answer.decode(errors="replace"))


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()  # what matters was said before


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"


def transport_of(mail: MailSettings, home: HomeSettings) -> Transport:
    """The mail server if one is set, else the folder."""
    if mail.host is None:
        return FolderTransport(home.mailbox)
    password = mail.password.get_secret_value() if mail.password else None
    return SmtpTransport(mail.host, mail.port, mail.user, password, mail.starttls, mail.timeout_seconds)
