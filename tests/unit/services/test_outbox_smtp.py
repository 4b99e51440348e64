"""Mail servers: sent, refused, unreachable, or nobody knows."""

import smtplib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.addresses import parse_sender
from services.bootstrap import mail_transport
from services.messages.smtp import SmtpTransport
from services.messages.transports import Attempt, Ending
from tests.ports import free_port


@dataclass
class Handler:
    """A server's behaviour: refuses recipients or texts as told, keeps what it accepted."""

    refuse_recipient: str = ""
    refuse_text: str = ""
    refuse: dict[str, str] = field(default_factory=dict)
    connections: set[object] = field(default_factory=set)
    kept: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.connections.add(session.peer)
        if self.refuse_recipient or address in self.refuse:
            return self.refuse_recipient or self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuse_text:
            return self.refuse_text
        self.kept.append(envelope)
        return "250 accepted"


@pytest.fixture
def server() -> Iterator[Controller]:
    controller = Controller(Handler(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def transport_to(port: int, **given: object) -> SmtpTransport:
    return SmtpTransport("127.0.0.1", port, starttls=False, timeout_seconds=2, **given)  # type: ignore[arg-type]


def port_of(controller: Controller) -> int:
    return int(controller.port)


def message(to: str = "director@sheffield.example") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "jarcycle@localhost", to
    mail["Subject"], mail["Message-ID"] = "1 late - reviews", "<abc@jarcycle>"
    mail.set_content("Draft report\n.\nafter a dot", cte="quoted-printable")
    return mail


def deliver(transport: SmtpTransport, *mails: EmailMessage) -> list[Attempt]:
    """Over one line."""
    with transport.line() as line:
        return [line.deliver(mail) for mail in mails or (message(),)]


def test_a_message_reaches_the_server_whole(server: Controller) -> None:
    [attempt] = deliver(transport_to(port_of(server)))
    envelope = server.handler.kept[0]
    assert attempt.ending is Ending.SENT
    assert envelope.rcpt_tos == ["director@sheffield.example"]
    assert b"Message-ID: <abc@jarcycle>" in envelope.content
    assert b"after a dot" in envelope.content
    assert b"\r\n.\r\n" in envelope.content


def test_a_named_sender_is_an_address_to_the_server(server: Controller) -> None:
    mail = message()
    del mail["From"]
    mail["From"] = parse_sender("Avon, Jané <desk@ofsted.example>")
    [attempt] = deliver(transport_to(port_of(server)), mail)
    assert attempt.ending is Ending.SENT
    assert server.handler.kept[0].mail_from == "desk@ofsted.example"


def test_many_messages_go_over_one_connection(server: Controller) -> None:
    """A refused one in between leaves nothing behind."""
    mails = [message(to) for to in ("a@x.example", "nobody@x.example", "b@x.example")]
    server.handler.refuse = {"nobody@x.example": "550 no such mailbox"}
    attempts = deliver(transport_to(port_of(server)), *mails)
    assert [attempt.ending for attempt in attempts] == [Ending.SENT, Ending.REFUSED, Ending.SENT]
    assert [envelope.rcpt_tos for envelope in server.handler.kept] == [["a@x.example"], ["b@x.example"]]
    assert len(server.handler.connections) == 1


def test_a_connection_that_was_closed_between_two_messages_is_made_anew(server: Controller) -> None:
    transport = transport_to(port_of(server))
    with transport.line() as line:
        assert line.deliver(message()).ending is Ending.SENT
        line._server.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
        assert line.deliver(message()).ending is Ending.SENT
    assert len(server.handler.connections) == 2


@pytest.mark.parametrize(
    ("answer", "ending", "is_last"),
    [
        ("550 no such mailbox", Ending.REFUSED, False),
        ("450 4.7.1 too many messages", Ending.DEFERRED, False),
        ("421 too busy", Ending.DEFERRED, True),
    ],
)
@pytest.mark.parametrize("command", ["refuse_recipient", "refuse_text"])
def test_a_refusal_is_final_and_a_deferral_is_not(
    server: Controller, command: str, answer: str, ending: Ending, is_last: bool
) -> None:
    setattr(server.handler, command, answer)
    [attempt] = deliver(transport_to(port_of(server)))
    assert (attempt.ending, attempt.message, attempt.is_last) == (ending, answer, is_last)
    assert server.handler.kept == []


def test_a_server_that_is_not_there_is_unreachable() -> None:
    port = free_port()
    [attempt] = deliver(transport_to(port))
    assert attempt.ending is Ending.UNREACHABLE
    assert f"127.0.0.1:{port}" in attempt.message


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "nobody listens there. Check JARCYCLE_SMTP_HOST"),
        (socket.gaierror(-2, "Name or service not known"), "there is no machine of that name."),
        (TimeoutError("timed out"), "it did not answer in time."),
        (ConnectionResetError(104, "Connection reset by peer"), "it closed the connection."),
        (ssl.SSLCertVerificationError("certificate verify failed"), "its certificate can't be trusted."),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "it speaks no TLS there."),
        (
            smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out"),
            "it did not answer in time.",
        ),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "it closed the connection."),
        (smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."), "it offers less"),
        (OSError(101, "Network is unreachable"), "network is unreachable. Check the mail settings."),
    ],
)
def test_why_a_server_is_unreachable_is_told_in_words_that_help(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_transport: SmtpTransport) -> smtplib.SMTP:
        raise error

    monkeypatch.setattr(SmtpTransport, "connect", fail)
    (attempt,) = deliver(transport_to(25))
    assert attempt.ending is Ending.UNREACHABLE
    assert attempt.message.startswith(f"127.0.0.1:25: {words}")
    assert not any(word in attempt.message for word in ("Error", "Errno"))


