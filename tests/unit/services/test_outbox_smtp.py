"""Mail servers: sent, refused, unreachable, or nobody knows."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.messages.transports import Ending, SmtpTransport
from tests.ports import free_port


@dataclass
class Handler:
    """A server's behaviour: refuses recipients or texts as told, keeps what it accepted."""

    refuse_recipient: str = ""
    refuse_text: str = ""
    kept: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
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


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "jarcycle@localhost", "director@sheffield.example"
    mail["Subject"], mail["Message-ID"] = "1 late - reviews", "<abc@jarcycle>"
    mail.set_content("Draft report\n.\nafter a dot", cte="quoted-printable")
    return mail


def test_a_message_reaches_the_server_whole(server: Controller) -> None:
    attempt = transport_to(port_of(server)).deliver(message())
    envelope = server.handler.kept[0]
    assert attempt.ending is Ending.SENT
    assert envelope.rcpt_tos == ["director@sheffield.example"]
    assert b"Message-ID: <abc@jarcycle>" in envelope.content
    assert b"after a dot" in envelope.content


@pytest.mark.parametrize("answer", ["550 no such mailbox", "450 try again later"])
def test_a_refused_recipient_is_a_definite_refusal(server: Controller, answer: str) -> None:
    server.handler.refuse_recipient = answer
    attempt = transport_to(port_of(server)).deliver(message())
    assert (attempt.ending, attempt.message) == (Ending.REFUSED, answer)
    assert server.handler.kept == []


def test_a_refused_text_is_a_definite_refusal(server: Controller) -> None:
    server.handler.refuse_text = "554 looks like spam"
    attempt = transport_to(port_of(server)).deliver(message())
    assert (attempt.ending, attempt.message) == (Ending.REFUSED, "554 looks like spam")


def test_a_server_that_is_not_there_is_unreachable() -> None:
    port = free_port()
    attempt = transport_to(port).deliver(message())
    assert attempt.ending is Ending.UNREACHABLE
    assert f"127.0.0.1:{port}" in attempt.message


def test_a_server_that_asks_for_no_password_but_is_given_one_is_unreachable(server: Controller) -> None:
    """A wrong setting is mended by a person; it must not use up the attempts of every message."""
    attempt = transport_to(port_of(server), user="jarcycle", password="wrong").deliver(message())
    assert attempt.ending is Ending.UNREACHABLE
    assert "wrong" not in attempt.message


@pytest.mark.parametrize(("dies_after", "ending"), [("DATA", Ending.UNCLEAR), ("RCPT", Ending.REFUSED)])
def test_a_line_that_dies_after_the_text_was_handed_over_leaves_it_unclear(
    dies_after: str, ending: Ending
) -> None:
    """Before the text nothing can have been delivered; after it only a person can tell."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        dying = threading.Thread(target=answer_until, args=(listening, dies_after), daemon=True)
        dying.start()
        attempt = transport_to(listening.getsockname()[1]).deliver(message())
        dying.join(timeout=5)
    assert attempt.ending is ending


def answer_until(listening: socket.socket, last_command: str) -> None:
    """A server that dies on a command: on DATA it first reads the whole text."""
    connection, _ = listening.accept()
    with connection, connection.makefile("rwb") as line:
        say(line, b"220 hello")
        while True:
            command = line.readline().decode().split(" ")[0].strip().upper()
            if command == last_command == "DATA":
                say(line, b"354 go on")
                while line.readline().strip() != b".":
                    pass
            if command == last_command or not command:
                return
            say(line, b"250 OK")


def say(line, words: bytes) -> None:  # type: ignore[no-untyped-def]
    line.write(words + b"\r\n")
    line.flush()
