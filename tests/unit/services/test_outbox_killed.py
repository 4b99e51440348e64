"""A sender that is killed: nothing is lost, nothing goes twice, and what nobody knows is in plain sight."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Delivery, session
from services.casework.reminders import plan_reminders
from services.messages.deliveries import troubled
from services.messages.outbox import send_due
from services.messages.transports import FolderTransport
from tests.fakes import FakeTransport
from tests.tables import at, published

DAY = date(2005, 11, 28)

SENDER = """
import sys
from datetime import date
from pathlib import Path
from models import make_engine
from services.messages.outbox import send_due
from tests.fakes import DeadlyTransport
from tests.tables import at
url, mailbox, day, moment, kind = sys.argv[1:]
day = date.fromisoformat(day)
transport = DeadlyTransport(Path(mailbox), after=moment == "after", is_repeatable=kind == "folder")
send_due(make_engine(url), day, lambda: at(day), transport)
"""


def killed_sender(engine: Engine, mailbox: Path, moment: str, kind: str) -> int:
    """Send in a process that kills itself in the hands of its transport; returns the signal that ended it."""
    with session(engine) as opened:
        plan_reminders(opened, DAY)
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", SENDER, url, str(mailbox), str(DAY), moment, kind]
    return -subprocess.run(command, check=False).returncode


def states(engine: Engine) -> list[str]:
    with session(engine, read_only=True) as opened:
        return list(opened.exec(select(Delivery.state).order_by(col(Delivery.id))))


@pytest.mark.parametrize(("moment", "files"), [("before", 0), ("after", 1)])
def test_a_folder_gets_every_message_once_although_the_sender_was_killed(
    engine: Engine, tmp_path: Path, moment: str, files: int
) -> None:
    """Between the claim and the writing, and between the renaming and the record of it."""
    published(engine, num_areas=1)
    mailbox = tmp_path / "mailbox"
    assert killed_sender(engine, mailbox, moment, "folder") == signal.SIGKILL
    assert len(list(mailbox.glob("*.eml"))) == files
    assert states(engine).count("claimed") == 1
    written = {path: path.read_bytes() for path in mailbox.glob("*.eml")}
    summary = send_due(engine, DAY, lambda: at(DAY), FolderTransport(mailbox))
    assert set(states(engine)) == {"sent"}
    assert len(list(mailbox.glob("*.eml"))) == summary.sent == len(states(engine))
    assert all(path.read_bytes() == text for path, text in written.items())


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_mail_server_is_never_given_a_message_again_whose_sender_was_killed(
    engine: Engine, tmp_path: Path, moment: str
) -> None:
    published(engine, num_areas=1)
    assert killed_sender(engine, tmp_path / "server", moment, "smtp") == signal.SIGKILL
    with session(engine, read_only=True) as opened:
        assert [row.state for row in troubled(opened)] == ["claimed"]  # in plain sight at once
    transport = FakeTransport()
    send_due(engine, DAY, lambda: at(DAY), transport)
    found = states(engine)
    assert found.count("unresolved") == 1
    assert len(transport.messages) == found.count("sent") == len(found) - 1
