"""Mail by a mail server: one connection for many messages, and an honest word on how each attempt ended.

What goes wrong before the text is handed over is definite: a code of 500 and more is a refusal, one of 400 and more
asks to come again. What comes after the text is known only by the server's answer.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

from config.settings import MailSettings
from services.messages.transports import Attempt, Ending, Line

IMPLICIT_TLS_PORT = 465
"""Where a server speaks TLS from the first byte on (RFC 8314)."""

CLOSING = 421
"""The server is about to leave: it takes nothing more on any connection for now."""

CLOSED, TOO_LATE = "it closed the connection.", "it did not answer in time."
PLAIN_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionRefusedError, "nobody listens there. Check JARCYCLE_SMTP_HOST and JARCYCLE_SMTP_PORT."),
    (socket.gaierror, "there is no machine of that name. Check JARCYCLE_SMTP_HOST."),
    (TimeoutError, TOO_LATE),
    (ConnectionError, CLOSED),
    (ssl.SSLCertVerificationError, "its certificate can't be trusted. Check JARCYCLE_SMTP_HOST."),
    (ssl.SSLError, "it speaks no TLS there. Check JARCYCLE_SMTP_PORT and JARCYCLE_SMTP_STARTTLS."),
    (
        smtplib.SMTPNotSupportedError,
        "it offers less than the settings ask for. Check JARCYCLE_SMTP_STARTTLS and JARCYCLE_SMTP_USER.",
    ),
)
"""What the errors of a connection mean to whoever set it up, the narrower first."""


@dataclass(frozen=True)
class SmtpTransport:
    """A mail server. With `implicit_tls` the connection begins in TLS, else `starttls` asks for it."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    starttls: bool = True
    timeout_seconds: float = 30.0
    implicit_tls: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    name = "smtp"
    is_repeatable = False

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A connection that is made with the first message and kept until the last."""
        line = _SmtpLine(self)
        try:
            yield line
        finally:
            line.leave()

    def connect(self) -> smtplib.SMTP:
        """A connection with everything said that comes before the first message."""
        if self.implicit_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout_seconds, context=self.tls
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if self.starttls and not self.implicit_tls:
                server.starttls(context=self.tls)
                server.ehlo()
            if self.user is not None:
                server.login(self.user, self.password or "")
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server


def smtp_transport(mail: MailSettings, host: str) -> SmtpTransport:
    """The mail server of the settings; port 465 speaks TLS from the start."""
    password = mail.password.get_secret_value() if mail.password else None
    return SmtpTransport(
        host,
        mail.port,
        mail.user,
        password,
        mail.starttls,
        mail.timeout_seconds,
        implicit_tls=mail.port == IMPLICIT_TLS_PORT,
    )


class _SmtpLine:
    """One connection; where the server closed it between two messages, a new one takes its place."""

    def __init__(self, transport: SmtpTransport) -> None:
        self._transport = transport
        self._server: smtplib.SMTP | None = None

    def deliver(self, message: EmailMessage) -> Attempt:
        """Try once over the connection, or over a new one where that has gone."""
        try:
            server = self._ready()
        except (OSError, smtplib.SMTPException) as error:
            place = f"{self._transport.host}:{self._transport.port}"
            return Attempt(Ending.UNREACHABLE, f"{place}: {_words(error)}", is_last=True)
        attempt = _hand_over(server, message)
        if attempt.is_last or attempt.ending is Ending.UNCLEAR:
            self.leave()
        return attempt

    def leave(self) -> None:
        """End the connection, if there is one."""
        if self._server is None:
            return
        try:
            self._server.quit()
        except (OSError, smtplib.SMTPException):
            self._server.close()  # what matters was said before
        self._server = None

    def _ready(self) -> smtplib.SMTP:
        """A connection on which nothing is left of an earlier message."""
        if self._server is not None:
            try:
                if self._server.rset()[0] == 250:
                    return self._server
            except (OSError, smtplib.SMTPException):
                pass  # it has gone meanwhile, and nothing was under way
            self.leave()
        self._server = self._transport.connect()
        return self._server


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> Attempt:
    text = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP))
    try:
        said = _before_the_text(server, message)
    except (OSError, smtplib.SMTPException) as error:
        words = f"the connection ended before the text was handed over: {_words(error)}"
        return Attempt(Ending.DEFERRED, words, is_last=True)
    if said is not None:
        return said
    try:
        server.send(text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        return _attempt(*server.getreply())
    except (OSError, smtplib.SMTPException) as error:
        return Attempt(Ending.UNCLEAR, f"the connection ended before the server's answer: {_words(error)}")


def _before_the_text(server: smtplib.SMTP, message: EmailMessage) -> Attempt | None:
    """Sender, recipient and the question whether the text may come; None if it may."""
    asked: tuple[tuple[Callable[[], tuple[int, bytes]], tuple[int, ...]], ...] = (
        (lambda: server.mail(_mailbox(message, "From")), (250, 251)),
        (lambda: server.rcpt(_mailbox(message, "To")), (250, 251)),
        (lambda: server.docmd("DATA"), (354,)),
    )
    for reply, expected in asked:
        code, answer = reply()
        if code not in expected:
            return _attempt(code, answer)
    return None


def _mailbox(message: EmailMessage, header: str) -> str:
    """The address of a header without the name before it, which may hold anything."""
    [address] = message[header].addresses
    return str(address.addr_spec)


def _attempt(code: int, answer: bytes) -> Attempt:
    """What the server's answer means."""
    words = f"{code} {answer.decode(errors='replace')}"
    if code == 250:
        return Attempt(Ending.SENT, words)
    ending = Ending.DEFERRED if 400 <= code < 500 else Ending.REFUSED
    return Attempt(ending, words, is_last=code == CLOSING)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    for kind, words in PLAIN_WORDS:
        if isinstance(error, kind):
            return words
    if isinstance(error, smtplib.SMTPServerDisconnected):  # also what ended for want of an answer
        return TOO_LATE if "timed out" in str(error) else CLOSED
    said = str(getattr(error, "strerror", None) or error).rstrip(".")
    return f"{said[:1].lower()}{said[1:]}. Check the mail settings."