def test_a_server_that_asks_for_no_password_but_is_given_one_is_unreachable(server: Controller) -> None:
    """A wrong setting is mended by a person; it must not use up the attempts of every message."""
    [attempt] = deliver(transport_to(port_of(server), user="jarcycle", password="wrong"))
    assert attempt.ending is Ending.UNREACHABLE
    assert "wrong" not in attempt.message


def test_port_465_speaks_tls_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JARCYCLE_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("JARCYCLE_SMTP_PORT", "465")
    transport = mail_transport()
    assert isinstance(transport, SmtpTransport)
    assert transport.implicit_tls


def test_a_message_goes_over_a_connection_that_begins_in_tls(tmp_path: Path) -> None:
    certificate = tmp_path / "both.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(certificate), "-out", "-"]
    made = subprocess.run([*command, *names], capture_output=True, check=True).stdout
    certificate.write_bytes(certificate.read_bytes() + made)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    controller = Controller(Handler(), hostname="127.0.0.1", port=free_port(), ssl_context=served)
    controller.start()
    try:
        trusting = ssl.create_default_context(cafile=str(certificate))
        given = {"implicit_tls": True, "tls": trusting}
        [attempt] = deliver(transport_to(port_of(controller), **given))
        [stranger] = deliver(transport_to(port_of(controller), implicit_tls=True))
    finally:
        controller.stop()
    assert attempt.ending is Ending.SENT
    assert stranger.ending is Ending.UNREACHABLE


@pytest.mark.parametrize(
    ("dies_after", "ending"),
    [("TEXT", Ending.UNCLEAR), ("DATA", Ending.DEFERRED), ("RCPT", Ending.DEFERRED)],
)
def test_a_line_that_dies_after_the_text_was_handed_over_leaves_it_unclear(
    dies_after: str, ending: Ending
) -> None:
    """Before the text nothing can have been delivered, and the run ends; after it only a person can tell."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        dying = threading.Thread(target=answer_until, args=(listening, dies_after), daemon=True)
        dying.start()
        [attempt] = deliver(transport_to(listening.getsockname()[1]))
        dying.join(timeout=5)
    assert attempt.ending is ending
    assert attempt.is_last == (ending is Ending.DEFERRED)


def answer_until(listening: socket.socket, last_command: str) -> None:
    """A server that dies on a command, or once it has read the text."""
    connection, _ = listening.accept()
    with connection, connection.makefile("rwb") as line:
        say(line, b"220 hello")
        while True:
            command = line.readline().decode().split(" ")[0].strip().upper()
            if command == "DATA" and last_command == "TEXT":
                say(line, b"354 go on")
                while line.readline().strip() != b".":
                    pass
                return
            if command == last_command or not command:
                return
            say(line, b"250 OK")


def say(line, words: bytes) -> None:  # type: ignore[no-untyped-def]
    line.write(words + b"\r\n")
    line.flush()
